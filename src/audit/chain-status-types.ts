// The chain's state as GraphQL shows it.
import { Field, Int, ObjectType } from "type-graphql";
import { DateTimeScalar } from "../declare";

@ObjectType({
  description: `访问记录封存链的状态：每隔数秒封存一批，链首在数据库之外公布。
State of the chain over the access log: records are sealed every few seconds, the head is published outside the database.`,
})
export class ChainStatusEntry {
  @Field(() => Int, { nullable: true, description: "最新封存的编号。Number of the newest seal." })
  seal: number | null;

  @Field(() => String, {
    nullable: true,
    description: "链首（SHA-256）。The head, which covers all records sealed.",
  })
  head: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "封存时间。When it was sealed." })
  sealedAt: string | null;

  @Field(() => Int, { description: "已封存的记录数。Records under seals." })
  records: number;

  @Field(() => Int, { description: "尚未封存的记录数。Records that no seal covers yet." })
  waiting: number;

  @Field(() => Int, {
    nullable: true,
    description:
      "最近一次公布的封存编号，由应答的进程所知。Seal whose head was published last, by the process that answers.",
  })
  publishedSeal: number | null;

  @Field(() => String, { nullable: true, description: "公布的链首。The head that was published." })
  publishedHead: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "公布时间。When it was published." })
  publishedAt: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      "上次公布的链首在数据库中是否仍然一致；不一致时请运行 hub audit verify。Whether the database still tells the head that was published before; if not, run hub audit verify.",
  })
  agrees: boolean | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "此前的记录均已封存并公布。All records from before are sealed, and the head is published.",
  })
  coveredUntil: string | null;
}
