// Every room of the console, in the order of the menu: a new one is a folder below rooms/ and a line here.
import type { Room } from "./room";
import { catalogue } from "./rooms/catalogue";
import { home } from "./rooms/home";
import { questions } from "./rooms/questions";

export const ROOMS: readonly Room[] = [home, catalogue, questions];

export function roomOf(path: string): Room | undefined {
  return ROOMS.find((room) => room.path === path);
}
