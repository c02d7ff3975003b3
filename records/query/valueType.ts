import { sqlName } from "./sqlText";

/** Kinds of values, as bits. */
const kind = {
  boolean: 1,
  /** Whole numbers of 64 bits. */
  bigint: 2,
  /** Whole numbers of 128 bits, which DuckDB also reads exactly. */
  hugeint: 4,
  double: 8,
  DATE: 16,
  TIMESTAMP: 32,
  TIMESTAMPTZ: 64,
  VARCHAR: 128,
  object: 256,
  array: 512,
} as const;

/** Fields of one object that become members of a STRUCT. With more, its keys are data. */
const maxFields = 300;

/** A STRUCT in a STRUCT, and so on. What is deeper stays JSON. */
const maxDepth = 12;

/** The type in SQL of all values that one field had: it holds each of them without loss. */
export class ValueType {
  readonly #depth: number;
  #kinds = 0;
  #fields = new Map<string, ValueType>();
  #items: ValueType | undefined;
  #isOpen = false;

  constructor(depth = 0) {
    this.#depth = depth;
  }

  /**
   * Adds a value that JSON.parse returned.
   *
   * @returns the number of keys of all objects in it
   */
  add(value: unknown): number {
    switch (typeof value) {
      case "string":
        // Once there is text, a date changes nothing.
        if ((this.#kinds & kind.VARCHAR) === 0) this.#kinds |= kind[stringType(value)];
        return 0;
      case "number":
        this.#kinds |= numberKind(value);
        return 0;
      case "boolean":
        this.#kinds |= kind.boolean;
        return 0;
      default:
        if (value === null) return 0;
        return Array.isArray(value)
          ? this.#addArray(value)
          : this.#addObject(value as Readonly<Record<string, unknown>>);
    }
  }

  #addArray(array: readonly unknown[]): number {
    this.#kinds |= kind.array;
    this.#items ??= new ValueType(this.#depth + 1);
    let keys = 0;
    for (const item of array) keys += this.#items.add(item);
    return keys;
  }

  #addObject(object: Readonly<Record<string, unknown>>): number {
    this.#kinds |= kind.object;
    let keys = 0;
    // Not Object.entries: this runs for each object of each record.
    for (const name in object) keys += 1 + this.#fieldOf(name).add(object[name]);
    return keys;
  }

  #fieldOf(name: string): ValueType {
    let field = this.#fields.get(name);
    if (field !== undefined) return field;
    field = new ValueType(this.#depth + 1);
    if (this.#fields.size < maxFields) this.#fields.set(name, field);
    else this.#isOpen = true;
    return field;
  }

  /** As in a column definition of DuckDB. */
  get sql(): string {
    const nested = this.#kinds & (kind.object | kind.array);
    if (nested === 0) return scalarType(this.#kinds);
    if (nested !== this.#kinds || this.#depth > maxDepth) return "JSON";
    if (nested === kind.array) return `${this.#items?.sql ?? "VARCHAR"}[]`;
    return nested === kind.object && this.#isStruct()
      ? `STRUCT(${[...this.#fields].map(([name, type]) => `${sqlName(name)} ${type.sql}`).join(", ")})`
      : "JSON";
  }

  #isStruct(): boolean {
    const names = [...this.#fields.keys()];
    // Names of SQL do not distinguish cases.
    const distinct = new Set(names.map((name) => name.toLowerCase()));
    return (
      !this.#isOpen && names.length > 0 && distinct.size === names.length && names.every(isName)
    );
  }
}

/** Whether SQL can have a name at all. */
export function isName(name: string): boolean {
  return name !== "" && !name.includes("\0");
}

function numberKind(value: number): number {
  if (!Number.isInteger(value)) return kind.double;
  const size = Math.abs(value);
  if (size < 2 ** 63) return kind.bigint;
  return size < 2 ** 126 ? kind.hugeint : kind.double;
}

const numeric = kind.bigint | kind.hugeint | kind.double;

function scalarType(kinds: number): string {
  if (kinds === kind.boolean) return "BOOLEAN";
  if (kinds === kind.DATE) return "DATE";
  if (kinds === kind.TIMESTAMP) return "TIMESTAMP";
  if (kinds === kind.TIMESTAMPTZ) return "TIMESTAMPTZ";
  if (kinds === 0 || (kinds & ~numeric) !== 0) return "VARCHAR";
  if ((kinds & kind.double) !== 0) return "DOUBLE";
  return (kinds & kind.hugeint) !== 0 ? "HUGEINT" : "BIGINT";
}

/** How a string is read in SQL. */
export type StringType = "DATE" | "TIMESTAMP" | "TIMESTAMPTZ" | "VARCHAR";

/**
 * The SQL type of a string of a record: a timestamp with or without a time zone or a date in ISO 8601, as far
 * as DuckDB reads it, otherwise text. A date that does not exist is text.
 */
export function stringType(text: string): StringType {
  const { length } = text;
  // Most strings are neither, and this runs for each of them.
  if (length < 10 || length > longest || text.charCodeAt(4) !== HYPHEN) return "VARCHAR";
  const [, year, month, day, time, zone] = iso.exec(text) ?? [];
  if (!exists(Number(year), Number(month), Number(day))) return "VARCHAR";
  if (time === undefined) return "DATE";
  return zone === undefined ? "TIMESTAMP" : "TIMESTAMPTZ";
}

const HYPHEN = 0x2d;

const iso =
  /^(\d{4})-(\d{2})-(\d{2})(?:([T ](?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?)(Z|[+-](?:0\d|1[0-4])(?::[0-5]\d)?)?)?$/;

const longest = "2026-11-22T10:00:00.123456789+01:00".length;

function exists(year: number, month: number, day: number): boolean {
  if (!(year >= 1 && month >= 1 && month <= 12 && day >= 1)) return false;
  return day <= 28 || day <= new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
}
