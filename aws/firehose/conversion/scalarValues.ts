import type { ColumnType } from "../../glue/columnType";
import { notParsed, outOfRange } from "./conversionFailure";
import type { ColumnValue } from "./columnValue";
import { unscaled } from "./decimalText";

/** Values of columns from numbers and strings: what both deserializers have in common. */

export type IntegerKind = "tinyint" | "smallint" | "int" | "bigint";

const bits: Readonly<Record<IntegerKind, number>> = {
  tinyint: 8,
  smallint: 16,
  int: 32,
  bigint: 64,
};

export function isInteger(kind: ColumnType["kind"]): kind is IntegerKind {
  return kind in bits;
}

/**
 * A whole number, without the fraction of the text, as Java casts it.
 *
 * @throws ConversionFailure by `tooLarge` if the type cannot hold it
 */
export function wholeNumber(
  text: string,
  kind: IntegerKind,
  tooLarge = () => outOfRange(text, kind),
): number | bigint {
  if (kind !== "bigint" && text.length <= 15) {
    const value = Math.trunc(Number(text));
    const limit = 2 ** (bits[kind] - 1);
    if (value < -limit || value >= limit) throw tooLarge();
    return value === 0 ? 0 : value;
  }
  const value = unscaled(text, 0, "down");
  if (value === undefined || BigInt.asIntN(bits[kind], value) !== value) throw tooLarge();
  return kind === "bigint" ? value : Number(value);
}

/** @throws ConversionFailure if it is beyond the range of the type */
export function floatingPoint(text: string, kind: "float" | "double"): number {
  const value = Number(text);
  if (!Number.isFinite(kind === "float" ? Math.fround(value) : value)) throw outOfRange(text, kind);
  return value;
}

/** @throws ConversionFailure if it has too many digits before the point */
export function decimal(
  text: string,
  { precision, scale }: Extract<ColumnType, { readonly kind: "decimal" }>,
): bigint {
  const value = unscaled(text, scale, "half up");
  const limit = 10n ** BigInt(precision);
  if (value === undefined || value >= limit || value <= -limit)
    throw outOfRange(text, `decimal(${precision},${scale})`);
  return value;
}

/** Of a type whose values are strings: `char` and `varchar` are cut, as Hive does. */
export function characters(text: string, type: ColumnType): ColumnValue {
  switch (type.kind) {
    case "binary":
      // Hive: the bytes of the string, which is not decoded. OpenX is not documented.
      return Buffer.from(text);
    case "char":
      return cut(text, type.length).replace(/ +$/u, "");
    case "varchar":
      return cut(text, type.length);
    default:
      return text;
  }
}

/** By characters, of which some take two places of a string. */
function cut(text: string, length: number): string {
  return text.length <= length ? text : Array.from(text).slice(0, length).join("");
}

/** @throws ConversionFailure if the text is neither true nor false */
export function truth(text: string): boolean {
  const lower = text.toLowerCase();
  if (lower !== "true" && lower !== "false") throw notParsed(text);
  return lower === "true";
}
