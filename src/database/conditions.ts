/** Conditions of a statement with their values, numbered as they come. */
export class Conditions {
  readonly values: unknown[] = [];
  readonly #texts: string[] = [];

  /** Where the value stands in a text. */
  place(value: unknown): string {
    return `$${this.values.push(value)}`;
  }

  add(text: string): this {
    this.#texts.push(`(${text})`);
    return this;
  }

  toString(): string {
    return this.#texts.join(" AND ") || "true";
  }
}
