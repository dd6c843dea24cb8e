// Opens a question of a page in GraphiQL, as the same department and for the same purpose.
import { CodeOutlined } from "@ant-design/icons";
import { say } from "../../../session/language";
import type { Variables } from "../ask";

function packed(question: string, variables: Variables): string {
  const bytes = new TextEncoder().encode(JSON.stringify({ query: question, variables }));
  const letters = btoa(String.fromCharCode(...bytes));
  return letters.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** Lines of a question written inside our code carry its indentation: taken away again. */
function outdented(question: string): string {
  const lines = question
    .replace(/^\s*\n/, "")
    .trimEnd()
    .split("\n");
  const depths = lines.filter((line) => line.trim() !== "").map((line) => line.search(/\S/));
  const depth = Math.min(...depths);
  return lines.map((line) => line.slice(depth)).join("\n");
}

export function graphqlAddress(question: string, variables: Variables = {}): string {
  return `/graphiql#open=${packed(outdented(question), variables)}`;
}

export function GraphqlLink({ question, variables = {} }: { question: string; variables?: Variables }) {
  return (
    <a
      className="hub-graphql-link"
      href={graphqlAddress(question, variables)}
      target="_blank"
      // With an opener the new tab inherits the token that this tab alone keeps.
      rel="noopener opener"
    >
      <CodeOutlined aria-hidden /> {say("用 GraphQL 打开", "Open as GraphQL")}
    </a>
  );
}
