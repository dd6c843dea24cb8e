/** `catalogue`: what there is to ask for, open to every department. */
import { Arg, Ctx, Query, Resolver } from "type-graphql";
import type { DatasetEntry } from "../declare";
import { catalogueEntries } from "./catalogue-entry";
import { CatalogueDataset } from "./catalogue-types";
import type { SharingContext } from "./context";

const DESCRIPTION = `数据目录（政务数据共享条例 第十三条）：名称、数据项、提供单位、数据格式、更新频率、共享属性、共享方式、使用条件、分类分级。对各部门公开。
The catalogue of datasets and fields, open to every department.`;

@Resolver()
export class CatalogueResolver {
  @Query(() => [CatalogueDataset], { description: DESCRIPTION })
  async catalogue(
    @Ctx() { sharing }: SharingContext,
    @Arg("dataset", () => String, { nullable: true, description: "数据集名。Name of one dataset." })
    dataset: string | null,
    @Arg("search", () => String, {
      nullable: true,
      description: "在名称、数据项、枚举值中查找。Looked for in names, fields and values.",
    })
    search: string | null,
  ): Promise<CatalogueDataset[]> {
    const { catalogue } = sharing.reader.parts;
    const entryOf = catalogueEntries(catalogue, await sharing.rights.current());
    return catalogue.readable
      .filter((entry) => !dataset || entry.name === dataset)
      .filter((entry) => !search || speaksOf(entry, search.toLowerCase()))
      .map(entryOf);
  }
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
