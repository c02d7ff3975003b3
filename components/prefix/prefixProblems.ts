import { shortestEvaluated } from "./evaluatedLength";
import { parsePrefix, type PrefixProblem, type PrefixPart } from "./parsePrefix";
import { quote } from "./quote";
import { readTimestampPattern } from "./timestampPattern";
import { timestampTraps } from "./timestampTraps";

/** The prefixes of one delivery stream. Empty is the same as not set, as it is for Firehose. */
export interface Prefixes {
  readonly prefix?: string;
  readonly errorPrefix?: string;
}

/** One thing that is wrong with the prefixes of a delivery stream. */
export interface PrefixFieldProblem extends PrefixProblem {
  readonly field: keyof Prefixes;
}

/**
 * Everything that is wrong with the prefixes of a delivery stream without dynamic partitioning:
 * what Firehose refuses (some of it only when it is deployed), and what it accepts although it
 * certainly puts records in wrong places.
 * Source: Firehose Developer Guide, "Custom prefixes for Amazon S3 objects".
 */
export function prefixProblems({
  prefix = "",
  errorPrefix = "",
}: Prefixes): readonly PrefixFieldProblem[] {
  const data = read(prefix);
  const error = read(errorPrefix);
  return [
    ...[...data.faults, ...dataPrefixFaults(data)].map(of("prefix")),
    ...[...error.faults, ...errorPrefixFaults(error, data)].map(of("errorPrefix")),
  ];
}

interface Read {
  readonly parts: readonly PrefixPart[];
  readonly faults: readonly PrefixProblem[];
}

function read(text: string): Read {
  const { parts, problems: faults } = parsePrefix(text);
  const patterns = parts.flatMap((part) =>
    part.kind === "timestamp" ? [readTimestampPattern(part.pattern)] : [],
  );
  const fields = patterns.flatMap((pattern) => pattern.fields);
  return {
    parts,
    faults: [
      ...faults,
      ...patterns.flatMap((pattern) => pattern.problems),
      ...timestampTraps(fields),
      ...writtenLengthFaults(text),
      ...(faults.length === 0 ? evaluatedLengthFaults(parts) : []),
      ...lineBreakFaults(text),
      ...partitionKeyFaults(parts),
    ],
  };
}

/** API limit. */
function writtenLengthFaults(text: string): readonly PrefixProblem[] {
  const { length } = Array.from(text);
  return length <= 1024 ? [] : [{ reason: `has ${length} characters`, allowed: "at most 1024" }];
}

/** Limit of the Developer Guide; what is reported is certain. */
function evaluatedLengthFaults(parts: readonly PrefixPart[]): readonly PrefixProblem[] {
  const length = shortestEvaluated(parts);
  if (length <= 512) return [];
  return [{ reason: `has at least ${length} characters once evaluated`, allowed: "at most 512" }];
}

/** API pattern `.*`, in which the dot stands for anything but these. */
function lineBreakFaults(text: string): readonly PrefixProblem[] {
  if (!/[\n\r\u0085\u2028\u2029]/u.test(text)) return [];
  return [{ reason: `is ${quote(text)}, with a line break`, allowed: "a text of one line" }];
}

function partitionKeyFaults(parts: readonly PrefixPart[]): readonly PrefixProblem[] {
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

function dataPrefixFaults({ parts }: Read): readonly PrefixProblem[] {
  if (!has(parts, "error-output-type")) return [];
  return [
    {
      reason: 'has "!{firehose:error-output-type}", which only the error prefix knows',
      allowed: "timestamp and random-string expressions",
    },
  ];
}

function errorPrefixFaults(error: Read, data: Read): readonly PrefixProblem[] {
  const errorType = '"!{firehose:error-output-type}"';
  if (error.parts.length === 0 && error.faults.length === 0) {
    if (data.parts.some(isExpression)) {
      return [
        {
          reason: "is not set, which Firehose refuses beside a prefix with expressions",
          allowed: `a text of its own, e.g. "errors/!{firehose:error-output-type}/"`,
        },
      ];
    }
  } else if (error.parts.some(isExpression) && !has(error.parts, "error-output-type")) {
    return [
      { reason: `has expressions, but not ${errorType}`, allowed: `a text with ${errorType}` },
    ];
  }
  return errorsAmongData(error.parts, data.parts);
}

/** What reads the data prefix (a crawler, a table) would read failed records as data. */
function errorsAmongData(
  error: readonly PrefixPart[],
  data: readonly PrefixPart[],
): readonly PrefixProblem[] {
  const dataFolder = literalHead(data);
  if (dataFolder === "") return [];
  const reason =
    error.length === 0
      ? `is not set, so failed records would land among the data under ${quote(dataFolder)}`
      : `begins with ${quote(dataFolder)}, so failed records would land among the data`;
  if (error.length > 0 && !literalHead(error).startsWith(dataFolder)) return [];
  return [{ reason, allowed: `a text that does not begin with ${quote(dataFolder)}` }];
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

function of(field: keyof Prefixes): (fault: PrefixProblem) => PrefixFieldProblem {
  return (fault) => ({ field, ...fault });
}
