import type { PolicyConfigSchema } from "@pulumi/policy";

/** One configurable value of a rule. Create it with the functions in settingKinds.ts. */
export interface Setting<V> {
  /** For the Pulumi engine, with description and default. */
  readonly schema: PolicyConfigSchema["properties"][string];
  /** Used if the config does not set the value. */
  readonly defaultValue: V;
  /** The allowed values, as in "must be a whole number from 1 to 128". */
  readonly allowed: string;
  /** The value in a config; `undefined` if it is not allowed. */
  readonly read: (value: unknown) => V | undefined;
}

export type Settings = Readonly<Record<string, Setting<unknown>>>;

/** The values of a rule's settings, completed with defaults. */
export type ConfigOf<S extends Settings> = {
  readonly [K in keyof S]: S[K] extends Setting<infer V> ? V : never;
};

/** True or false. */
export function flag(defaultValue: boolean, description: string): Setting<boolean> {
  return {
    schema: { type: "boolean", description, default: defaultValue },
    defaultValue,
    allowed: "true or false",
    read: (value) => (typeof value === "boolean" ? value : undefined),
  };
}

/** The allowed range of a whole number, inclusive. */
interface Bounds {
  readonly minimum: number;
  readonly maximum: number;
}

/** A whole number. The name of the setting must contain the unit: `minHours`. */
export function wholeNumber(
  { minimum, maximum }: Bounds,
  defaultValue: number,
  description: string,
): Setting<number> {
  return {
    schema: {
      type: "integer",
      minimum,
      maximum,
      description,
      default: defaultValue,
    },
    defaultValue,
    allowed: `a whole number from ${minimum} to ${maximum}`,
    read: (value) => (isWithin(value, { minimum, maximum }) ? value : undefined),
  };
}

export interface Range {
  readonly min: number;
  readonly max: number;
}

/** Two whole numbers, `{ "min": 5, "max": 128 }`. An omitted end keeps its default. */
export function range(
  { minimum, maximum }: Bounds,
  defaultValue: Range,
  description: string,
): Setting<Range> {
  const end = { type: "integer", minimum, maximum } as const;
  return {
    schema: {
      type: "object",
      properties: { min: end, max: end },
      additionalProperties: false,
      description,
      default: { ...defaultValue },
    },
    defaultValue,
    allowed: `an object of whole numbers min and max from ${minimum} to ${maximum}, min not above max`,
    read: (value) => {
      if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
      if (Object.keys(value).some((key) => key !== "min" && key !== "max")) return undefined;
      const { min, max }: { readonly min: unknown; readonly max: unknown } = {
        ...defaultValue,
        ...value,
      };
      const fits =
        isWithin(min, { minimum, maximum }) && isWithin(max, { minimum, maximum }) && min <= max;
      return fits ? { min, max } : undefined;
    },
  };
}

function isWithin(value: unknown, { minimum, maximum }: Bounds): value is number {
  return Number.isInteger(value) && Number(value) >= minimum && Number(value) <= maximum;
}

/** A whole number for each of some words, `{ "high": 90, "low": 366 }`. An omitted one keeps its default. */
export function numbersFor<const K extends string>(
  words: readonly K[],
  { minimum, maximum }: Bounds,
  defaultValue: Readonly<Record<K, number>>,
  description: string,
): Setting<Readonly<Record<K, number>>> {
  const number = { type: "integer", minimum, maximum } as const;
  return {
    schema: {
      type: "object",
      properties: Object.fromEntries(words.map((word) => [word, number])),
      additionalProperties: false,
      description,
      default: { ...defaultValue },
    },
    defaultValue,
    allowed: `an object of whole numbers ${words.join(", ")} from ${minimum} to ${maximum}`,
    read: (value) => {
      if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
      const isFitting = Object.entries(value).every(
        ([word, given]) =>
          words.some((known) => known === word) && isWithin(given, { minimum, maximum }),
      );
      return isFitting ? { ...defaultValue, ...value } : undefined;
    },
  };
}

/** One of the given words. */
export function oneOf<const T extends string>(
  words: readonly T[],
  defaultValue: NoInfer<T>,
  description: string,
): Setting<T> {
  return {
    schema: { type: "string", enum: [...words], description, default: defaultValue },
    defaultValue,
    allowed: words.join(" or "),
    read: (value) => words.find((word) => word === value),
  };
}

/** A list of at least one of the given words. */
export function someOf<const T extends string>(
  words: readonly T[],
  defaultValue: readonly T[],
  description: string,
): Setting<readonly T[]> {
  const isWord = (item: unknown): item is T => words.some((word) => word === item);
  return {
    schema: {
      type: "array",
      items: { type: "string", enum: [...words] },
      minItems: 1,
      description,
      default: [...defaultValue],
    },
    defaultValue,
    allowed: `a list of at least one of ${words.join(", ")}`,
    read: (value) => (isListOf(value, isWord) && value.length > 0 ? value : undefined),
  };
}

interface StringList {
  /** What the strings are, in the plural: `tag names`. */
  readonly of: string;
  /** The form of each string, anchored at both ends. Default: not empty. */
  readonly matching?: RegExp;
  readonly defaultValue: readonly string[];
  readonly description: string;
}

/** A list of strings, such as tag names or account ids. It may be empty. */
export function listOf({
  of,
  matching = /^.+$/,
  defaultValue,
  description,
}: StringList): Setting<readonly string[]> {
  const isAllowed = (item: unknown): item is string =>
    typeof item === "string" && matching.test(item);
  return {
    schema: {
      type: "array",
      items: { type: "string", pattern: matching.source },
      description,
      default: [...defaultValue],
    },
    defaultValue,
    allowed: `a list of ${of}, each of the form ${matching.source}`,
    read: (value) => (isListOf(value, isAllowed) ? value : undefined),
  };
}

function isListOf<T>(value: unknown, isItem: (item: unknown) => item is T): value is readonly T[] {
  return Array.isArray(value) && value.every(isItem);
}
