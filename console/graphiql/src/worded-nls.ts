// Stands in for the editor's message module, whose bundled form knows English alone.
import { word } from "./words";

type Part = string | number | boolean | undefined | null;

function filled(message: string, parts: Part[]): string {
  return message.replace(/\{(\d+)\}/g, (hole, index: string) =>
    Number(index) < parts.length ? String(parts[Number(index)]) : hole,
  );
}

export function localize(_key: unknown, message: string, ...parts: Part[]): string {
  return filled(word(message), parts);
}

export function localize2(_key: unknown, message: string, ...parts: Part[]) {
  return { value: filled(word(message), parts), original: filled(message, parts) };
}

export function getNLSLanguage(): undefined {
  return undefined;
}

export function getNLSMessages(): undefined {
  return undefined;
}
