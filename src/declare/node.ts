/** Relay's Node: what every row of every dataset is. */
import { GraphQLID } from "graphql";
import { Field, InterfaceType } from "type-graphql";

@InterfaceType("Node", { description: "有全局标识的记录（Relay）。Anything with a global id." })
export abstract class Node {
  @Field(() => GraphQLID, { description: "全局标识，不透明。Global id, opaque." })
  id: string;
}
