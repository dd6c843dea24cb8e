/** `catalogue` and `catalogueEntry`: what there is to ask for, open to every department. */
import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import type { DatasetEntry } from "../../declare";
import type { SharingContext } from "../context";
import { catalogueEntries } from "./entry";
import { CatalogueDataset } from "./entry-types";
import { shownVersion } from "./shown";
import { CatalogueVersion } from "./update-types";

const DESCRIPTION = `数据目录（政务数据共享条例 第十三条）：名称、数据项、提供单位、数据格式、更新频率、共享属性、共享方式、使用条件、分类分级，连同已发布的版本和尚未发布的变更。对各部门公开。
The catalogue of datasets and fields with the version that is published and what is not yet; open to every department.`;

const DATASET = "数据集名。Name of one dataset.";

@Resolver(() => CatalogueDataset)
export class CatalogueResolver {
  @Query(() => [CatalogueDataset], { description: DESCRIPTION })
  catalogue(
    @Ctx() context: SharingContext,
    @Arg("dataset", () => String, { nullable: true, description: DATASET }) dataset: string | null,
    @Arg("search", () => String, {
      nullable: true,
      description: "在名称、数据项、枚举值中查找。Looked for in names, fields and values.",
    })
    search: string | null,
  ): Promise<CatalogueDataset[]> {
    const { catalogue } = context.sharing.reader.parts;
    return entriesOf(
      context,
      catalogue.readable
        .filter((entry) => !dataset || entry.name === dataset)
        .filter((entry) => !search || speaksOf(entry, search.toLowerCase())),
    );
  }

  @Query(() => CatalogueDataset, {
    nullable: true,
    description: "一个数据集的目录条目，可查各个版本。One dataset's entry, with its versions.",
  })
  async catalogueEntry(
    @Ctx() context: SharingContext,
    @Arg("dataset", () => String, { description: DATASET }) dataset: string,
  ): Promise<CatalogueDataset | undefined> {
    const entry = context.sharing.reader.parts.catalogue.find(dataset);
    return entry && (await entriesOf(context, [entry]))[0];
  }

  @FieldResolver(() => [CatalogueVersion], {
    description: "已发布的各个版本，新的在前。Every published version, the latest first.",
  })
  async versions(
    @Root() { name }: CatalogueDataset,
    @Ctx() { sharing }: SharingContext,
  ): Promise<CatalogueVersion[]> {
    const versions = await sharing.catalogueUpdates.versions(name);
    return versions.map((version, i) => shownVersion(version, versions[i + 1]));
  }
}

/** Every dataset and report with what is published of it. */
export async function entriesOf(
  { identity, sharing }: SharingContext,
  entries: readonly DatasetEntry[],
): Promise<CatalogueDataset[]> {
  const { catalogue } = sharing.reader.parts;
  const names = entries.map(({ name }) => name);
  const states = await sharing.catalogueUpdates.entries(identity, names);
  return entries.map(catalogueEntries(catalogue, await sharing.rights.current(), states));
}

function speaksOf(entry: DatasetEntry, text: string): boolean {
  const words = [
    ...[entry.name, entry.plural, entry.zh, entry.en, entry.article],
    ...entry.fields.flatMap((f) => [
      f.name,
      f.zh,
      f.en,
      f.article,
      ...Object.entries(f.enum?.values ?? {}).flat(),
    ]),
    ...entry.links.flatMap((l) => [l.name, l.zh, l.en]),
  ];
  return words.some((word) => word?.toLowerCase().includes(text));
}
