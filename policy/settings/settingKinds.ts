import type { Setting } from "./setting";

/** A switch. */
export function flag(defaultValue: boolean, description: string): Setting<boolean> {
  return {
    schema: { type: "boolean", description, default: defaultValue },
    defaultValue,
    allowed: "true or false",
    read: (given) => (typeof given === "boolean" ? given : undefined),
  };
}

/** What whole numbers a setting allows, both ends included. */
export interface Bounds {
  readonly minimum: number;
  readonly maximum: number;
}

/** A whole number. Say its unit in the setting's name: `minHours`. */
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
    read: (given) => (isWithin(given, { minimum, maximum }) ? given : undefined),
  };
}

export interface Range {
  readonly min: number;
  readonly max: number;
}

/** Two whole numbers, `{ "min": 5, "max": 128 }`. One that the config leaves out keeps its default. */
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
    read: (given) => {
      if (typeof given !== "object" || given === null || Array.isArray(given)) return undefined;
      if (Object.keys(given).some((key) => key !== "min" && key !== "max")) return undefined;
      const { min, max }: { readonly min: unknown; readonly max: unknown } = {
        ...defaultValue,
        ...given,
      };
      const fits =
        isWithin(min, { minimum, maximum }) && isWithin(max, { minimum, maximum }) && min <= max;
      return fits ? { min, max } : undefined;
    },
  };
}

function isWithin(given: unknown, { minimum, maximum }: Bounds): given is number {
  return Number.isInteger(given) && Number(given) >= minimum && Number(given) <= maximum;
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
    read: (given) => (isListOf(given, isWord) && given.length > 0 ? given : undefined),
  };
}

export interface Strings {
  /** What the texts are, in the plural: `tag names`. */
  readonly of: string;
  /** What each must look like; anchored at both ends. Default: not empty. */
  readonly matching?: RegExp;
  readonly defaultValue: readonly string[];
  readonly description: string;
}

/** A list of texts of the user's own, such as tag names or account ids. It may be empty. */
export function listOf({
  of,
  matching = /^.+$/,
  defaultValue,
  description,
}: Strings): Setting<readonly string[]> {
  const isText = (item: unknown): item is string => typeof item === "string" && matching.test(item);
  return {
    schema: {
      type: "array",
      items: { type: "string", pattern: matching.source },
      description,
      default: [...defaultValue],
    },
    defaultValue,
    allowed: `a list of ${of}, each of the form ${matching.source}`,
    read: (given) => (isListOf(given, isText) ? given : undefined),
  };
}

function isListOf<T>(given: unknown, isItem: (item: unknown) => item is T): given is readonly T[] {
  return Array.isArray(given) && given.every(isItem);
}
