/** Stands for a value that only the deployment will tell. */
export const UNKNOWN: unique symbol = Symbol("unknown");
export type Unknown = typeof UNKNOWN;

/** Plain data read out of a resource; whatever is not known yet is `UNKNOWN`. */
export type Value = null | boolean | number | string | Unknown | readonly Value[] | ValueObject;
export interface ValueObject {
  readonly [key: string]: Value;
}

/** The properties of a resource as the SDK hands them over. */
export type Properties = Readonly<Record<string, unknown>>;

/**
 * Reads one property. The SDK throws on every access to an unknown value; this returns `UNKNOWN`
 * instead, for the whole value or in the places inside it. Absent and `null` both give `undefined`.
 *
 * @param path names with dots between them: `extendedS3Configuration.compressionFormat`
 */
export function readValue(props: Properties, path: string): Value | undefined {
  const value = path.split(".").reduce<unknown>(own, props);
  return value === undefined || value === null ? undefined : plain(value);
}

/**
 * Reads every value at a path, looking into each list on the way. The provider has some blocks as
 * one object and others as a list of one. Absent ones are left out.
 */
export function readEach(props: Properties, path: string): readonly Value[] {
  const found = path
    .split(".")
    .reduce<readonly unknown[]>(
      (holders, key) => holders.flatMap((holder) => elements(own(holder, key))),
      [props],
    );
  return found.filter((value) => value !== undefined && value !== null).map(plain);
}

/** The value as a list: one value is a list of one, an absent one is empty. */
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
 * Names a value in a message only when it is one of the words that AWS defines. Secrets reach rules
 * as plain text, so any other value stays out of messages.
 */
export function quoteOneOf(words: readonly string[], value: Value | undefined): string {
  if (value === undefined) return "absent";
  return typeof value === "string" && words.includes(value)
    ? `"${value}"`
    : `none of ${words.join(", ")}`;
}

/** One property of an object or element of a list, unread otherwise: `UNKNOWN` where it is not known. */
export function own(holder: unknown, key: string): unknown {
  if (holder === UNKNOWN) return UNKNOWN;
  if (typeof holder !== "object" || holder === null || !Object.hasOwn(holder, key))
    return undefined;
  try {
    return (holder as Record<string, unknown>)[key];
  } catch (error) {
    // Tested by its field: a second copy of the SDK has its own error class.
    if (error instanceof Error && "unknownTypeSentinel" in error) return UNKNOWN;
    throw error;
  }
}

function elements(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? Object.keys(value).map((index) => own(value, index)) : [value];
}

function plain(value: unknown): Value {
  if (Array.isArray(value)) return elements(value).map(plain);
  if (typeof value === "object" && value !== null) {
    // fromEntries and not assignment: a key "__proto__" must stay plain data.
    return Object.fromEntries(Object.keys(value).map((key) => [key, plain(own(value, key))]));
  }
  return isScalar(value) ? value : null;
}

function isScalar(value: unknown): value is boolean | number | string | Unknown {
  return ["boolean", "number", "string"].includes(typeof value) || value === UNKNOWN;
}

/** A rule's answer to one question. `UNKNOWN`: it depends on a value that is not known yet. */
export type Decision = boolean | Unknown;

/** True when all are. One that is false decides, whatever is still unknown. */
export function allOf(decisions: readonly Decision[]): Decision {
  if (decisions.includes(false)) return false;
  return decisions.includes(UNKNOWN) ? UNKNOWN : true;
}

/** True when at least one is. One that is true decides, whatever is still unknown. */
export function anyOf(decisions: readonly Decision[]): Decision {
  if (decisions.includes(true)) return true;
  return decisions.includes(UNKNOWN) ? UNKNOWN : false;
}
