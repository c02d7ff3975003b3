const LINE_FEED = 0x0a;

/** One line without its line feed. */
export interface SplitLine {
  /** The line's bytes; only the first ones if the line is longer than the splitter's limit. */
  readonly bytes: Uint8Array;
  /** Size of the whole line in bytes. */
  readonly length: number;
}

/**
 * Splits a stream of chunks at line feeds. Keeps at most `maxBytes` of a line in memory, however
 * long the line is.
 */
export class LineSplitter {
  readonly #maxBytes: number;
  readonly #onLine: (line: SplitLine) => void;
  #parts: Uint8Array[] = [];
  #kept = 0;
  #length = 0;

  constructor(maxBytes: number, onLine: (line: SplitLine) => void) {
    this.#maxBytes = maxBytes;
    this.#onLine = onLine;
  }

  push(chunk: Uint8Array): void {
    let start = 0;
    for (;;) {
      const end = chunk.indexOf(LINE_FEED, start);
      if (end < 0) break;
      this.#add(chunk.subarray(start, end));
      this.#finish();
      start = end + 1;
    }
    this.#add(chunk.subarray(start));
  }

  /** Ends the stream. What follows the last line feed is also a line, unless it is empty. */
  end(): void {
    if (this.#length > 0) this.#finish();
  }

  #add(part: Uint8Array): void {
    this.#length += part.length;
    const kept = part.subarray(0, this.#maxBytes - this.#kept);
    if (kept.length === 0) return;
    this.#kept += kept.length;
    this.#parts.push(kept);
  }

  #finish(): void {
    const [first] = this.#parts;
    const bytes = first && this.#parts.length === 1 ? first : Buffer.concat(this.#parts);
    const length = this.#length;
    this.#parts = [];
    this.#kept = 0;
    this.#length = 0;
    this.#onLine({ bytes, length });
  }
}

/** White space as JSON defines it: space, tab, line feed, carriage return. */
export function isWhiteSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}

export function isBlank(bytes: Uint8Array): boolean {
  return bytes.every(isWhiteSpace);
}
