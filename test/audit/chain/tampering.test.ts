// Whatever the database's owner changes in a sealed log is found: hundreds of random changes, each undone afterwards.
import type { PoolClient } from "pg";
import type { Finding } from "../../../src/audit";
import { CANONICAL, Leaves } from "../../../src/audit/chain/leaves";
import {
  BEGINNING,
  type Before,
  contentOf,
  headOf,
  marksOf,
  sealsAfter,
} from "../../../src/audit/chain/seal";
import { printSpans, spansOf } from "../../../src/audit/chain/spans";
import { type ChainedLog, chainedLog, findingsOf, pick, seeded } from "./chained";

const SEED = Number(process.env.SEED ?? 20261122);
const CASES = Number(process.env.CASES ?? 20);

let log: ChainedLog;

const touched = (dataset: string) => [
  { dataset, fields: [{ field: "name", level: "MASKED", territories: ["140105000000", "140106000000"] }] },
];

beforeAll(async () => {
  log = await chainedLog();
  const random = seeded(SEED);
  await log.pool.query("SELECT access_record_partition('2026-10-01')");
  for (let batch = 0; batch < 12; batch++) {
    for (let n = 0; n < 1 + random() * 12; n++) {
      const at = new Date(random() < 0.3 ? "2026-10-15T03:00:00.123Z" : "2026-11-21T03:00:00.123Z");
      await log.record({
        at,
        datasets: touched(pick(["facility", "volunteer", "donation"], random)),
        grants: random() < 0.5 ? [] : ["grant-1"],
        rows: Math.floor(random() * 100),
        kind: pick(["QUESTION", "EXPORT"], random),
        subject: `officer-${Math.floor(random() * 1_000)}`,
      });
      if (random() < 0.2) await log.gap();
    }
    await log.seal();
  }
}, 180_000);

afterAll(() => log.close());

/** What a superuser does who keeps the triggers from running; then nothing of it is left. */
async function tampered(
  change: (client: PoolClient, random: () => number) => Promise<unknown>,
  random: () => number,
  heads?: string,
): Promise<Finding[]> {
  const client = await log.pool.connect();
  try {
    await client.query("BEGIN");
    await client.query("SET LOCAL session_replication_role = replica");
    await change(client, random);
    return await findingsOf(client, heads);
  } finally {
    await client.query("ROLLBACK");
    client.release();
  }
}

const kindsOf = (findings: readonly Finding[]) => [...new Set(findings.map(({ what }) => what))].sort();

async function seqs(client: PoolClient): Promise<string[]> {
  return (await client.query("SELECT seq FROM access_record ORDER BY seq")).rows.map(({ seq }) => seq);
}

async function two(client: PoolClient, random: () => number): Promise<[string, string]> {
  const all = await seqs(client);
  const one = pick(all, random);
  return [
    one,
    pick(
      all.filter((seq) => seq !== one),
      random,
    ),
  ];
}

const EDITS: Record<string, string> = {
  id: "gen_random_uuid()",
  at: "at + interval '1 microsecond'",
  kind: "'REPORT'",
  request_id: "request_id || 'x'",
  subject: "'somebody else'",
  department: "'health@140105000000'",
  app: "'an-app'",
  purpose: "NULL",
  operation: "operation || ' '",
  registered: "'a-name'",
  document: "'\\x00'::bytea",
  footprint: "'\\x00112233445566778899aabbccddeeff'::bytea",
  rows: "rows + 1",
  suppressed: "suppressed + 1",
  grants: "ARRAY['grant-2']",
  cost: "cost + 1",
  outcome: "'REFUSED', code = 'UNAVAILABLE'",
  code: "'NO_DATA'",
  milliseconds: "milliseconds + 1",
};

