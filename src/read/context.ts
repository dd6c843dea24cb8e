/** What resolvers of dataset fields are given: a way to the planner under the request's decisions. */
import type { GraphQLResolveInfo } from "graphql";

/** A door of Query with the arguments it is entered with. */
export interface ReadAs {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
}

export interface ReadContext {
  /**
   * Plans and reads the root field being resolved; tells the request's tally what was read. A field below a mutation
   * or a version is read as the door that `as` names.
   */
  read(info: GraphQLResolveInfo, as?: ReadAs): Promise<unknown>;
}

/** Carries the type of a row behind an interface, unseen by the answer. */
export const TYPE: unique symbol = Symbol("type");
