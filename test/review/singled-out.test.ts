/** An aggregate over one chosen row is that row: what its reader may not see of it comes out neither as a key nor as a sum. */
import { openTestHub, type TestHub } from "../setup/hub";

const FINANCE = "finance@140100000000";
const asking = { purpose: "budget-review" };

let hub: TestHub;
beforeAll(async () => {
  hub = await openTestHub();
}, 120_000);
afterAll(() => hub.close());

test("a masked volunteer's state is no group key of the aggregate over that volunteer", async () => {
  const { data } = await hub.ask(
    "{ volunteers(first: 1) { nodes { id volunteerNo state } } }",
    FINANCE,
    asking,
  );
  const [one] = data.volunteers.nodes;
  expect(one.state).toBeNull();
  for (const where of [`{ id: { eq: "${one.id}" } }`, `{ volunteerNo: { eq: "${one.volunteerNo}" } }`]) {
    const query = `{ volunteersAggregate(where: ${where}, groupBy: [STATE]) { groups { key { state } suppressed } } }`;
    const answer = await hub.ask(query, FINANCE, asking);
    expect(answer.errors[0].extensions).toMatchObject({ code: "FIELD_WITHHELD", field: "state" });
    expect(answer.data).toBeNull();
  }
});

test("nor does a condition on it tell the state by a count", async () => {
  const { data } = await hub.ask("{ volunteers(first: 1) { nodes { id } } }", FINANCE, asking);
  const where = `{ id: { eq: "${data.volunteers.nodes[0].id}" }, state: { eq: ACTIVE } }`;
  const answer = await hub.ask(
    `{ volunteersAggregate(where: ${where}) { groups { count } } }`,
    FINANCE,
    asking,
  );
  expect(answer.errors[0].extensions).toMatchObject({ code: "FIELD_WITHHELD", field: "state" });
});

test("over everybody the same key is still a dimension, and small cells keep silent", async () => {
  const query = "{ volunteersAggregate(groupBy: [STATE]) { groups { key { state } count suppressed } } }";
  const { data, errors } = await hub.ask(query, FINANCE, asking);
  expect(errors).toBeUndefined();
  expect(data.volunteersAggregate.groups.length).toBeGreaterThan(0);
  for (const g of data.volunteersAggregate.groups) expect(g.suppressed).toBe(g.count === null);
});
