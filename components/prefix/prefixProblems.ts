import { shortestEvaluated, shortestWritten } from "./evaluatedLength";
import { type ParsedPrefix, parsePrefix, type PrefixPart, type PrefixProblem } from "./parsePrefix";
import { quote } from "./quote";
import { readTimestampPattern, type TimestampPattern } from "./timestampPattern";
import { timestampTraps } from "./timestampTraps";

/**
 * The prefixes of one delivery stream. Firehose treats an empty prefix like one that is not set.
 */
export interface Prefixes {
  readonly prefix?: string;
  readonly errorPrefix?: string;
  /** Whether the prefix of the data may have partition keys. Default: false. */
  readonly partitions?: boolean;
}

/** A problem in one of the two prefixes of a delivery stream. */
export interface PrefixFieldProblem extends PrefixProblem {
  readonly field: "prefix" | "errorPrefix";
}

/**
 * All problems in the prefixes of a delivery stream: what Firehose
 * rejects (some of it only during deployment), and what it accepts although it certainly puts
 * records in the wrong place.
 * Source: Firehose Developer Guide, "Custom prefixes for Amazon S3 objects".
 */
export function prefixProblems({
  prefix = "",
  errorPrefix = "",
  partitions = false,
}: Prefixes): readonly PrefixFieldProblem[] {
  const data = check(prefix, partitions);
  const error = check(errorPrefix, false);
  return [
    ...[...data.problems, ...dataPrefixProblems(data)].map(inField("prefix")),
    ...[...error.problems, ...errorPrefixProblems(error, data)].map(inField("errorPrefix")),
  ];
}

/** What Firehose rejects in the prefixes of a delivery stream, without advice on what it accepts. */
export function rejectedPrefixes(
  { prefix = "", errorPrefix = "" }: Prefixes,
  dynamicPartitioning = false,
): readonly PrefixFieldProblem[] {
  const data = rejected(prefix, dynamicPartitioning);
  const error = rejected(errorPrefix, false);
  return [
    ...[...data.problems, ...dataPrefixProblems(data)].map(inField("prefix")),
    ...[...error.problems, ...missingErrorType(error, data)].map(inField("errorPrefix")),
  ];
}

function rejected(prefix: string, dynamicPartitioning: boolean): ParsedPrefix {
  const { parts, problems } = parsePrefix(prefix);
  return {
    parts,
    problems: [
      ...problems,
      ...patternsIn(parts).flatMap((pattern) => pattern.problems),
      ...writtenLengthProblems(prefix),
      ...(problems.length === 0 ? tooLong(shortestWritten(parts)) : []),
      ...lineBreakProblems(prefix),
      ...(dynamicPartitioning ? [] : partitionKeyProblems(parts)),
    ],
  };
}

function patternsIn(parts: readonly PrefixPart[]): readonly TimestampPattern[] {
  return parts.flatMap((part) =>
    part.kind === "timestamp" ? [readTimestampPattern(part.pattern)] : [],
  );
}

function inField(
  field: PrefixFieldProblem["field"],
): (problem: PrefixProblem) => PrefixFieldProblem {
  return (problem) => ({ field, ...problem });
}

/** Finds the problems that do not depend on which of the two prefixes it is, nor on the other. */
function check(prefix: string, partitions: boolean): ParsedPrefix {
  const { parts, problems } = parsePrefix(prefix);
  const patterns = patternsIn(parts);
  const fields = patterns.flatMap((pattern) => pattern.fields);
  return {
    parts,
    problems: [
      ...problems,
      ...patterns.flatMap((pattern) => pattern.problems),
      ...timestampTraps(fields),
      ...writtenLengthProblems(prefix),
      ...(problems.length === 0 ? tooLong(shortestEvaluated(parts)) : []),
      ...lineBreakProblems(prefix),
      ...(partitions ? [] : partitionKeyProblems(parts)),
    ],
  };
}

