// The catalogue's pages: the list, or one dataset.
import type { RoomProps } from "../../room";
import { DatasetPage } from "./dataset";
import { DatasetList } from "./list";

export default function Catalogue({ rest, query }: RoomProps) {
  const [dataset] = rest;
  return dataset === undefined ? <DatasetList query={query} /> : <DatasetPage name={dataset} />;
}
