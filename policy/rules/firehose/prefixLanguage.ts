import { isTimestampPattern } from "./timestampPattern";

/** A prefix of S3 objects, parsed as far as rules need it. */
export interface Prefix {
  /** As written. */
  readonly source: string;
  /** The part before the first expression. */
  readonly head: string;
  /** The contents of `!{` and `}`, one for each expression. */
  readonly expressions: readonly string[];
  /** What Firehose would reject or misinterpret, with the fix, without values. */
  readonly problems: readonly string[];
}

/**
 * Parses Firehose's prefix language.
 * Source: https://docs.aws.amazon.com/firehose/latest/dev/s3-prefixes.html
 */
export function readPrefix(source: string): Prefix {
  const [head = "", ...rest] = source.split("!{");
  const expressions = rest.map((part) => part.split("}", 1)[0] ?? "");
  const problems = [
    ...(rest.every((part) => part.includes("}")) ? [] : ["contains !{ without }: close it"]),
    ...(expressions.every(isKnown)
      ? []
      : ["contains an expression that Firehose does not support: correct it"]),
    ...(expressions.every(hasPattern)
      ? []
      : ["contains a date pattern that Firehose does not support: correct it"]),
    ...(expressions.some(hasWeekYear)
      ? ["uses the week-based year (Y), which is wrong around New Year: use y"]
      : []),
  ];
  return { source, head, expressions, problems };
}

export function hasErrorType({ expressions }: Prefix): boolean {
  return expressions.includes("firehose:error-output-type");
}

export function hasPartitionKey({ expressions }: Prefix): boolean {
  return expressions.some((expression) => expression.startsWith("partitionKeyFrom"));
}

/** The namespaces of its partition keys: `partitionKeyFromQuery`. */
export function partitionKeySources({ expressions }: Prefix): readonly string[] {
  return expressions
    .map((expression) => expression.split(":", 1)[0] ?? "")
    .filter((namespace) => namespace.startsWith("partitionKeyFrom"));
}

function isKnown(expression: string): boolean {
  return /^(timestamp:[^{]+|firehose:(random-string|error-output-type)|partitionKeyFrom(Query|Lambda):[^{]+)$/.test(
    expression,
  );
}

/** False for a date whose pattern is invalid. */
function hasPattern(expression: string): boolean {
  return !isKnown(expression) || isTimestampPattern(patternOf(expression));
}

/** "" without a date. */
function patternOf(expression: string): string {
  return /^timestamp:(.*)$/s.exec(expression)?.[1] ?? "";
}

/** Characters in single quotes are literal. */
function hasWeekYear(expression: string): boolean {
  return patternOf(expression)
    .replace(/'[^']*'/g, "")
    .includes("Y");
}
