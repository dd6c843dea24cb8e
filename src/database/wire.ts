// Clients whose texts can be passed on as they came: each character one byte of the UTF-8 on the wire.
import { Client, type ClientConfig } from "pg";
import { Parser } from "pg-protocol/dist/parser";

/** Decoding megabytes of Chinese only to encode them again costs a third of a large answer. */
export type WireText = string & { readonly of: "wire" };

/** Characters that are not one byte in both. */
const WIDE = /[\u0080-\uffff]/;

export function toWire(text: string): WireText {
  if (!WIDE.test(text)) return text as WireText;
  return Buffer.from(text, "utf8").toString("latin1") as WireText;
}

export function fromWire(text: WireText): string {
  if (!WIDE.test(text)) return text;
  return Buffer.from(text, "latin1").toString("utf8");
}

type Encoding = "utf-8" | "latin1";

/** What of the driver's connection is used; a driver that has it no more makes texts dearer, never wrong. */
interface Decoding {
  decodeAs?(encoding: Encoding): void;
  attachListeners(stream: NodeJS.ReadableStream): void;
  emit(name: string, message: unknown): boolean;
}

/** Decodes as the driver does, unless a query asks otherwise for its time. */
export class WireClient extends Client {
  constructor(config?: ClientConfig) {
    super(config);
    const { connection } = this as unknown as { connection: Decoding };
    let parser = new Parser();
    connection.attachListeners = (stream) => {
      parser = new Parser();
      stream.on("data", (bytes: Buffer) =>
        parser.parse(bytes, (message) => {
          connection.emit(message.name === "error" ? "errorMessage" : message.name, message);
        }),
      );
    };
    connection.decodeAs = (encoding) => {
      (parser as unknown as { reader: { encoding: Encoding } }).reader.encoding = encoding;
    };
  }
}

/** From now on texts of this connection come as wire text; false where it cannot. */
export function beginWire(connection: unknown): boolean {
  const { decodeAs } = connection as Decoding;
  decodeAs?.("latin1");
  return decodeAs !== undefined;
}

export function endWire(connection: unknown): void {
  (connection as Decoding).decodeAs?.("utf-8");
}
