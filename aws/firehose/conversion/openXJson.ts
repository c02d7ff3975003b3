import type { Column, ColumnType } from "../../glue/columnType";
import type { OpenXJson } from "../features/conversionFormats";
import type { Known } from "../model/declaredInputs";
import { type ColumnValue, readOrNull, structOf, type ValueReader } from "./columnValue";
import { type ConversionFailure, mismatch, notParsed, shortened } from "./conversionFailure";
import { isDecimal } from "./decimalText";
import { FieldKeys, type KeyRules } from "./fieldKeys";
import { isList, JsonNumber, JsonObject, type JsonValue } from "./jsonDocuments";
import { dayOf, epochTimestamp, isoTimestamp, sqlTimestamp } from "./moments";
import {
  characters,
  decimal,
  floatingPoint,
  type IntegerKind,
  isInteger,
  truth,
  wholeNumber,
} from "./scalarValues";

type Value = Exclude<JsonValue, null>;

/**
 * The OpenX JSON SerDe, as Firehose uses it: it converts what it can.
 *
 * Source: Firehose API, OpenXJsonSerDe; Developer Guide, "Choose the JSON deserializer"; how values that
 * do not have the type of their column are converted was observed in AWS.
 */
export function openXKeys(options: Known<OpenXJson>): KeyRules {
  const { caseInsensitive, convertDotsInJsonKeysToUnderscores, columnToJsonKeyMappings } = options;
  const mappings = new Map(Object.entries(columnToJsonKeyMappings));
  return {
    keyOf: (name) => mappings.get(name) ?? name,
    normalize: (key) => {
      const dotted = convertDotsInJsonKeysToUnderscores ? key.replaceAll(".", "_") : key;
      return caseInsensitive ? dotted.toLowerCase() : dotted;
    },
  };
}

export function openXReader(type: ColumnType, keys: KeyRules): ValueReader {
  const { kind } = type;
  if (isInteger(kind)) return (value) => integer(value, kind);
  switch (kind) {
    case "float":
    case "double":
      return (value) => floating(value, kind);
    case "decimal":
      return (value) => {
        const text = textOf(value, keys);
        if (!isDecimal(text)) throw notParsed(text);
        return decimal(text, type);
      };
    case "boolean":
      return (value) => truth(textOf(value, keys));
    case "timestamp":
      return (value) => timestamp(value, keys);
    case "date":
      return (value) => {
        const day = typeof value === "string" ? dayOf(value) : undefined;
        // The words of java.sql.Date, of which AWS's message is not known.
        if (day === undefined) throw mismatch("Date format must be yyyy-mm-dd");
        return day;
      };
    case "array":
      return listReader(type.element, keys);
    case "map":
      return mapReader(type, keys);
    case "struct":
      return structReader(type.fields, keys);
    default:
      return (value) => characters(textOf(value, keys), type);
  }
}

function integer(value: Value, kind: IntegerKind): ColumnValue {
  if (value instanceof JsonNumber) return wholeNumber(value.text, kind);
  const text = typeof value === "string" ? value : textOf(value);
  if (/^0x[0-9a-f]+$/iu.test(text))
    return wholeNumber(BigInt(text).toString(), kind, () => notParsed(text));
  if (!/^[+-]?\d+$/u.test(text)) throw notParsed(text);
  return wholeNumber(text, kind, () => tooLarge(text, kind));
}

/** In the words of Java's parsers. */
function tooLarge(text: string, kind: IntegerKind): ConversionFailure {
  return kind === "tinyint" || kind === "smallint"
    ? mismatch(`Value out of range. Value:"${shortened(text)}" Radix:10`)
    : notParsed(text);
}

function floating(value: Value, kind: "float" | "double"): ColumnValue {
  if (value instanceof JsonNumber) return floatingPoint(value.text, kind);
  const text = (typeof value === "string" ? value : textOf(value)).trim();
  if (text === "") throw mismatch("empty String");
  // Java's numbers may end in the letter of their type.
  const number = text.replace(/(?<=[\d.])[fd]$/iu, "");
  if (!isDecimal(number)) throw notParsed(text);
  return floatingPoint(number, kind);
}

function timestamp(value: Value, keys: KeyRules): ColumnValue {
  const text = textOf(value, keys);
  const isText = typeof value === "string" || value instanceof JsonNumber;
  const micros = !isText
    ? undefined
    : isDecimal(text)
      ? epochTimestamp(text)
      : (sqlTimestamp(text) ?? isoTimestamp(text));
  // The words of java.sql.Timestamp, of which AWS's message is not known.
  if (micros === undefined)
    throw mismatch("Timestamp format must be yyyy-mm-dd hh:mm:ss[.fffffffff]");
  return micros;
}

/** Anything else than a list becomes its only element. */
function listReader(element: ColumnType, keys: KeyRules): ValueReader {
  const read = openXReader(element, keys);
  return (value) =>
    isList(value) ? value.map((one) => readOrNull(read, one)) : [readOrNull(read, value)];
}

function mapReader(
  type: Extract<ColumnType, { readonly kind: "map" }>,
  keys: KeyRules,
): ValueReader {
  const [readKey, readValue] = [openXReader(type.key, keys), openXReader(type.value, keys)];
  return (value) => {
    if (!(value instanceof JsonObject)) throw notAnObject(value, keys);
    const entries = new Map(value.keys.map((key, index) => [keys.normalize(key), index]));
    return Array.from(entries, ([key, index]) => ({
      key: readKey(key),
      value: readOrNull(readValue, value.values[index] ?? null),
    }));
  };
}

/** A list has the values of the fields by position. */
function structReader(fields: readonly Column[], keys: KeyRules): ValueReader {
  const names = fields.map(({ name }) => name);
  const readers = fields.map(({ type }) => openXReader(type, keys));
  const fieldKeys = new FieldKeys(fields, keys);
  return (value) => {
    if (!isList(value) && !(value instanceof JsonObject)) throw notAnObject(value, keys);
    const values = isList(value) ? value : fieldKeys.valuesIn(value);
    return structOf(
      names,
      readers.map((read, index) => readOrNull(read, values[index] ?? null)),
    );
  };
}

/** Observed in AWS, with both spaces. */
function notAnObject(value: Value, keys: KeyRules): ConversionFailure {
  const shown = shortened(textOf(value, keys));
  return mismatch(`Data is not JSONObject  but ${javaClass(value)} with value ${shown}`);
}

function javaClass(value: Value): string {
  if (isList(value)) return "org.openx.data.jsonserde.json.JSONArray";
  if (typeof value === "string") return "java.lang.String";
  if (typeof value === "boolean") return "java.lang.Boolean";
  const isWhole = value instanceof JsonNumber && /^-?\d+$/u.test(value.text);
  return isWhole ? "java.lang.Long" : "java.lang.Double";
}

/** What a string column contains: of an object or a list its JSON, without white space. */
function textOf(value: JsonValue, keys?: KeyRules): string {
  if (typeof value === "string") return value;
  return jsonOf(value, keys);
}

function jsonOf(value: JsonValue, keys: KeyRules | undefined): string {
  if (value instanceof JsonNumber) return value.text;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (isList(value)) return `[${value.map((one) => jsonOf(one, keys)).join(",")}]`;
  const members = value.keys.map((key, index) => {
    const member = value.values[index] ?? null;
    return `${JSON.stringify(keys?.normalize(key) ?? key)}:${jsonOf(member, keys)}`;
  });
  return `{${members.join(",")}}`;
}
