/** Counts what the generator produced, so that a run says what it covered and fails where it covered too little. */
export class Tally {
  readonly #seen = new Map<string, number>();
  readonly #now = new Set<string>();

  /** This case shows the thing. */
  see(what: string): void {
    this.#now.add(what);
  }

  /** Ends a case. */
  close(): void {
    for (const what of this.#now) this.#seen.set(what, (this.#seen.get(what) ?? 0) + 1);
    this.#now.clear();
  }

  of(what: string): number {
    return this.#seen.get(what) ?? 0;
  }

  report(cases: number): string {
    const lines = [...this.#seen].sort(([a], [b]) => (a < b ? -1 : 1));
    return lines
      .map(
        ([what, n]) => `${String(n).padStart(6)}  ${((100 * n) / cases).toFixed(1).padStart(5)} %  ${what}`,
      )
      .join("\n");
  }
}
