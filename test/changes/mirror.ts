// A reader that keeps a copy of a dataset by the feed alone, for tests that compare it with what may be seen.
import type { Asking, TestHub } from "../setup/hub";

export interface Told {
  readonly kind: "UPSERT" | "DELETE" | "RETRACT";
  readonly id: string;
  readonly cursor: string;
  readonly node: Record<string, unknown> | null;
}

export interface ToldPage {
  readonly nodes: Told[];
  readonly pageInfo: { hasNextPage: boolean; endCursor: string };
}

export class Mirror {
  readonly rows = new Map<string, Record<string, unknown>>();
  /** Everything that was told, in order. */
  readonly told: Told[] = [];
  after: string | null = null;

  constructor(
    readonly hub: TestHub,
    readonly department: string,
    readonly asking: Asking,
    readonly dataset: string,
    readonly type: string,
    readonly fields: string,
  ) {}

  async page(first = 1_000): Promise<ToldPage> {
    const { changes } = await this.hub.data(
      `query ($dataset: String!, $after: String, $first: Int) { changes(dataset: $dataset, after: $after, first: $first) {
         nodes { kind id cursor node { id ... on ${this.type} { ${this.fields} } } } pageInfo { hasNextPage endCursor } } }`,
      this.department,
      { ...this.asking, variables: { dataset: this.dataset, after: this.after, first } },
    );
    return changes;
  }

  apply(changes: readonly Told[]): void {
    for (const { kind, id, node } of changes)
      if (kind === "UPSERT") this.rows.set(id, node as Record<string, unknown>);
      else this.rows.delete(id);
    this.told.push(...changes);
  }

  /** Follows until it has come to everything that is committed now; gives back what it was told. */
  async follow(first?: number): Promise<Told[]> {
    const before = this.told.length;
    const { rows } = await this.hub.database.pool.query(
      "SELECT pg_snapshot_xmax(pg_current_snapshot())::text AS wanted",
    );
    for (;;) {
      const page = await this.page(first);
      this.apply(page.nodes);
      this.after = page.pageInfo.endCursor;
      if (page.pageInfo.hasNextPage) continue;
      // Other test files share the server: what runs there holds the horizon back.
      const { rows: now } = await this.hub.database.pool.query(
        "SELECT pg_snapshot_xmin(pg_current_snapshot()) >= $1::xid8 AS passed",
        [rows[0].wanted],
      );
      if (now[0].passed && page.nodes.length === 0) return this.told.slice(before);
    }
  }

  /** What an ordinary question shows. */
  async visible(plural: string): Promise<Map<string, Record<string, unknown>>> {
    const found = new Map<string, Record<string, unknown>>();
    for (let after: string | null = null; ; ) {
      const data = await this.hub.data(
        `query ($after: String) { ${plural}(first: 1000, after: $after) { nodes { id ${this.fields} } pageInfo { hasNextPage endCursor } } }`,
        this.department,
        { ...this.asking, variables: { after } },
      );
      for (const node of data[plural].nodes) found.set(node.id, node);
      if (!data[plural].pageInfo.hasNextPage) return found;
      after = data[plural].pageInfo.endCursor;
    }
  }
}
