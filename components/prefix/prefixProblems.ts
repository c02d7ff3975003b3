import { parsePrefix, type PrefixFault, type PrefixPart } from "./parsePrefix";
import { readTimestampPattern } from "./timestampPattern";
import { timestampTraps } from "./timestampTraps";

/** The prefixes of one delivery stream. Empty is the same as not set, as it is for Firehose. */
export interface Prefixes {
  readonly prefix?: string;
  readonly errorPrefix?: string;
}

/** One thing that is wrong with the prefixes of a delivery stream. */
export interface PrefixProblem extends PrefixFault {
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
}: Prefixes): readonly PrefixProblem[] {
  const data = read(prefix);
  const error = read(errorPrefix);
  return [
    ...[...data.faults, ...dataPrefixFaults(data)].map(of("prefix")),
    ...[...error.faults, ...errorPrefixFaults(error, data)].map(of("errorPrefix")),
  ];
}

interface Read {
  readonly parts: readonly PrefixPart[];
  readonly faults: readonly PrefixFault[];
}

function read(text: string): Read {
  const { parts, faults } = parsePrefix(text);
  const patterns = parts.flatMap((part) =>
    part.kind === "timestamp" ? [readTimestampPattern(part.pattern)] : [],
  );
  const fields = patterns.flatMap((pattern) => pattern.fields);
  return {
    parts,
    faults: [
      ...faults,
      ...patterns.flatMap((pattern) => pattern.faults),
      ...timestampTraps(fields),
      ...lengthFaults(text, parts),
      ...partitionKeyFaults(parts),
    ],
  };
}

/** API limit: 1024 characters as written. Developer Guide: 512 once the expressions are evaluated. */
function lengthFaults(text: string, parts: readonly PrefixPart[]): readonly PrefixFault[] {
  if (text.length > 1024) {
    return [{ reason: `has ${text.length} characters`, allowed: "at most 1024" }];
  }
  const lengths = parts.map((part) => {
    if (part.kind === "literal") return part.text.length;
    return part.kind === "random-string" ? 11 : 0;
  });
  // Timestamps only make it longer: what is reported is certain.
  const shortest = lengths.reduce((sum, length) => sum + length, 0);
  if (shortest <= 512) return [];
  return [{ reason: `has at least ${shortest} characters once evaluated`, allowed: "at most 512" }];
}

function partitionKeyFaults(parts: readonly PrefixPart[]): readonly PrefixFault[] {
  return parts.flatMap((part) => {
    if (part.kind !== "partition-key") return [];
    const namespace = part.from === "query" ? "partitionKeyFromQuery" : "partitionKeyFromLambda";
    return [
      {
        reason: `has "!{${namespace}:${part.key}}", which needs dynamic partitioning`,
        allowed: "timestamp and random-string expressions",
      },
    ];
  });
}

function dataPrefixFaults({ parts }: Read): readonly PrefixFault[] {
  if (!has(parts, "error-output-type")) return [];
  return [
    {
      reason: 'has "!{firehose:error-output-type}", which only the error prefix knows',
      allowed: "timestamp and random-string expressions",
    },
  ];
}

function errorPrefixFaults(error: Read, data: Read): readonly PrefixFault[] {
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
): readonly PrefixFault[] {
  const dataFolder = literalHead(data);
  if (dataFolder === "") return [];
  const reason =
    error.length === 0
      ? `is not set, so failed records would land among the data under "${dataFolder}"`
      : `begins with "${dataFolder}", so failed records would land among the data`;
  if (error.length > 0 && !literalHead(error).startsWith(dataFolder)) return [];
  return [{ reason, allowed: `a text that does not begin with "${dataFolder}"` }];
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

function of(field: keyof Prefixes): (fault: PrefixFault) => PrefixProblem {
  return (fault) => ({ field, ...fault });
}
