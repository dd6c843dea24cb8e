/** Sends changes to the database: under rights that hold until the commit, guarded by version, with errors made fit to tell. */
import type { DataSource, EntityManager } from "typeorm";
import { classOf, type DatasetEntry } from "../declare";
import { HubError } from "../errors";
import type { Rights, RightsStore } from "../identity";
import type { StoredRow } from "./look-ups";

/** Times a change is decided anew while rights keep changing under it. */
const ATTEMPTS = 5;

/** Rights have moved since the change was decided. */
class Stale extends Error {}

export class Store {
  constructor(
    readonly source: DataSource,
    readonly rights: Pick<RightsStore, "current" | "refresh">,
  ) {}

  /** Does the work under the rights in force, and again under newer ones where they moved meanwhile (semantics 7). */
  async underRights<T>(work: (rights: Rights) => Promise<T>): Promise<T> {
    let rights = await this.rights.current();
    for (let i = 0; i < ATTEMPTS; i++) {
      try {
        return await work(rights);
      } catch (error) {
        if (!(error instanceof Stale)) throw error;
        rights = await this.rights.refresh();
      }
    }
    throw new HubError("UNAVAILABLE", "权限正在变更。Rights keep changing; try again");
  }

  /** One transaction; whoever changes rights waits until it has ended. */
  async change<T>(
    { dataset, rights }: { readonly dataset: DatasetEntry; readonly rights: Rights },
    work: (manager: EntityManager) => Promise<T>,
  ): Promise<T> {
    try {
      return await this.source.transaction(async (manager) => {
        const [now] = await manager.query("SELECT epoch FROM grant_epoch FOR SHARE");
        if (Number(now?.epoch) !== rights.epoch) throw new Stale();
        return work(manager);
      });
    } catch (error) {
      throw told(error, dataset);
    }
  }

  async insert(
    manager: EntityManager,
    dataset: DatasetEntry,
    stored: Readonly<Record<string, unknown>>,
    by: string,
  ): Promise<void> {
    await manager
      .createQueryBuilder()
      .insert()
      .into(classOf(dataset.name))
      .values({ ...stored, createdBy: by, changedBy: by })
      .updateEntity(false)
      .execute();
  }

  /** One statement, guarded by the version that was read; false where another came first. */
  async update(
    manager: EntityManager,
    dataset: DatasetEntry,
    { id, version }: StoredRow,
    stored: Readonly<Record<string, unknown>>,
    by: string,
  ): Promise<boolean> {
    const { affected } = await manager
      .createQueryBuilder()
      .update(classOf(dataset.name))
      .set({ ...stored, changedBy: by })
      .where("id = :id AND version = :version", { id, version })
      .updateEntity(false)
      .execute();
    return affected === 1;
  }

  /** Brings one field of all rows that name a row to what that row now says. */
  async updateFollowers(
    manager: EntityManager,
    dataset: DatasetEntry,
    { field, through, uuid, value }: { field: string; through: string; uuid: string; value: unknown },
    by: string,
  ): Promise<void> {
    const columnOf = (name: string) => `"${dataset.fields.find((f) => f.name === name)?.column}"`;
    await manager
      .createQueryBuilder()
      .update(classOf(dataset.name))
      .set({ [field]: value, changedBy: by })
      .where(`${columnOf(through)} = :uuid AND ${columnOf(field)} IS DISTINCT FROM :value`, { uuid, value })
      .updateEntity(false)
      .execute();
  }
}

/** What the server says names values of rows: only what a client can act on is told, in words of our own. */
function told(error: unknown, dataset: DatasetEntry): unknown {
  const { code, constraint } = (error as { driverError?: { code?: string; constraint?: string } })
    .driverError ?? { code: undefined };
  // The same whether the holder is visible to the asker or not (semantics 17).
  if (code === "23505" && constraint === `${dataset.table}_key`)
    return new HubError("DUPLICATE_KEY", "业务主键已被占用。The business key is taken", {
      dataset: dataset.name,
      fields: dataset.key,
    });
  if (code === "57014" || code === "55P03")
    return new HubError("TIMEOUT", "写入超时。The change took too long");
  return error;
}
