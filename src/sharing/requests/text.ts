/** Texts that people write into requests: something is said, it is not endless, and PostgreSQL can keep it. */
import { HubError } from "../../errors";

const MOST_CHARACTERS = 2_000;

export function checkText(argument: string, text: string): void {
  const length = text.trim().length;
  if (length > 0 && length <= MOST_CHARACTERS && !text.includes("\u0000")) return;
  throw new HubError(
    "BAD_USER_INPUT",
    `${argument} 为 1 至 ${MOST_CHARACTERS} 字。It has 1 to ${MOST_CHARACTERS} characters`,
    { argument },
  );
}
