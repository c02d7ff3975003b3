import type { JsonValue } from "./jsonDocuments";

/**
 * A value as the Parquet writer takes it. A decimal is a whole number of its smallest unit, a timestamp
 * microseconds and a date days since 1970; the entries of a map are a list.
 */
export type ColumnValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | readonly ColumnValue[]
  | { readonly [field: string]: ColumnValue };

/**
 * Reads the value of a column from a value that is not null.
 *
 * @throws ConversionFailure if the column cannot have it
 */
export type ValueReader = (value: Exclude<JsonValue, null>) => ColumnValue;

/** Null stays null. */
export function readOrNull(read: ValueReader, value: JsonValue): ColumnValue {
  return value === null ? null : read(value);
}

/** A struct. Without a prototype, because a field may have any name. */
export function structOf(
  names: readonly string[],
  values: readonly ColumnValue[],
): Readonly<Record<string, ColumnValue>> {
  const struct = Object.create(null) as Record<string, ColumnValue>;
  names.forEach((name, index) => {
    struct[name] = values[index] ?? null;
  });
  return struct;
}
