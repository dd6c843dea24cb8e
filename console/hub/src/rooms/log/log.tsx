// The pages of the log: the list of accesses with its filters, or the records of one request.
import type { RoomProps } from "../../room";
import "../access/access.css";
import { AccessList } from "./accesses";
import { RecordPage } from "./record";

export default function Log({ rest, query }: RoomProps) {
  const [requestId] = rest;
  return requestId === undefined ? <AccessList query={query} /> : <RecordPage requestId={requestId} />;
}
