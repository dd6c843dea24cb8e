// The room of reports: the gallery, or one report.
import "./reports.css";
import type { RoomProps } from "../../room";
import { Gallery } from "./gallery";
import { ReportPage } from "./report";

export default function Reports({ rest, query }: RoomProps) {
  const [report] = rest;
  return report === undefined ? <Gallery /> : <ReportPage key={report} id={report} query={query} />;
}
