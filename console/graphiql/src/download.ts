// Saves the answer of a question as a file: the same query, asked again for another format.

import { FILE_TYPES } from "../../../src/exchange/file-types";
import { say } from "../../session/language";
import { type Question, send } from "./ask";

export interface FileFormat {
  label: string;
  accept: string;
  extension: string;
}

/** The hub's own list: what is written there is offered here. */
export const FILE_FORMATS: readonly FileFormat[] = FILE_TYPES.map(({ label, type, extension }) => ({
  label,
  accept: type,
  extension,
}));

function nameFrom(response: Response, question: Question, format: FileFormat): string {
  const disposition = response.headers.get("content-disposition") ?? "";
  const told = /filename="?([^";]+)"?/.exec(disposition)?.[1];
  return told ?? `${question.operationName || "hub"}.${format.extension}`;
}

function save(file: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

async function refusal(response: Response): Promise<string> {
  const text = await response.text();
  try {
    const body = JSON.parse(text) as { errors?: { message?: string }[] };
    return body.errors?.[0]?.message ?? text;
  } catch {
    return text || `HTTP ${response.status}`;
  }
}

/** Gives back the sentence to show; a refusal is a sentence too, not an exception. */
export async function download(
  question: Question,
  own: Record<string, unknown>,
  format: FileFormat,
): Promise<{ ok: boolean; text: string }> {
  const response = await send(question, own, format.accept);
  const type = response.headers.get("content-type") ?? "";
  if (!response.ok || !type.startsWith(format.accept)) {
    return { ok: false, text: (await refusal(response)).slice(0, 300) };
  }
  const name = nameFrom(response, question, format);
  save(await response.blob(), name);
  return { ok: true, text: say(`已保存 ${name}`, `Saved ${name}`) };
}
