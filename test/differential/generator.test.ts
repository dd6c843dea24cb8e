/** The generator asks only valid questions, and the reference answers all of them. */
import fc from "fast-check";
import { buildSchema } from "graphql";
import { Choose, modelOf, questionOf, settingOf, Tally, worldOf } from "./generator";
import { answer } from "./reference/answer";
import { sdlOf } from "./reference/sdl";
import { trialCatalogue } from "./world";

const catalogue = trialCatalogue();
const schema = buildSchema(sdlOf(catalogue));

const cases = Number(process.env.CASES ?? 100);

test("every question is valid and has an answer or a named refusal", async () => {
  const tally = new Tally();
  await fc.assert(
    fc.asyncProperty(fc.noShrink(fc.integer()), fc.gen(), async (seed, generate) => {
      const choose = Choose.recorded(generate);
      const world = worldOf(Choose.seeded(seed), catalogue);
      const model = modelOf(catalogue, world, choose.of(world.readers));
      const reply = await answer(schema, model, questionOf(choose, settingOf(schema, model, tally)));
      tally.see(Object.keys(reply.refused).length > 0 ? "refused" : "answered");
      tally.close();
    }),
    { numRuns: cases },
  );
  if (process.env.CASES) console.log(tally.report(cases));
  expect(tally.of("answered")).toBeGreaterThan(0.7 * cases);
});
