/** Text inside a sheet's XML, byte by byte: what XML has no place for is written as the format's own escape, _xHHHH_. */
import type { Output } from "../output";

const [UNDERSCORE, X] = [0x5f, 0x78] as const;

/** Characters of a cell; programs cut what is longer, or call the file broken. */
const LONGEST = 32_767;

/** The longest escape of a byte. */
const WIDEST = 7;

const ESCAPES: readonly (Buffer | undefined)[] = Array.from({ length: 256 }, (_, byte) => {
  const named = { 38: "&amp;", 60: "&lt;", 62: "&gt;", 34: "&quot;" }[byte];
  if (named) return Buffer.from(named);
  const plain = byte >= 0x20 || byte === 0x09 || byte === 0x0a;
  return plain ? undefined : Buffer.from(`_x${hex(byte)}_`);
});

const ESCAPED = Uint8Array.from(ESCAPES, (text) => (text ? 1 : 0));

function hex(code: number): string {
  return code.toString(16).toUpperCase().padStart(4, "0");
}

/** Writes the text; gives back whether some of it found no room in a cell. */
export function writeText(source: Uint8Array, from: number, to: number, out: Output): boolean {
  const end = to - from > LONGEST ? cut(source, from, to) : to;
  out.reserve(WIDEST * (end - from));
  const { bytes } = out;
  let at = out.length;
  for (let i = from; i < end; i++) {
    const byte = source[i] as number;
    if (ESCAPED[byte] === 1) for (const part of ESCAPES[byte] as Buffer) bytes[at++] = part;
    else if (byte === UNDERSCORE && isEscape(source, i, end)) at += bytes.write("_x005F_", at);
    else if (byte === 0xef && isNoCharacter(source, i)) {
      at += bytes.write(source[i + 2] === 0xbe ? "_xFFFE_" : "_xFFFF_", at);
      i += 2;
    } else bytes[at++] = byte;
  }
  out.length = at;
  return end < to;
}

/** A text as it may stand in XML. */
export function escaped(text: string): string {
  return (
    text
      .replace(/_(?=x[0-9A-Fa-f])/g, "_x005F_")
      .replace(/[&<>"]/g, (sign) => ESCAPES[sign.charCodeAt(0)]?.toString() ?? sign)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML has no place for
      .replace(/[\u0000-\u0008\u000B-\u001F\uFFFE\uFFFF]/g, (sign) => `_x${hex(sign.charCodeAt(0))}_`)
  );
}

/** What would be read as an escape though it is none; some programs take one digit for enough. */
function isEscape(source: Uint8Array, at: number, to: number): boolean {
  if (source[at + 1] !== X || at + 2 >= to) return false;
  return /[0-9A-Fa-f]/.test(String.fromCharCode(source[at + 2] as number));
}

/** U+FFFE and U+FFFF. */
function isNoCharacter(source: Uint8Array, at: number): boolean {
  const last = source[at + 2];
  return source[at + 1] === 0xbf && (last === 0xbe || last === 0xbf);
}

/** Where the characters that a cell takes end; those beyond the 16-bit plane count twice. */
function cut(source: Uint8Array, from: number, to: number): number {
  let units = 0;
  for (let i = from; i < to; i++) {
    const byte = source[i] as number;
    if ((byte & 0xc0) === 0x80) continue;
    units += byte >= 0xf0 ? 2 : 1;
    if (units > LONGEST) return i;
  }
  return to;
}
