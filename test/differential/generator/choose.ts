/** Choices that fast-check records, so that a failing case can be replayed and made smaller. */
import fc, { type GeneratorValue } from "fast-check";

const evenly = (max: number) => fc.noBias(fc.nat(max));

/** The first alternative is the simplest: failing cases shrink towards it. */
export class Choose {
  private constructor(private readonly draw: (max: number) => number) {}

  /** Choices that fast-check makes, and makes again while it looks for a smaller failing case. */
  static recorded(generate: GeneratorValue): Choose {
    return new Choose((max) => generate(evenly, max));
  }

  /** The same choices for the same seed, always. */
  static seeded(seed: number): Choose {
    let state = seed | 0;
    return new Choose((max) => {
      state = (state + 0x6d2b79f5) | 0; // mulberry32
      let t = Math.imul(state ^ (state >>> 15), 1 | state);
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
      return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * (max + 1));
    });
  }

  /** A whole number from 0 to `max`, both included. */
  upTo(max: number): number {
    return max <= 0 ? 0 : this.draw(max);
  }

  between(min: number, max: number): number {
    return min + this.upTo(max - min);
  }

  /** True in about `percent` of a hundred choices. */
  maybe(percent: number): boolean {
    return this.upTo(99) >= 100 - percent;
  }

  of<T>(list: readonly T[]): T {
    if (list.length === 0) throw new Error("nothing to choose from");
    return list[this.upTo(list.length - 1)] as T;
  }

  /** Up to `most` different members of the list, at least `least` where it has so many. */
  some<T>(list: readonly T[], least: number, most: number): T[] {
    const left = [...list];
    const chosen: T[] = [];
    for (let n = this.between(least, most); n > 0 && left.length > 0; n--)
      chosen.push(...left.splice(this.upTo(left.length - 1), 1));
    return chosen;
  }

  times<T>(n: number, make: (i: number) => T): T[] {
    return Array.from({ length: n }, (_, i) => make(i));
  }

  uuid(): string {
    const hex = () => this.upTo(0xffff).toString(16).padStart(4, "0");
    return `01900000-${hex()}-7${hex().slice(1)}-8${hex().slice(1)}-${hex()}${hex()}${hex()}`;
  }
}
