/** One statement whose rows come as the bytes of PostgreSQL's wire, many at a time and no faster than they are taken. */
import type { Socket } from "node:net";
import { Readable } from "node:stream";
import type { Connection, Submittable } from "pg";
import { prepareValue } from "pg/lib/utils";
import { serialize } from "pg-protocol";

/** Types of messages: a row, and the server waiting for what comes next. */
const ROW = 0x44;
const READY = 0x5a;

/** A message's type and its size, which counts itself. */
const HEAD = 5;

/** Batches that may wait for who takes them; a batch is what one read of the socket brought. */
const WAITING = 16;

type Listener = (bytes: Buffer) => void;

/**
 * Rows never meet the driver, which would make objects of them; all other messages do. While too many wait, the socket is
 * not read, and PostgreSQL stands still in the middle of its statement.
 */
export class RowQuery extends Readable implements Submittable {
  readonly #messages: Buffer;
  #socket?: Socket;
  #driver: Listener[] = [];
  /** The beginning of a message, and how many bytes are needed to go on. */
  #begun: Buffer[] = [];
  #size = 0;
  #needed = HEAD;

  constructor(text: string, values: readonly unknown[]) {
    super({ objectMode: true, highWaterMark: WAITING });
    const bind = { values: [...values], valueMapper: (value: unknown) => prepareValue(value) };
    this.#messages = Buffer.concat([
      serialize.parse({ text }),
      serialize.bind(bind),
      serialize.execute(),
      serialize.sync(),
    ]);
    // Told to whoever iterates; nobody does before the first row is asked for.
    this.on("error", () => {});
  }

  submit(connection: Connection): void {
    const socket = connection.stream as Socket;
    this.#socket = socket;
    this.#driver = socket.listeners("data") as Listener[];
    socket.removeAllListeners("data");
    socket.on("data", this.#take);
    socket.write(this.#messages);
  }

  /** Whether PostgreSQL is at it. */
  get isRunning(): boolean {
    return this.#socket !== undefined;
  }

  override _read(): void {
    this.#socket?.resume();
  }

  readonly #take = (bytes: Buffer): void => {
    this.#begun.push(bytes);
    this.#size += bytes.length;
    if (this.#size < this.#needed) return;
    const all = this.#begun.length === 1 ? bytes : Buffer.concat(this.#begun, this.#size);
    const end = this.#sort(all);
    this.#begun = end < all.length ? [all.subarray(end)] : [];
    this.#size = all.length - end;
  };

  /** Hands whole messages on, rows to the reader and others to the driver; tells where the first unfinished one begins. */
  #sort(bytes: Buffer): number {
    let rows = 0;
    let at = 0;
    this.#needed = HEAD;
    while (at + HEAD <= bytes.length) {
      const end = at + 1 + bytes.readUInt32BE(at + 1);
      if (end > bytes.length) {
        this.#needed = end - at;
        break;
      }
      if (bytes[at] !== ROW) {
        this.#give(bytes.subarray(rows, at));
        if (bytes[at] === READY) this.#leave();
        this.#tell(bytes.subarray(at, end));
        rows = end;
      }
      at = end;
    }
    this.#give(bytes.subarray(rows, at));
    return at;
  }

  #give(rows: Buffer): void {
    if (rows.length > 0 && !this.destroyed && !this.push(rows)) this.#socket?.pause();
  }

  #tell(message: Buffer): void {
    for (const listener of this.#driver) listener(message);
  }

  /** Gives the socket back before the driver learns that it may use it. */
  #leave(): void {
    const socket = this.#socket;
    if (!socket) return;
    this.#socket = undefined;
    socket.removeListener("data", this.#take);
    for (const listener of this.#driver) socket.on("data", listener);
    socket.resume();
  }

  handleCommandComplete(): void {}

  handleEmptyQuery(): void {}

  handleReadyForQuery(): void {
    this.push(null);
  }

  handleError(error: Error): void {
    this.destroy(error);
  }
}
