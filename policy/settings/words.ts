import type { Setting } from "./setting";

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
