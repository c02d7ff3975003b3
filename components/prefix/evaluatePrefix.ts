import { appendedTime, getsTimeAppended, parsePrefix, type PrefixPart } from "./parsePrefix";
import { formatTimestamp } from "./formatTimestamp";

/** What Firehose puts in the place of a prefix's expressions. */
export interface PrefixMoment {
  /** The one instant of all timestamps, in milliseconds since 1970: arrival of the oldest record. */
  readonly timestamp: number;
  /** UTC or an IANA name, e.g. `Europe/Berlin`. */
  readonly timeZone: string;
  /** Gives the 11 characters of one random-string; called once for each. */
  readonly random: () => string;
  /** Set for an error prefix, e.g. `processing-failed`. */
  readonly errorOutputType?: string;
}

/**
 * The first part of an object's key.
 *
 * A prefix without any expression gets the time appended as `yyyy/MM/dd/HH/`, with no slash in
 * between; in an error prefix the error type and a slash come before the time. A prefix with any
 * expression is used as written.
 * Source: Firehose Developer Guide, "Custom prefixes for Amazon S3 objects".
 *
 * @throws if the prefix is invalid or has an expression that cannot be evaluated here
 */
export function evaluatePrefix(prefix: string, moment: PrefixMoment): string {
  const { parts, problems: faults } = parsePrefix(prefix);
  const [fault] = faults;
  if (fault) throw new Error(`The prefix "${prefix}" ${fault.reason}; allowed: ${fault.allowed}.`);

  const evaluated = parts.map((part) => evaluatePart(part, moment)).join("");
  if (!getsTimeAppended(parts)) return evaluated;
  const fixedErrorPrefix = moment.errorOutputType === undefined ? "" : `${moment.errorOutputType}/`;
  return (
    evaluated + fixedErrorPrefix + formatTimestamp(appendedTime, moment.timestamp, moment.timeZone)
  );
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
        throw new Error("!{firehose:error-output-type} is only known to an error prefix.");
      }
      return moment.errorOutputType;
    case "partition-key":
      throw new Error(`The partition key "${part.key}" needs dynamic partitioning.`);
  }
}
