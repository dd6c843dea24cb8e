// Which page is open: read from the part of the address behind #, so that the hub needs no path for any of them.
import { useSyncExternalStore } from "react";

export interface Place {
  /** The room's path, e.g. `catalogue`; empty for the first one. */
  room: string;
  /** What follows it, e.g. `["facility"]`. */
  rest: string[];
  query: URLSearchParams;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export function placeOf(hash: string): Place {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?", 2);
  const [room = "", ...rest] = path.split("/").filter(Boolean).map(decoded);
  return { room, rest, query: new URLSearchParams(query) };
}

/** The address of a page: `to(["catalogue", "facility"], { tab: "fields" })`. */
export function to(path: readonly string[], query: Readonly<Record<string, string>> = {}): string {
  const search = new URLSearchParams(query).toString();
  return `#/${path.map(encodeURIComponent).join("/")}${search && `?${search}`}`;
}

export function go(path: readonly string[], query: Readonly<Record<string, string>> = {}): void {
  location.hash = to(path, query);
}

/** Changes what stands behind ? without a new step in the browser's history: filters, searches. */
export function note(query: Readonly<Record<string, string>>): void {
  const { room, rest } = placeOf(location.hash);
  const told = Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ""));
  history.replaceState(null, "", to([room, ...rest].filter(Boolean), told));
  window.dispatchEvent(new HashChangeEvent("hashchange"));
}

function watch(watcher: () => void): () => void {
  window.addEventListener("hashchange", watcher);
  return () => window.removeEventListener("hashchange", watcher);
}

export function usePlace(): Place {
  return placeOf(useSyncExternalStore(watch, () => location.hash));
}