/** Source: Firehose API, `Prefix` and `ErrorOutputPrefix`. */
function writtenLengthProblems(prefix: string): readonly PrefixProblem[] {
  const { length } = Array.from(prefix);
  return length <= 1024 ? [] : [{ reason: `has ${length} characters`, allowed: "at most 1024" }];
}

/**
 * Reports only prefixes that are certainly too long.
 * Source of the limit: Firehose Developer Guide.
 */
function tooLong(length: number): readonly PrefixProblem[] {
  if (length <= 512) return [];
  return [{ reason: `has at least ${length} characters once evaluated`, allowed: "at most 512" }];
}

/** The API's pattern is `.*`, in which the dot matches any character except line breaks. */
function lineBreakProblems(prefix: string): readonly PrefixProblem[] {
  if (!/[\n\r\u0085\u2028\u2029]/u.test(prefix)) return [];
  return [{ reason: `is ${quote(prefix)}, with a line break`, allowed: "a string on one line" }];
}

function partitionKeyProblems(parts: readonly PrefixPart[]): readonly PrefixProblem[] {
  return parts.flatMap((part) => {
    if (part.kind !== "partition-key") return [];
    const namespace = part.from === "query" ? "partitionKeyFromQuery" : "partitionKeyFromLambda";
    return [
      {
        reason: `has ${quote(`!{${namespace}:${part.key}}`)}, which needs dynamic partitioning`,
        allowed: "timestamp and random-string expressions",
      },
    ];
  });
}

function dataPrefixProblems({ parts }: ParsedPrefix): readonly PrefixProblem[] {
  if (!has(parts, "error-output-type")) return [];
  return [
    {
      reason: 'has "!{firehose:error-output-type}", which only the error prefix supports',
      allowed: "timestamp and random-string expressions",
    },
  ];
}

function errorPrefixProblems(error: ParsedPrefix, data: ParsedPrefix): readonly PrefixProblem[] {
  const missing = missingErrorType(error, data);
  const isMissing = error.parts.length === 0 && missing.length > 0;
  return isMissing ? missing : [...missing, ...errorsAmongData(error.parts, data.parts)];
}

function missingErrorType(error: ParsedPrefix, data: ParsedPrefix): readonly PrefixProblem[] {
  const errorType = '"!{firehose:error-output-type}"';
  if (error.parts.length === 0 && error.problems.length === 0) {
    if (data.parts.some(isExpression)) {
      return [
        {
          reason: "is not set, which Firehose rejects if the prefix has expressions",
          allowed: `a separate prefix, e.g. "errors/!{firehose:error-output-type}/"`,
        },
      ];
    }
  } else if (error.parts.some(isExpression) && !has(error.parts, "error-output-type")) {
    return [
      { reason: `has expressions, but not ${errorType}`, allowed: `a prefix with ${errorType}` },
    ];
  }
  return [];
}

/** A reader of the data prefix, such as a crawler or a table, would read failed records as data. */
function errorsAmongData(
  error: readonly PrefixPart[],
  data: readonly PrefixPart[],
): readonly PrefixProblem[] {
  const dataHead = literalHead(data);
  if (dataHead === "") return [];
  const reason =
    error.length === 0
      ? `is not set, so failed records would land among the data under ${quote(dataHead)}`
      : `begins with ${quote(dataHead)}, so failed records would land among the data`;
  if (error.length > 0 && !literalHead(error).startsWith(dataHead)) return [];
  return [{ reason, allowed: `a prefix that does not begin with ${quote(dataHead)}` }];
}

function literalHead([first]: readonly PrefixPart[]): string {
  return first?.kind === "literal" ? first.text : "";
}

function isExpression(part: PrefixPart): boolean {
  return part.kind !== "literal";
}

function has(parts: readonly PrefixPart[], kind: PrefixPart["kind"]): boolean {
  return parts.some((part) => part.kind === kind);
}
