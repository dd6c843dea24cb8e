/** Remembers which business keys a file has had, in twelve bytes a key, so that memory stays flat on long files. */

/** An open hash table of 64-bit fingerprints with the line on which each was first seen. */
export class Fingerprints {
  #high = new Uint32Array(1 << 12);
  #low = new Uint32Array(1 << 12);
  #line = new Uint32Array(1 << 12); // 0: the place is free
  #size = 0;

  /** The line on which this key was seen before, or undefined where it is new and is now remembered. */
  add(key: string, line: number): number | undefined {
    if (this.#size * 2 >= this.#line.length) this.#grow();
    const [high, low] = fingerprint(key);
    const at = this.#find(high, low);
    if (this.#line[at]) return this.#line[at];
    this.#put(at, high, low, line);
    this.#size++;
    return undefined;
  }

  #put(at: number, high: number, low: number, line: number): void {
    this.#high[at] = high;
    this.#low[at] = low;
    this.#line[at] = line;
  }

  #find(high: number, low: number): number {
    const mask = this.#line.length - 1;
    let at = low & mask;
    while (this.#line[at] && (this.#low[at] !== low || this.#high[at] !== high)) at = (at + 1) & mask;
    return at;
  }

  #grow(): void {
    const [high, low, line] = [this.#high, this.#low, this.#line];
    const length = line.length * 2;
    this.#high = new Uint32Array(length);
    this.#low = new Uint32Array(length);
    this.#line = new Uint32Array(length);
    for (let i = 0; i < line.length; i++)
      if (line[i]) {
        const [h, l] = [high[i] as number, low[i] as number];
        this.#put(this.#find(h, l), h, l, line[i] as number);
      }
  }
}

/** Two multiplicative hashes that share nothing but the text; a false alarm in a million keys has odds of 1 in 10⁷. */
function fingerprint(text: string): [high: number, low: number] {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    a = Math.imul(a ^ c, 2654435761);
    b = Math.imul(b ^ c, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return [b >>> 0, a >>> 0];
}
