/** The eraser with what follows in the rooms of sharing: corrections that end, texts that are forgotten. */
import type { Catalogue } from "../../declare";
import type { Cipher } from "../../declare/cipher";
import { createEraser, type Eraser } from "../../write";
import { createSettle } from "../corrections";
import { forgetTexts } from "./forgetting";

export function eraserOf(parts: {
  readonly catalogue: Catalogue;
  readonly cipher: Cipher;
  readonly now: () => Date;
}): Eraser {
  return createEraser({ ...parts, settle: createSettle(parts), forget: forgetTexts });
}
