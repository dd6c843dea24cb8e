/** The masked forms of values that are stored beside encrypted ones (C8: phone 3+4, identity number 1+1). */
import type { Mask } from "./kinds";

/** Characters, not UTF-16 halves: rare surnames lie outside the basic plane. */
export function masked(mask: Mask, text: string): string {
  const characters = [...text];
  switch (mask) {
    case "PHONE":
      return keep(characters, 3, 4);
    case "ID_NUMBER":
      return keep(characters, 1, 1);
    case "NAME":
      return `${characters[0] ?? ""}*`;
    case "ADDRESS":
      throw new Error("an address is masked to its community's name, which the text alone does not tell");
  }
}

/** A text too short to hide anything between both ends is hidden wholly. */
function keep(characters: readonly string[], first: number, last: number): string {
  const hidden = characters.length - first - last;
  if (hidden < 1) return "*".repeat(characters.length);
  return [...characters.slice(0, first), "*".repeat(hidden), ...characters.slice(-last)].join("");
}
