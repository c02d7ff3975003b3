import { scalarOf } from "./scalarProperties";

/** Represents a value that is unknown until the deployment. */
export const UNKNOWN: unique symbol = Symbol("unknown");
export type Unknown = typeof UNKNOWN;

/** Plain data of a resource; unknown values are `UNKNOWN`. */
export type Value = null | boolean | number | string | Unknown | readonly Value[] | ValueObject;
export interface ValueObject {
  readonly [key: string]: Value;
}

/** The properties of a resource as the SDK passes them. */
export type Properties = Readonly<Record<string, unknown>>;

/**
 * Reads one property. The SDK throws on every access to an unknown value; this returns `UNKNOWN`
 * instead, for the value or inside it. Absent values and `null` are `undefined`.
 *
 * @param path names separated by dots: `extendedS3Configuration.compressionFormat`
 */
export function readValue(props: Properties, path: string): Value | undefined {
  const names = path.split(".");
  const value = names.reduce<unknown>(own, props);
  return value === undefined || value === null ? undefined : plain(value, names.at(-1));
}

/**
 * Reads every value at a path, inside all elements of lists on the way: the provider represents some
 * blocks as an object and others as a list with one object. Absent values are omitted.
 */
export function readEach(props: Properties, path: string): readonly Value[] {
  const names = path.split(".");
  const found = names.reduce<readonly unknown[]>(
    (holders, key) => holders.flatMap((holder) => elements(own(holder, key))),
    [props],
  );
  return found
    .filter((value) => value !== undefined && value !== null)
    .map((value) => plain(value, names.at(-1)));
}

/** The value as a list: a single value becomes a list of one, an absent value an empty list. */
export function asList(value: Value | undefined): readonly Value[] {
  if (value === undefined) return [];
  return isList(value) ? value : [value];
}

function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

export function isObject(value: Value | undefined): value is ValueObject {
  return typeof value === "object" && value !== null && !isList(value);
}

/**
 * Quotes a value for a message only if it is one of the words that AWS defines. Rules receive
 * secrets as plain text, so that any other value must stay out of messages.
 */
export function quoteOneOf(words: readonly string[], value: Value | undefined): string {
  if (value === undefined) return "absent";
  return typeof value === "string" && words.includes(value)
    ? `"${value}"`
    : `not one of ${words.join(", ")}`;
}

/** One property of an object or element of a list, not converted; `UNKNOWN` if it is unknown. */
export function own(holder: unknown, key: string): unknown {
  if (holder === UNKNOWN) return UNKNOWN;
  if (typeof holder !== "object" || holder === null || !Object.hasOwn(holder, key))
    return undefined;
  try {
    return (holder as Record<string, unknown>)[key];
  } catch (error) {
    // Recognized by a field, because a second copy of the SDK has another error class.
    if (error instanceof Error && "unknownTypeSentinel" in error) return UNKNOWN;
    throw error;
  }
}

function elements(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? Object.keys(value).map((index) => own(value, index)) : [value];
}

/** @param property the name of the property that has the value, or of the list that contains it */
function plain(value: unknown, property = ""): Value {
  if (typeof value === "string") return scalarOf(property, value);
  if (Array.isArray(value)) return elements(value).map((item) => plain(item, property));
  if (typeof value === "object" && value !== null) {
    // fromEntries instead of assignment: a key "__proto__" must stay plain data.
    return Object.fromEntries(Object.keys(value).map((key) => [key, plain(own(value, key), key)]));
  }
  return isScalar(value) ? value : null;
}

function isScalar(value: unknown): value is boolean | number | string | Unknown {
  return ["boolean", "number", "string"].includes(typeof value) || value === UNKNOWN;
}

/** The result of a yes-or-no question. `UNKNOWN`: it depends on an unknown value. */
export type Decision = boolean | Unknown;

/** Whether a value is a given string, boolean or number. */
export function equals(value: Value | undefined, expected: string | boolean | number): Decision {
  return value === UNKNOWN ? UNKNOWN : value === expected;
}

/** True if all are true. A single false decides, even if others are unknown. */
export function allOf(decisions: readonly Decision[]): Decision {
  if (decisions.includes(false)) return false;
  return decisions.includes(UNKNOWN) ? UNKNOWN : true;
}

/** True if any is true. A single true decides, even if others are unknown. */
export function anyOf(decisions: readonly Decision[]): Decision {
  if (decisions.includes(true)) return true;
  return decisions.includes(UNKNOWN) ? UNKNOWN : false;
}

/** The opposite; it depends on the same unknown value. */
export function not(decision: Decision): Decision {
  return decision === UNKNOWN ? UNKNOWN : !decision;
}
