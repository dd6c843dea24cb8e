// The limit: node:http and one hand-written statement per question, whose JSON is passed through. No permission.
import { createServer } from "node:http";
import pg from "pg";
import { questions } from "../../questions/index.mjs";

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 12, idleTimeoutMillis: 60_000 });
const byName = new Map(questions.map((question) => [question.name, question.limit]));

const server = createServer((request, response) => {
  const parts = [];
  request.on("data", (bytes) => parts.push(bytes));
  request.on("end", () => answer(Buffer.concat(parts), response));
});

async function answer(body, response) {
  try {
    const { question, variables } = JSON.parse(body);
    const { text, values, plannedAnew } = byName.get(question);
    // A named statement gets one plan for all ranges; where that costs more than planning, it has no name.
    const name = plannedAnew ? undefined : question;
    const { rows } = await pool.query({ name, text, values: values(variables), rowMode: "array" });
    const json = rows[0]?.[0] ?? "null";
    response.writeHead(200, {
      "content-type": "application/json; charset=utf-8",
      "content-length": Buffer.byteLength(json),
    });
    response.end(json);
  } catch (error) {
    response.writeHead(500).end(JSON.stringify({ errors: [String(error)] }));
  }
}

server.listen(0, "127.0.0.1", () => console.log(`listening http://127.0.0.1:${server.address().port}/`));
process.on("SIGTERM", () => process.exit(0));