const changes: Record<string, { do: Parameters<typeof tampered>[0]; found: string[] }> = {
  "edit a column": {
    async do(client, random) {
      const column = pick(Object.keys(EDITS), random);
      const seq = pick(await seqs(client), random);
      await client.query(`UPDATE access_record SET ${column} = ${EDITS[column]} WHERE seq = $1`, [seq]);
    },
    found: ["EDITED"],
  },
  "delete some": {
    async do(client, random) {
      for (let n = 0; n < 1 + random() * 3; n++)
        await client.query("DELETE FROM access_record WHERE seq = $1", [pick(await seqs(client), random)]);
    },
    found: ["DELETED"],
  },
  "insert one behind a seal": {
    async do(client, random) {
      const all = (await seqs(client)).map(Number);
      const seq = Math.floor(random() * (Math.max(...all) + 5)) - 5;
      await client.query(
        `INSERT INTO access_record SELECT r.* FROM access_record s, jsonb_populate_record(s, jsonb_build_object(
           'id', gen_random_uuid(), 'seq', $2::bigint, 'subject', 'nobody')) AS r WHERE s.seq = $1`,
        [pick(all, random), seq],
      );
    },
    found: ["INSERTED"],
  },
  "swap the places of two": {
    async do(client, random) {
      const [a, b] = await two(client, random);
      await client.query(
        "UPDATE access_record SET seq = $1::bigint + $2::bigint - seq WHERE seq IN ($1, $2)",
        [a, b],
      );
    },
    found: ["EDITED", "REORDERED"],
  },
  "swap the times of two": {
    async do(client, random) {
      const [a, b] = await two(client, random);
      await client.query(
        "UPDATE access_record SET at = at + interval '1 second' * (1 + $2::int % 7) WHERE seq = $1",
        [a, b],
      );
      await client.query("UPDATE access_record SET at = at - interval '3 milliseconds' WHERE seq = $1", [b]);
    },
    found: ["EDITED"],
  },
  "swap what two say": {
    async do(client, random) {
      const [a, b] = await two(client, random);
      await client.query(
        `UPDATE access_record r SET subject = o.subject || '', rows = o.rows, request_id = o.request_id
           FROM (SELECT * FROM access_record WHERE seq IN ($1, $2)) AS o
           WHERE r.seq IN ($1, $2) AND o.seq = $1::bigint + $2::bigint - r.seq`,
        [a, b],
      );
    },
    found: ["EDITED"],
  },
  "move one to the end": {
    do: async (client, random) =>
      client.query("UPDATE access_record SET seq = 1000000 WHERE seq = $1", [
        pick(await seqs(client), random),
      ]),
    found: ["DELETED"],
  },
  "edit a footprint": {
    async do(client, random) {
      const { rows } = await client.query(
        "SELECT DISTINCT encode(footprint, 'hex') AS hash FROM access_record ORDER BY 1",
      );
      const edit = pick(
        [
          "SET datasets = jsonb_set(datasets, '{0,fields,0,level}', '\"NONE\"')",
          "SET datasets = jsonb_set(datasets, '{0,more}', 'true')",
          "SET datasets = '[]'",
          "SET grants = grants || '{grant-9}'",
        ],
        random,
      );
      await client.query(`UPDATE access_footprint ${edit} WHERE hash = decode($1, 'hex')`, [
        pick(rows, random).hash,
      ]);
    },
    found: ["EDITED"],
  },
  "delete a footprint": {
    async do(client, random) {
      const { rows } = await client.query(
        "SELECT DISTINCT encode(footprint, 'hex') AS hash FROM access_record ORDER BY 1",
      );
      await client.query("DELETE FROM access_footprint WHERE hash = decode($1, 'hex')", [
        pick(rows, random).hash,
      ]);
    },
    found: ["EDITED"],
  },
  "edit a seal": {
    async do(client, random) {
      const edit = pick(
        [
          "upto = upto + 1",
          "open = '{[3,4)}'",
          "present = present + '{[900000,900001)}'::int8multirange",
          "total = total + 1",
          "content = sha256(content)",
          "previous = sha256(previous)",
          "head = sha256(head)",
          "sealed_at = sealed_at + interval '1 microsecond'",
          "marks = overlay(marks placing '\\xffffffff' from 1)",
          "form = 2",
        ],
        random,
      );
      const number = 1 + Math.floor(random() * 12);
      const { rowCount } = await client.query(`UPDATE access_seal SET ${edit} WHERE number = $1`, [number]);
      expect(rowCount).toBe(1);
    },
    found: ["SEAL_EDITED"],
  },
  "delete a seal": {
    do: async (client, random) =>
      client.query("DELETE FROM access_seal WHERE number = $1", [1 + Math.floor(random() * 11)]),
    found: ["SEAL_MISSING"],
  },
  "say that a month is retired": {
    async do(client, random) {
      const number = 1 + Math.floor(random() * 12);
      await client.query("DELETE FROM access_record USING access_seal WHERE number = $1 AND present @> seq", [
        number,
      ]);
      await client.query(
        `INSERT INTO access_retirement VALUES ('2020-01-01', 1, int8multirange(int8range($1::bigint, $1::bigint + 1)), 12, '', 'x', now())`,
        [number],
      );
    },
    found: ["DELETED"],
  },
};

test("an untouched log verifies", async () => {
  expect(await findingsOf(log.pool, log.heads)).toEqual([]);
  expect(await findingsOf(log.pool, log.heads, { from: 7 })).toEqual([]);
});

test("every column of a record is under the seal", async () => {
  const { rows } = await log.pool.query(
    "SELECT attname FROM pg_attribute WHERE attrelid = 'access_record'::regclass AND attnum > 0 AND NOT attisdropped",
  );
  expect(["seq", ...Object.keys(CANONICAL)].sort()).toEqual(rows.map(({ attname }) => attname).sort());
  expect(Object.keys(EDITS).sort()).toEqual(Object.keys(CANONICAL).sort());
});

