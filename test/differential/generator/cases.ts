/** The cases of one run: worlds of rows and rights, and readers who ask. */
import type { GraphQLSchema } from "graphql";
import type { Catalogue } from "../../../src/declare";
import type { Identity, Rights } from "../../../src/identity";
import { Policy } from "../reference/levels";
import { Model } from "../reference/model";
import type { Rows } from "../reference/rows";
import { ELSEWHERE, NODES } from "../world";
import type { Choose } from "./choose";
import { dataOf } from "./data";
import type { Setting } from "./draft";
import { readersOf, rightsOf } from "./rights";
import type { Tally } from "./tally";

/** Rows, rights and readers; many questions are asked about one. */
export interface World {
  readonly rows: Rows;
  readonly rights: Rights;
  readonly readers: readonly Identity[];
  readonly now: Date;
}

export function worldOf(choose: Choose, catalogue: Catalogue): World {
  const now = new Date();
  const readers = readersOf(choose, 6);
  return { rows: dataOf(choose, catalogue, now), rights: rightsOf(choose, catalogue, readers), readers, now };
}

export function modelOf(catalogue: Catalogue, world: World, reader: Identity, rights = world.rights): Model {
  const policy = new Policy(catalogue, rights, reader, world.now, world.rows);
  return new Model(catalogue, world.rows, policy, [...NODES, ...ELSEWHERE]);
}

export function settingOf(schema: GraphQLSchema, model: Model, tally: Tally): Setting {
  return { catalogue: model.catalogue, schema, rows: model.rows, policy: model.policy, tally };
}
