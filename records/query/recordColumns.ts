import { isUtf8 } from "node:buffer";
import { unusedName } from "./sqlText";
import { isName, ValueType } from "./valueType";

/** A column of the table, from a field of the records. */
export interface RecordColumn {
  readonly name: string;
  /** In the words of DuckDB. */
  readonly type: string;
}

interface Column {
  readonly name: string;
  readonly type: ValueType;
}

/** More fields than that are a mistake, and slow in SQL. */
export const maxColumns = 1000;

/** Deeper JSON ends DuckDB with a crash (observed with 1.5.6 and 100,000 levels). */
const maxNesting = 200;

/** Turns records into lines of JSON that DuckDB reads, and learns their columns. */
export class RecordColumns {
  /** By key, which distinguishes upper and lower case. */
  readonly #columns = new Map<string, Column>();
  readonly #taken: Set<string>;
  /** Whether the last record has a key that is not the name of its column. */
  #isRenamed = false;
  #isComplete = true;

  /** @param reserved names that no column may have */
  constructor(reserved: readonly string[]) {
    this.#taken = new Set(reserved.map((name) => name.toLowerCase()));
  }

  get columns(): readonly RecordColumn[] {
    return [...this.#columns.values()].map(({ name, type }) => ({ name, type: type.sql }));
  }

  /** Whether each field has a column: there can be too many. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  /**
   * The members of a record that is a JSON object, without its braces and on one line.
   *
   * @returns undefined for any other record
   */
  membersOf(record: Uint8Array): string | undefined {
    if (!isUtf8(record)) return undefined;
    const text = Buffer.from(record.buffer, record.byteOffset, record.length).toString().trim();
    if (!text.startsWith("{")) return undefined;
    const object = parsed(text);
    if (object === undefined || nestingOf(text) > maxNesting) return undefined;
    const isExact =
      this.#addKeys(object) === keysIn(text) && !this.#isRenamed && isWellFormed(text);
    const line = isExact ? onOneLine(text) : this.#rewritten(object);
    return line.slice(1, -1);
  }

  /** @returns the number of keys in it */
  #addKeys(object: Readonly<Record<string, unknown>>): number {
    let keys = 0;
    this.#isRenamed = false;
    for (const key in object) {
      const { name, type } = this.#columns.get(key) ?? this.#newColumn(key);
      this.#isRenamed ||= name !== key;
      keys += 1 + type.add(object[key]);
    }
    return keys;
  }

  #newColumn(key: string): Column {
    if (this.#columns.size >= maxColumns) {
      this.#isComplete = false;
      return { name: key, type: new ValueType() };
    }
    const name = unusedName(isName(key) ? key : "_", this.#taken);
    this.#taken.add(name.toLowerCase());
    const column = { name, type: new ValueType() };
    this.#columns.set(key, column);
    return column;
  }

  /**
   * The object with the names of its columns, each once, and without halves of surrogate pairs: DuckDB takes
   * neither. Whole numbers beyond 2^53 lose digits here, in such records only.
   */
  #rewritten(object: Readonly<Record<string, unknown>>): string {
    const members = Object.entries(object).map(([key, value]) => [
      this.#columns.get(key)?.name ?? key,
      value,
    ]);
    const text = JSON.stringify(Object.fromEntries(members));
    return text.replaceAll(escapes, (escape) => (escape === "\\\\" ? escape : "\\ufffd"));
  }
}

/** Line ends of JSON are outside of its strings. */
function onOneLine(text: string): string {
  // Searching is faster than replacing, and most records have none.
  return text.includes("\n") || text.includes("\r") ? text.replaceAll(/[\r\n]/g, " ") : text;
}

/** JSON.stringify escapes only halves of surrogate pairs with these letters. */
const escapes = /\\\\|\\ud[89a-f][0-9a-f]{2}/g;

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
}

/** Whether no escape can be half of a surrogate pair. */
function isWellFormed(text: string): boolean {
  return !text.includes("\\u") || !/\\u[dD][89a-fA-F]/.test(text);
}

/**
 * How many keys a JSON text seems to have. Strings that contain JSON can add to it, and only a key that ends
 * with an escaped character is not counted: with another number than the parsed object has, keys may be repeated.
 */
function keysIn(text: string): number {
  let keys = 0;
  for (let at = text.indexOf(":"); at >= 0; at = text.indexOf(":", at + 1)) {
    let end = at - 1;
    while (isSpace(text.charCodeAt(end))) end -= 1;
    if (text.charCodeAt(end) === QUOTE && text.charCodeAt(end - 1) !== BACKSLASH) keys += 1;
  }
  return keys;
}

/** At most this deep: brackets in strings count as well. */
function nestingOf(text: string): number {
  // Most records are too short to be deep.
  if (text.length < 2 * maxNesting) return 0;
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x7b || code === 0x5b) deepest = Math.max(deepest, (depth += 1));
    else if (code === 0x7d || code === 0x5d) depth -= 1;
  }
  return deepest;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d;
}
