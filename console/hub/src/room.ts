// What a room of the console is: a name in the menu, an icon, and a page that is loaded when it is opened.
import type { ComponentType, LazyExoticComponent } from "react";

export interface RoomProps {
  /** What follows the room in the address: `#/catalogue/facility` → `["facility"]`. */
  rest: readonly string[];
  query: URLSearchParams;
}

export interface Room {
  /** First part of the address; empty for the first room. */
  path: string;
  zh: string;
  en: string;
  icon: ComponentType;
  page: LazyExoticComponent<ComponentType<RoomProps>>;
}
