// Proves before anything is measured that all participants give the same data: else they are not asked the same.
import { deepStrictEqual } from "node:assert";

/** Compares answers to a few sampled arguments of every question in every scope with those of the first participant. */
export async function verify(running, questions, { scopes, samples }, facts) {
  for (const question of questions)
    for (const scope of scopes) {
      const all = question.variables(scope, facts);
      const sampled = all.filter((_, at) => at % Math.ceil(all.length / samples) === 0);
      for (const variables of sampled) await compare(running, question, scope, variables);
    }
}

async function compare(running, question, scope, variables) {
  const takers = running.filter(({ name }) => asks(name, question));
  const [first, ...others] = takers;
  const expected = await answerOf(first, question, scope, variables);
  if (isEmpty(expected))
    throw new Error(`${question.name} ${scope}: the first participant answers with nothing`);
  for (const other of others) {
    const found = await answerOf(other, question, scope, variables);
    try {
      deepStrictEqual(found, expected);
    } catch (error) {
      throw new Error(
        `${question.name} ${scope} ${JSON.stringify(variables)}: ${other.name} answers otherwise than ${first.name}: ${error.message}`,
      );
    }
  }
}

/** Variants of a participant use its words: postgraphile-rls those of postgraphile. */
const wordsOf = (name) => name.split("-")[0];
export const asks = (name, question) => question[wordsOf(name)] !== undefined;

const isEmpty = (answer) => answer === null || (Array.isArray(answer) && answer.length === 0);

async function answerOf(participant, question, scope, variables) {
  const response = await fetch(participant.url, {
    method: "POST",
    headers: participant.headers(scope),
    body: participant.body(question, scope, variables),
  });
  const answer = await response.json();
  if (!response.ok || answer?.errors)
    throw new Error(
      `${participant.name} refuses ${question.name}: ${JSON.stringify(answer.errors ?? answer).slice(0, 2000)}`,
    );
  return participant.read(question, answer, variables);
}
