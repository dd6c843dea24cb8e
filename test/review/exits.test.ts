/** Names and values made to slip past the planner's memory, the files' way out and the requests' doors. */
import { openTestHub, type TestHub } from "../setup/hub";

const CIVIL_AFFAIRS = "civil-affairs@140100000000";

let hub: TestHub;
beforeAll(async () => {
  hub = await openTestHub();
}, 120_000);
afterAll(() => hub.close());

test.each([
  ["a page's size", "($toString: Int) { facilities(first: $toString) { totalCount } }"],
  ["an order", "($valueOf: [FacilityOrder!]) { facilities(first: 1, orderBy: $valueOf) { totalCount } }"],
  ["a condition", "($constructor: FacilityWhere) { facilities(where: $constructor) { totalCount } }"],
  ["a value", "($constructor: String) { facilities(where: { name: { eq: $constructor } }) { totalCount } }"],
])("a variable called as what every object inherits is not given: %s", async (_, question) => {
  const { data } = await hub.ask("{ facilities { totalCount } }", CIVIL_AFFAIRS);
  expect(await hub.ask(`query ${question}`, CIVIL_AFFAIRS)).toMatchObject({ data });
});
