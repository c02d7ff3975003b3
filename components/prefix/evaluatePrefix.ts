import { formatTimestamp } from "./formatTimestamp";
import { appendedTime, getsTimeAppended, parsePrefix, type PrefixPart } from "./parsePrefix";

/** The values that Firehose inserts for the expressions of a prefix. */
export interface PrefixMoment {
  /**
   * The instant of all timestamps, in milliseconds since 1970: arrival of the oldest record in the
   * object.
   */
  readonly timestamp: number;
  /** UTC or an IANA name, e.g. `Europe/Berlin`. */
  readonly timeZone: string;
  /** Returns the 11 characters of one random-string; called once for each expression. */
  readonly random: () => string;
  /** Set for an error prefix, e.g. `processing-failed`. */
  readonly errorOutputType?: string;
  /** The value of a partition key; undefined for one that there is not. Absent without partitions. */
  readonly partitionKey?: (from: PartitionKeySource, key: string) => string | undefined;
}

/** The namespace of a partition key: `partitionKeyFromQuery` or `partitionKeyFromLambda`. */
export type PartitionKeySource = Extract<PrefixPart, { readonly kind: "partition-key" }>["from"];

/**
 * The evaluated prefix: the part of an object's key before the object name.
 *
 * To a prefix without any expression, Firehose appends the time as `yyyy/MM/dd/HH/`, with no slash
 * in between; in an error prefix, it puts the error type and a slash before the time. A prefix with
 * any expression is used as written.
 * Source: Firehose Developer Guide, "Custom prefixes for Amazon S3 objects".
 *
 * @throws if the prefix is invalid or has an expression that is not evaluated on this machine
 */
export function evaluatePrefix(prefix: string, moment: PrefixMoment): string {
  return evaluateParts(prefix, moment).join("");
}

/**
 * As {@link evaluatePrefix}, one string for each part that `parsePrefix` finds; the time that Firehose
 * appends follows them.
 */
export function evaluateParts(prefix: string, moment: PrefixMoment): readonly string[] {
  const { parts, problems } = parsePrefix(prefix);
  const [problem] = problems;
  if (problem)
    throw new Error(`The prefix "${prefix}" ${problem.reason}; allowed: ${problem.allowed}.`);

  const evaluated = parts.map((part) => evaluatePart(part, moment));
  if (!getsTimeAppended(parts)) return evaluated;
  const errorType = moment.errorOutputType === undefined ? "" : `${moment.errorOutputType}/`;
  const time = formatTimestamp(appendedTime, moment.timestamp, moment.timeZone);
  return [...evaluated, errorType + time];
}

function evaluatePart(part: PrefixPart, moment: PrefixMoment): string {
  switch (part.kind) {
    case "literal":
      return part.text;
    case "timestamp":
      return formatTimestamp(part.pattern, moment.timestamp, moment.timeZone);
    case "random-string":
      return moment.random();
    case "error-output-type":
      if (moment.errorOutputType === undefined) {
        throw new Error("!{firehose:error-output-type} is only supported in an error prefix.");
      }
      return moment.errorOutputType;
    case "partition-key": {
      const value = moment.partitionKey?.(part.from, part.key);
      if (value !== undefined) return value;
      throw new Error(`The partition key "${part.key}" needs dynamic partitioning.`);
    }
  }
}

/** Any moment in which no part of a date could be mistaken for another one. */
const exampleTime = Date.UTC(2026, 10, 26, 15);

/**
 * What the keys of objects begin with under a prefix without expressions, to which Firehose appends the
 * time: `clicks2026/11/26/15/`. Undefined for any other prefix, which shows the form of its keys itself.
 *
 * @param errorOutputType set for an error prefix
 */
export function exampleBeginning(prefix: string, errorOutputType?: string): string | undefined {
  const { parts, problems } = parsePrefix(prefix);
  if (problems.length > 0 || !getsTimeAppended(parts)) return undefined;
  return evaluatePrefix(prefix, {
    ...{ timestamp: exampleTime, timeZone: "UTC", random: () => "" },
    ...(errorOutputType !== undefined && { errorOutputType }),
  });
}
