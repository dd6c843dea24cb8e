/** Bytes of a file in the making, in pieces large enough to be worth sending. */

/** Bytes of a piece; a longer row gets one of its own. */
const PIECE = 256 * 1024;

export class Output {
  /** To be written to from `length` on, as far as was reserved. */
  bytes = Buffer.allocUnsafeSlow(PIECE);
  length = 0;
  #sent = 0;
  #full: Buffer[] = [];

  /** Makes room for so many bytes. */
  reserve(size: number): void {
    if (this.length + size <= this.bytes.length) return;
    this.#put();
    this.bytes = Buffer.allocUnsafeSlow(Math.max(PIECE, size));
    this.length = 0;
    this.#sent = 0;
  }

  /** Writes bytes for which there is room. */
  copy(source: Uint8Array, from = 0, to = source.length): void {
    const { bytes } = this;
    let at = this.length;
    for (let i = from; i < to; i++) bytes[at++] = source[i] as number;
    this.length = at;
  }

  /** Writes a text, whatever room it takes. */
  text(text: string): void {
    this.reserve(text.length * 3);
    this.length += this.bytes.write(text, this.length);
  }

  /** Bytes that wait to be taken. */
  get waiting(): number {
    return this.#full.reduce((sum, piece) => sum + piece.length, this.length - this.#sent);
  }

  /** All that was written since the last time. */
  take(): Buffer[] {
    this.#put();
    const full = this.#full;
    this.#full = [];
    return full;
  }

  #put(): void {
    if (this.length > this.#sent) this.#full.push(this.bytes.subarray(this.#sent, this.length));
    this.#sent = this.length;
  }
}
