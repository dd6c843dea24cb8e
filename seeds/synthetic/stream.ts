// Numbers that look random and are the same every time: each row draws from a stream of its own.

/** A number of 32 bits for a text (FNV-1a), to name streams with. */
export function numberOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

const topics = new Map<string, number>();

function topicOf(name: string): number {
  let topic = topics.get(name);
  if (topic === undefined) {
    topic = numberOf(name);
    topics.set(name, topic);
  }
  return topic;
}

/**
 * The generator sfc32 (Chris Doty-Humphrey's Small Fast Counter), seeded by what the row is: its topic, its place
 * and its number there. So a row is the same however many rows are made before it.
 */
export class Stream {
  private a: number;
  private b: number;
  private c: number;
  private counter = 1;

  constructor(topic: string, place: number, row: number, salt = 0) {
    this.a = topicOf(topic) ^ salt;
    this.b = place | 0;
    this.c = row | 0;
    for (let i = 0; i < 12; i++) this.bits();
  }

  /** 32 random bits, unsigned. */
  bits(): number {
    const sum = (((this.a + this.b) | 0) + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = ((this.c << 21) | (this.c >>> 11)) + sum;
    this.c |= 0;
    return sum >>> 0;
  }

  /** From 0 to 1, without 1. */
  unit(): number {
    return this.bits() / 4294967296;
  }

  between(least: number, most: number): number {
    return least + this.unit() * (most - least);
  }

  /** A whole number, both ends included. */
  whole(least: number, most: number): number {
    return least + Math.floor(this.unit() * (most - least + 1));
  }

  chance(probability: number): boolean {
    return this.unit() < probability;
  }

  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.unit() * list.length)] as T;
  }

  /** One of the keys, as often as its weight says. */
  weighted<K extends string>(weights: Readonly<Record<K, number>>): K {
    let total = 0;
    for (const key in weights) total += weights[key];
    let left = this.unit() * total;
    for (const key in weights) {
      left -= weights[key];
      if (left < 0) return key;
    }
    return Object.keys(weights)[0] as K;
  }

  /** Each of the list with this probability, at least one, in the list's order. */
  some<T>(list: readonly T[], probability: number): T[] {
    const chosen = list.filter(() => this.chance(probability));
    return chosen.length > 0 ? chosen : [this.pick(list)];
  }

  /** Standard normal, by Box and Muller. */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.unit())) * Math.cos(2 * Math.PI * this.unit());
  }

  /** Log-normal: half of all below the median, few far above it. */
  longTail(median: number, spread: number): number {
    return median * Math.exp(this.normal() * spread);
  }

  digits(length: number): string {
    return String(Math.floor(this.unit() * 10 ** length)).padStart(length, "0");
  }
}
