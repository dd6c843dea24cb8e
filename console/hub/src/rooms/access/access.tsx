// The pages of this room, by what follows it in the address.
import type { RoomProps } from "../../room";
import "./access.css";
import { Apps } from "./apps";
import { GrantPage } from "./grant";
import { GrantList } from "./grants";
import { Matrix } from "./matrix";
import { NewRequest } from "./new-request";
import { RequestPage } from "./request";
import { RequestList } from "./requests";

export default function Access({ rest, query }: RoomProps) {
  const [part, id] = rest;
  switch (part) {
    case "grants":
      return id === undefined ? <GrantList query={query} /> : <GrantPage key={id} id={id} />;
    case "apps":
      return <Apps />;
    case "matrix":
      return <Matrix query={query} />;
    case "new":
      return <NewRequest query={query} />;
    default:
      return id === undefined ? <RequestList query={query} /> : <RequestPage key={id} id={id} />;
  }
}
