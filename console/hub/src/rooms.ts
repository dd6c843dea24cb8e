// Every room of the console, in the order of the menu: a new one is a folder below rooms/ and a line here.
import type { Room } from "./room";
import { access } from "./rooms/access";
import { catalogue } from "./rooms/catalogue";
import { home } from "./rooms/home";
import { log } from "./rooms/log";
import { questions } from "./rooms/questions";
import { reports } from "./rooms/reports";

export const ROOMS: readonly Room[] = [home, catalogue, reports, questions, access, log];

export function roomOf(path: string): Room | undefined {
  return ROOMS.find((room) => room.path === path);
}
