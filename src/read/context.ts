/** What resolvers of dataset fields are given: a way to the planner under the request's decisions. */
import type { GraphQLResolveInfo } from "graphql";
import type { DatasetEntry } from "../declare";
import type { Names } from "./plan-types";

/** Rows of one dataset by what names them. */
export interface NamedRows extends Names {
  readonly dataset: DatasetEntry;
}

export interface ReadContext {
  /** Plans and reads the root field being resolved; tells the request's tally what was read. */
  read(info: GraphQLResolveInfo): Promise<unknown>;
  /** One row for the field being resolved, as far as its reader may see it; rows asked alike are read together. */
  row(info: GraphQLResolveInfo, dataset: string, uuid: string): Promise<unknown>;
  /** Rows in use for the list being resolved, as far as its reader may see them; null where there is none to see. */
  named(info: GraphQLResolveInfo, wanted: NamedRows): Promise<readonly unknown[]>;
}

/** Carries the type of a row behind an interface, unseen by the answer. */
export const TYPE: unique symbol = Symbol("type");
