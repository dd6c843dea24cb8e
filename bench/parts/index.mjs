// What is measured beside the core, each in a file of its own: `measure` gives figures, `paper` writes them down.
import { busy } from "./busy.mjs";
import { files } from "./files.mjs";
import { floor } from "./floor.mjs";
import { keyset } from "./keyset.mjs";
import { permissions } from "./permissions.mjs";
import { profile } from "./profile.mjs";
import { second } from "./second.mjs";
import { statements } from "./statements.mjs";

export const parts = [profile, floor, permissions, statements, keyset, second, files, busy];
