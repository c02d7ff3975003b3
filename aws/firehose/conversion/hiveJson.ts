import type { Column, ColumnType } from "../../glue/columnType";
import { readOrNull, structOf, type ValueReader } from "./columnValue";
import {
  type ConversionFailure,
  malformed,
  mismatch,
  notParsed,
  shortened,
} from "./conversionFailure";
import { FieldKeys, type KeyRules } from "./fieldKeys";
import { jodaParser } from "./jodaTimestamp";
import { isList, JsonNumber, JsonObject, type JsonValue } from "./jsonDocuments";
import { dayOf, sqlTimestamp } from "./moments";
import {
  characters,
  decimal,
  floatingPoint,
  type IntegerKind,
  isInteger,
  wholeNumber,
} from "./scalarValues";

type Value = Exclude<JsonValue, null>;

/**
 * The Hive JSON SerDe, as Firehose uses it: values must have the type of their column. Names of columns
 * and fields are compared in any case.
 *
 * Source: Firehose API, HiveJsonSerDe; its messages were observed in AWS, or are those of the Jackson
 * parser that it uses.
 */
export const hiveKeys: KeyRules = {
  keyOf: (name) => name,
  normalize: (key) => key.toLowerCase(),
};

/** @param timestampFormats in the language of Joda's DateTimeFormat, or `millis` */
export function hiveReader(type: ColumnType, timestampFormats: readonly string[]): ValueReader {
  const { kind } = type;
  if (isInteger(kind))
    return (value) => {
      const text = numberOf(value).text;
      return wholeNumber(text, kind, () => beyond(text, kind));
    };
  switch (kind) {
    case "float":
    case "double":
      return (value) => floatingPoint(numberOf(value).text, kind);
    case "decimal":
      return (value) => decimal(numberOf(value).text, type);
    case "boolean":
      return (value) => {
        if (typeof value === "boolean") return value;
        throw mismatch(`Current token (${tokenOf(value)}) not of boolean type`);
      };
    case "timestamp":
      return timestampReader(timestampFormats);
    case "date":
      return (value) => {
        const day = dayOf(textOf(value));
        if (day === undefined) throw mismatch("Date format must be yyyy-mm-dd");
        return day;
      };
    case "array": {
      const read = hiveReader(type.element, timestampFormats);
      return (value) => {
        if (!isList(value)) throw mismatch("java.io.IOException: Start of Array expected");
        return value.map((one) => readOrNull(read, one));
      };
    }
    case "map":
      return mapReader(type, timestampFormats);
    case "struct":
      return structReader(type.fields, timestampFormats);
    default:
      return (value) => characters(textOf(value), type);
  }
}

/** The formats in their order; without them, or if none fits, that of java.sql.Timestamp. */
function timestampReader(formats: readonly string[]): ValueReader {
  const parsers = [...formats.map(jodaParser), sqlTimestamp];
  return (value) => {
    const text = textOf(value);
    for (const parse of parsers) {
      const micros = parse(text);
      if (micros !== undefined) return micros;
    }
    throw mismatch("Timestamp format must be yyyy-mm-dd hh:mm:ss[.fffffffff]");
  };
}

function mapReader(
  type: Extract<ColumnType, { readonly kind: "map" }>,
  formats: readonly string[],
): ValueReader {
  const readKey = keyReader(type.key, formats);
  const readValue = hiveReader(type.value, formats);
  return (value) => {
    const object = objectOf(value);
    const entries = new Map(object.keys.map((key, index) => [key, index]));
    return Array.from(entries, ([key, index]) => ({
      key: readKey(key),
      value: readOrNull(readValue, object.values[index] ?? null),
    }));
  };
}

/** Keys are strings, whatever their type. */
function keyReader(
  type: ColumnType,
  formats: readonly string[],
): (key: string) => ReturnType<ValueReader> {
  const read = hiveReader(type, formats);
  const isText = ["string", "char", "varchar", "binary", "timestamp", "date"].includes(type.kind);
  return (key) => {
    if (isText) return read(key);
    if (type.kind === "boolean") return read(key.toLowerCase() === "true");
    if (!/^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/u.test(key)) throw notParsed(key);
    return read(new JsonNumber(key));
  };
}

function structReader(fields: readonly Column[], formats: readonly string[]): ValueReader {
  const names = fields.map(({ name }) => name);
  const readers = fields.map(({ type }) => hiveReader(type, formats));
  const fieldKeys = new FieldKeys(fields, hiveKeys);
  return (value) => {
    const values = fieldKeys.valuesIn(objectOf(value));
    return structOf(
      names,
      readers.map((read, index) => readOrNull(read, values[index] ?? null)),
    );
  };
}

function objectOf(value: Value): JsonObject {
  if (value instanceof JsonObject) return value;
  throw mismatch("java.io.IOException: Start of Object expected");
}

function numberOf(value: Value): JsonNumber {
  if (value instanceof JsonNumber) return value;
  throw mismatch(
    `Current token (${tokenOf(value)}) not numeric, can not use numeric value accessors`,
  );
}

/** Jackson's name for the beginning of a value. */
function tokenOf(value: Value): string {
  if (isList(value)) return "START_ARRAY";
  if (value instanceof JsonObject) return "START_OBJECT";
  if (typeof value === "string") return "VALUE_STRING";
  if (typeof value === "boolean") return value ? "VALUE_TRUE" : "VALUE_FALSE";
  return /^-?\d+$/u.test(value.text) ? "VALUE_NUMBER_INT" : "VALUE_NUMBER_FLOAT";
}

/** In Jackson's words. */
function beyond(text: string, kind: IntegerKind): ConversionFailure {
  const ofJava = { tinyint: "Java byte", smallint: "Java short", int: "int", bigint: "long" }[kind];
  return mismatch(`Numeric value (${shortened(text)}) out of range of ${ofJava}`);
}

/** A string, number or boolean as written. */
function textOf(value: Value): string {
  if (typeof value === "string") return value;
  if (value instanceof JsonNumber) return value.text;
  if (typeof value === "boolean") return String(value);
  throw malformed(
    "One or more fields have incorrect format. Exception when validating field (root)",
  );
}
