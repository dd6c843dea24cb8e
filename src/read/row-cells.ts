/** Reads the cells of rows that come as bytes of PostgreSQL's wire. */

/** Type, size and number of cells stand before the first one. */
const HEAD = 7;

/** Goes from row to row and within a row from cell to cell; `from` and `to` are where the cell stands in `bytes`. */
export class RowCells {
  bytes: Buffer = Buffer.alloc(0);
  from = 0;
  to = 0;
  /** Bytes of the row, which no cell exceeds. */
  size = 0;
  #next = 0;

  load(rows: Buffer): void {
    this.bytes = rows;
    this.#next = 0;
  }

  /** Before the first cell of the next row; false where there is none. */
  nextRow(): boolean {
    if (this.#next >= this.bytes.length) return false;
    this.size = this.#number(this.#next + 1);
    this.to = this.#next + HEAD;
    this.#next += 1 + this.size;
    return true;
  }

  /** The next cell; false where it is NULL. */
  nextCell(): boolean {
    const length = this.#number(this.to);
    this.from = this.to + 4;
    this.to = length > 0 ? this.from + length : this.from;
    return length >= 0;
  }

  /** The cell as a text. */
  text(): string {
    return this.bytes.toString("utf8", this.from, this.to);
  }

  #number(at: number): number {
    const { bytes } = this;
    return (
      ((bytes[at] as number) << 24) |
      ((bytes[at + 1] as number) << 16) |
      ((bytes[at + 2] as number) << 8) |
      (bytes[at + 3] as number)
    );
  }
}
