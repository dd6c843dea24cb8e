// What is measured beside the core, each in a file of its own: `measure` gives figures, `paper` writes them down.
import { statements } from "./statements.mjs";

export const parts = [statements];
