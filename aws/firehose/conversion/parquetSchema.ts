import type { SchemaElement } from "hyparquet-writer" with { "resolution-mode": "import" };
import type { Column, ColumnType } from "../../glue/columnType";
import type { ColumnValue } from "./columnValue";

/**
 * The schema of a Parquet file with these columns, all of which may be null.
 *
 * AWS writes timestamps as INT96, which is deprecated and which the writer does not have: here they are
 * INT64 microseconds, which all readers take for the same type. Everything else has the types of AWS.
 */
export function parquetSchema(columns: readonly Column[]): SchemaElement[] {
  return [
    { name: "schema", num_children: columns.length },
    ...columns.flatMap(({ name, type }) => elementsOf(name, type)),
  ];
}

function elementsOf(
  name: string,
  type: ColumnType,
  repetition: "OPTIONAL" | "REQUIRED" = "OPTIONAL",
): SchemaElement[] {
  const element = { name, repetition_type: repetition };
  const repeated = (of: string, children: number): SchemaElement => ({
    ...{ name: of, repetition_type: "REPEATED", num_children: children },
  });
  switch (type.kind) {
    case "array":
      return [
        { ...element, converted_type: "LIST", logical_type: { type: "LIST" }, num_children: 1 },
        repeated("list", 1),
        ...elementsOf("element", type.element),
      ];
    case "map":
      return [
        { ...element, converted_type: "MAP", logical_type: { type: "MAP" }, num_children: 1 },
        repeated("key_value", 2),
        ...elementsOf("key", type.key, "REQUIRED"),
        ...elementsOf("value", type.value),
      ];
    case "struct":
      return [
        { ...element, num_children: type.fields.length },
        ...type.fields.flatMap((field) => elementsOf(field.name, field.type)),
      ];
    default:
      return [{ ...element, ...primitive(type) }];
  }
}

function primitive(type: ColumnType): Omit<SchemaElement, "name"> {
  switch (type.kind) {
    case "tinyint":
    case "smallint":
    case "int":
      return { type: "INT32" };
    case "bigint":
      return { type: "INT64" };
    case "float":
      return { type: "FLOAT" };
    case "double":
      return { type: "DOUBLE" };
    case "boolean":
      return { type: "BOOLEAN" };
    case "binary":
      return { type: "BYTE_ARRAY" };
    case "date":
      return { type: "INT32", converted_type: "DATE", logical_type: { type: "DATE" } };
    case "timestamp":
      return {
        type: "INT64",
        logical_type: { type: "TIMESTAMP", isAdjustedToUTC: false, unit: "MICROS" },
      };
    case "decimal": {
      const { precision, scale } = type;
      return {
        ...{ type: "FIXED_LEN_BYTE_ARRAY", type_length: bytesOfDecimal(precision) },
        ...{ converted_type: "DECIMAL", precision, scale },
        logical_type: { type: "DECIMAL", precision, scale },
      };
    }
    default:
      return { type: "BYTE_ARRAY", converted_type: "UTF8", logical_type: { type: "STRING" } };
  }
}

/** The fewest that hold every number of so many digits, and its sign. */
function bytesOfDecimal(precision: number): number {
  let bytes = 1;
  while (2n ** BigInt(8 * bytes - 1) < 10n ** BigInt(precision)) bytes += 1;
  return bytes;
}

/** How many columns of primitive values a column consists of. */
export function leavesOf(type: ColumnType): number {
  switch (type.kind) {
    case "array":
      return leavesOf(type.element);
    case "map":
      return leavesOf(type.key) + leavesOf(type.value);
    case "struct":
      return type.fields.reduce((sum, field) => sum + leavesOf(field.type), 0);
    default:
      return 1;
  }
}

/** About how many bytes a value takes in a file, before compression. */
export function plainBytes(value: ColumnValue): number {
  switch (typeof value) {
    case "boolean":
      return 1 / 8;
    case "string":
      return 4 + value.length;
    case "object":
      if (value === null) return 0;
      if (value instanceof Uint8Array) return 4 + value.length;
      if (!isList(value)) return bytesOf(value);
      return value.reduce<number>((sum, one) => sum + plainBytes(one), 0);
    default:
      return 8;
  }
}

function isList(value: ColumnValue): value is readonly ColumnValue[] {
  return Array.isArray(value);
}

/** Of a struct. A loop, because this runs for every value. */
function bytesOf(struct: { readonly [field: string]: ColumnValue }): number {
  let sum = 0;
  for (const name in struct) sum += plainBytes(struct[name] ?? null);
  return sum;
}