describe.each(Object.entries(changes))("%s", (name, { do: change, found }) => {
  test("is found, and told by its name", async () => {
    for (let n = 0; n < CASES; n++) {
      const random = seeded(SEED + n * 7_919 + name.length);
      const findings = await tampered(change, random);
      const told = `${name}, seed ${SEED}, case ${n}: ${JSON.stringify(findings.slice(0, 3))}`;
      if (!found.some((what) => findings.some((one) => one.what === what))) throw new Error(told);
    }
  }, 180_000);
});

test("every column's edit is found in a record", async () => {
  for (const [column, value] of Object.entries(EDITS)) {
    const findings = await tampered(async (client, random) => {
      const seq = pick(await seqs(client), random);
      await client.query(`UPDATE access_record SET ${column} = ${value} WHERE seq = $1`, [seq]);
    }, seeded(SEED));
    expect([column, kindsOf(findings)]).toEqual([column, ["EDITED"]]);
  }
});

test("places changed within one seal are told as such", async () => {
  const findings = await tampered(async (client) => {
    const { rows } = await client.query(
      "SELECT lower(s) AS a, lower(s) + 1 AS b FROM access_seal, unnest(present) AS s WHERE upper(s) - lower(s) > 1 LIMIT 1",
    );
    const { a, b } = rows[0];
    await client.query("UPDATE access_record SET seq = $1::bigint + $2::bigint - seq WHERE seq IN ($1, $2)", [
      a,
      b,
    ]);
  }, seeded(1));
  expect(kindsOf(findings)).toEqual(["REORDERED"]);
});

/** Makes all seals anew over what the records say now, as one can who may do anything in the database. */
async function forge(client: PoolClient): Promise<void> {
  const leaves = await new Leaves(client).between(undefined, 1_000_000, 10_000);
  let former: Before = BEGINNING;
  for (const seal of await sealsAfter(client, 0, 1_000)) {
    const { number, total, upto } = former;
    const own = leaves.filter(({ seq }) => (number === 0 || seq > upto) && seq <= seal.upto);
    const made = {
      ...seal,
      present: printSpans(spansOf(own.map(({ seq }) => seq))),
      records: own.length,
      total: total + own.length,
      marks: marksOf(own),
      content: contentOf(own),
      previous: former.head,
    };
    former = { ...made, head: headOf(made) };
    await client.query(
      `UPDATE access_seal SET present = $2, records = $3, total = $4, marks = $5, content = $6, previous = $7, head = $8
         WHERE number = $1`,
      [
        seal.number,
        made.present,
        made.records,
        made.total,
        made.marks,
        made.content,
        made.previous,
        former.head,
      ],
    );
  }
}

test.each([
  "edit a column",
  "delete some",
  "insert one behind a seal",
  "swap the places of two",
  "edit a footprint",
])(
  "%s, with all seals made anew: only the published heads tell",
  async (name) => {
    for (let n = 0; n < CASES; n++) {
      const random = seeded(SEED + n * 104_729 + name.length);
      const change = async (client: PoolClient) => {
        await changes[name]!.do(client, random);
        await forge(client);
        expect(await findingsOf(client)).toEqual([]);
      };
      expect(kindsOf(await tampered(change, random, log.heads))).toEqual(["HEAD_DIFFERS"]);
    }
  },
  180_000,
);

test("a log whose end was cut off is found by the published heads", async () => {
  const cut = async (client: PoolClient) => {
    await client.query("DELETE FROM access_record USING access_seal WHERE number > 9 AND present @> seq");
    await client.query("DELETE FROM access_seal WHERE number > 9");
  };
  expect(await tampered(cut, seeded(1))).toEqual([]);
  expect(kindsOf(await tampered(cut, seeded(1), log.heads))).toEqual(["SEAL_MISSING"]);
});

test.each([
  "UPDATE access_seal SET total = 0",
  "DELETE FROM access_seal",
  "TRUNCATE access_seal",
  "DELETE FROM access_retirement WHERE false",
  "TRUNCATE access_retired_leaf",
])("%s is refused by the table to everybody else", async (statement) => {
  const refused = log.pool.query(statement);
  if (statement.includes("false")) await expect(refused).resolves.toMatchObject({ rowCount: 0 });
  else await expect(refused).rejects.toMatchObject({ code: "42501" });
});

test("a seal that does not follow the last one is refused by the table", async () => {
  const text = `INSERT INTO access_seal SELECT (jsonb_populate_record(s, $1)).* FROM access_seal s WHERE number = 12`;
  for (const wrong of [{ number: 14 }, { number: 13 }, { number: 13, total: 0 }])
    await expect(log.pool.query(text, [wrong])).rejects.toMatchObject({ code: "23514" });
});
