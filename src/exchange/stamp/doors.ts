/** The doors of stamps: `stamp`, by a record or by a file's digest, and `stampKeys`. */
import { GraphQLID, GraphQLString } from "graphql";
import { Arg, Ctx, Query, Resolver } from "type-graphql";
import { HubError } from "../../errors";
import type { Identity } from "../../identity";
import type { SeenStamp, Stamps } from "./book";
import { StampKeyType, StampType } from "./stamp-types";

export interface StampsContext {
  readonly identity: Identity;
  readonly stamps?: Stamps;
}

const STAMP = `导出文件的凭证：本部门的；审计职责查本属地各部门的。按响应头 Hub-Stamp 所示编号，或者按文件的 SHA-256 查找；没有的为空。
The stamp of a file that has left: one's own department's, and for auditors those of their territory. By the number that the header Hub-Stamp told, or by the file's SHA-256.`;

const KEYS = `本平台签署凭证的公钥（Ed25519）；持有公钥即可核验，不必访问平台。
Public keys by which stamps of this hub are verified, without asking it.`;

@Resolver()
export class StampResolver {
  @Query(() => StampType, { nullable: true, description: STAMP })
  async stamp(
    @Ctx() context: StampsContext,
    @Arg("record", () => GraphQLID, {
      nullable: true,
      description: "访问记录编号。Number of the access record.",
    })
    record: string | null,
    @Arg("digest", () => GraphQLString, {
      nullable: true,
      description: "文件的 SHA-256。The file's SHA-256.",
    })
    digest: string | null,
  ): Promise<object | null> {
    const by = { record: record ?? undefined, digest: digest ?? undefined };
    const found = await stampsOf(context).find(context.identity, by);
    return found ? shown(found) : null;
  }

  @Query(() => [StampKeyType], { description: KEYS })
  async stampKeys(@Ctx() context: StampsContext): Promise<object[]> {
    return stampsOf(context).keys();
  }
}

function stampsOf({ stamps }: StampsContext): Stamps {
  if (stamps) return stamps;
  throw new HubError("UNAVAILABLE", "此处没有凭证。There are no stamps here");
}

function shown({ kept, stamp, lawful, lost, ended }: SeenStamp): object {
  const { record, department, text, signature, key, seq, seal } = kept;
  const { purpose, format, rows, bytes, sha256, dataTime, madeAt, question, variables, schema, withheld } =
    stamp;
  return {
    ...{
      record,
      department,
      purpose,
      format,
      rows,
      bytes,
      sha256,
      dataTime,
      madeAt,
      question,
      variables,
      schema,
    },
    ...{ withheld, fingerprint: stamp.right.fingerprint, seq, seal, lawful, lost, ended, key },
    signed: JSON.stringify({ stamp: JSON.parse(text), signature: signature.toString("base64") }),
  };
}
