import {
  getsTimeAppended,
  parsePrefix,
  type PrefixPart,
} from "../../components/prefix/parsePrefix";
import type { ErrorRecord } from "./errorRecord";

/** Why records failed: all error records of one type and code with the same message. */
export interface ErrorCause {
  /** What `!{firehose:error-output-type}` was, e.g. `processing-failed`; `unknown` if no key shows it. */
  readonly type: string;
  /** AWS's code, e.g. `Lambda.FunctionError`; `unknown` if Firehose did not write the records. */
  readonly code: string;
  /** Of the first record; those of others may have other numbers and quotations. Absent without one. */
  readonly message?: string;
  /** The function or the table that the first record failed with; absent without one. */
  readonly resource?: string;
  readonly records: number;
  /** Error objects with such records. */
  readonly objects: number;
  /** When the first and the last record failed, in milliseconds since 1970; absent if unknown. */
  readonly first?: number;
  readonly last?: number;
  /** Where the first of these records is. */
  readonly example: { readonly key: string; readonly line: number };
}

type Mutable<T> = { -readonly [name in keyof T]: T[name] };

/** Groups error records by their cause. */
export class ErrorCauses {
  readonly #causes = new Map<string, Mutable<ErrorCause>>();
  /** By cause, the keys of its objects. */
  readonly #keys = new Map<string, Set<string>>();

  /**
   * Adds a record.
   *
   * @param key of the error object
   * @param type of the error, as {@link errorTypeOf} reads it from the key
   */
  add(key: string, type: string, record: ErrorRecord): void {
    const id = this.#idOf(type, record);
    const cause = this.#causes.get(id) ?? this.#begin(id, key, type, record);
    cause.records += 1;
    const keys = this.#keys.get(id) ?? new Set();
    this.#keys.set(id, keys.add(key));
    cause.objects = keys.size;
    const at = record.failure ?? record.arrival;
    if (at === undefined) return;
    cause.first = Math.min(cause.first ?? at, at);
    cause.last = Math.max(cause.last ?? at, at);
  }

  /** The most frequent cause first. */
  result(): readonly ErrorCause[] {
    return [...this.#causes.values()]
      .map((cause) => ({ ...cause }))
      .sort((one, other) => other.records - one.records || compare(one, other));
  }

  #idOf(type: string, { code, message = "" }: ErrorRecord): string {
    const id = JSON.stringify([type, code, generalized(message)]);
    // A message whose variable part is not recognized must not become a cause for each record.
    return this.#causes.has(id) || this.#causes.size < maximumCauses
      ? id
      : JSON.stringify([type, code]);
  }

  #begin(id: string, key: string, type: string, record: ErrorRecord): Mutable<ErrorCause> {
    const { code, message, resource, index } = record;
    const cause: Mutable<ErrorCause> = {
      ...{ type, code },
      ...(message !== undefined && { message }),
      ...(resource !== undefined && { resource }),
      ...{ records: 0, objects: 0, example: { key, line: index + 1 } },
    };
    this.#causes.set(id, cause);
    return cause;
  }
}

const maximumCauses = 200;

/** The message without what differs from record to record: ids, numbers and quotations. */
function generalized(message: string): string {
  return message
    .replaceAll(/"[^"]*"|'[^']*'/g, '""')
    .replaceAll(/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, "0")
    .replaceAll(/\d+/g, "0");
}

function compare(one: ErrorCause, other: ErrorCause): number {
  const [first, second] = [one, other].map(({ type, code, message = "" }) =>
    [type, code, message].join(" "),
  ) as [string, string];
  return first < second ? -1 : 1;
}

/**
 * The type of an error in the key of an error object: what `!{firehose:error-output-type}` became.
 *
 * @param errorPrefix in Firehose's prefix language; "" if failed records are below the prefix of the others
 */
export function errorTypeOf(key: string, errorPrefix: string): string {
  if (errorPrefix === "") return typeInKey.exec(key)?.[1] ?? unknownType;
  const { parts, problems } = parsePrefix(errorPrefix);
  if (problems.length > 0) return unknownType;
  // To a prefix without expressions, Firehose appends the type and the time.
  const pattern = getsTimeAppended(parts)
    ? `${parts.map(patternOf).join("")}([^/]+)/`
    : parts.map(patternOf).join("");
  return new RegExp(`^${pattern}`, "u").exec(key)?.[1] ?? unknownType;
}

const unknownType = "unknown";
const typeInKey = /(?:^|\/)([\w-]+-failed|activePartitionExceeded)\//;

/** The first type is in a group; others of a prefix are the same. */
function patternOf(part: PrefixPart): string {
  switch (part.kind) {
    case "literal":
      return part.text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
    case "error-output-type":
      return "([^/]+?)";
    case "timestamp":
      // Slashes are the only characters of a date that are like those of the pattern.
      return part.pattern
        .split("/")
        .map(() => "[^/]*?")
        .join("/");
    default:
      return "[^/]+?";
  }
}
