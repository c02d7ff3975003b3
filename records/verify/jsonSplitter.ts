import { isWhiteSpace } from "../input/lineSplitter";

const LINE_FEED = 0x0a;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

type State = "between" | "nested" | "string" | "line";

/**
 * Splits a stream of chunks into consecutive JSON objects, arrays and strings, with or without
 * white space between them. Anything else counts as one record up to the end of its line. Of a
 * record longer than `maxBytes`, only the first bytes are kept and passed on.
 */
export class JsonSplitter {
  readonly #maxBytes: number;
  readonly #onRecord: (record: Uint8Array) => void;
  #state: State = "between";
  #depth = 0;
  #inString = false;
  #escaped = false;
  #parts: Uint8Array[] = [];
  #kept = 0;
  #separable = true;

  constructor(maxBytes: number, onRecord: (record: Uint8Array) => void) {
    this.#maxBytes = maxBytes;
    this.#onRecord = onRecord;
  }

  push(chunk: Uint8Array): void {
    let start = 0;
    // By index, because this runs for every byte and an iterator is several times slower.
    for (let index = 0; index < chunk.length; index += 1) {
      const byte = chunk[index] ?? 0;
      if (this.#state === "between") {
        if (isWhiteSpace(byte)) continue;
        start = index;
        this.#begin(byte);
      } else if (this.#endsAt(byte)) {
        this.#keep(chunk.subarray(start, index + 1));
        this.#finish();
      }
    }
    if (this.#state !== "between") this.#keep(chunk.subarray(start));
  }

  /** Ends the stream. An unfinished value is also a record. */
  end(): void {
    if (this.#state === "between") return;
    this.#separable = false;
    this.#finish();
  }

  /** Whether everything so far is objects, arrays and strings: only then is each record known. */
  get separable(): boolean {
    return this.#separable;
  }

  #begin(byte: number): void {
    this.#depth = isOpening(byte) ? 1 : 0;
    this.#inString = byte === QUOTE;
    this.#state = this.#depth > 0 ? "nested" : this.#inString ? "string" : "line";
    if (this.#state === "line") this.#separable = false;
  }

  #endsAt(byte: number): boolean {
    if (this.#state === "line") return byte === LINE_FEED;
    if (this.#inString) {
      if (this.#escaped) this.#escaped = false;
      else if (byte === BACKSLASH) this.#escaped = true;
      else if (byte === QUOTE) this.#inString = false;
      return this.#state === "string" && !this.#inString;
    }
    if (byte === QUOTE) this.#inString = true;
    else if (isOpening(byte)) this.#depth += 1;
    else if (isClosing(byte)) this.#depth -= 1;
    return this.#depth === 0;
  }

  #keep(part: Uint8Array): void {
    const kept = part.subarray(0, this.#maxBytes - this.#kept);
    this.#kept += kept.length;
    if (kept.length > 0) this.#parts.push(kept);
  }

  #finish(): void {
    const record = Buffer.concat(this.#parts);
    this.#parts = [];
    this.#kept = 0;
    this.#state = "between";
    this.#onRecord(record);
  }
}

/** Whether a record can be distinguished from what follows it without a delimiter. */
export function isSelfDelimiting(record: Uint8Array): boolean {
  let records = 0;
  const splitter = new JsonSplitter(0, () => {
    records += 1;
  });
  splitter.push(record);
  splitter.end();
  return records === 1 && splitter.separable;
}

function isOpening(byte: number): boolean {
  return byte === 0x7b || byte === 0x5b;
}

function isClosing(byte: number): boolean {
  return byte === 0x7d || byte === 0x5d;
}
