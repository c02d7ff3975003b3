/** A prefix of S3 objects, as far as rules look into it. */
export interface Prefix {
  readonly text: string;
  /** What stands before the first expression. */
  readonly head: string;
  /** What stands between `!{` and `}`, one for each expression. */
  readonly expressions: readonly string[];
  /** What Firehose would not accept, in words without values. */
  readonly faults: readonly string[];
}

/**
 * Reads Firehose's prefix language.
 * Source: https://docs.aws.amazon.com/firehose/latest/dev/s3-prefixes.html
 */
export function readPrefix(text: string): Prefix {
  const [head = "", ...rest] = text.split("!{");
  const expressions = rest.map((part) => part.split("}", 1)[0] ?? "");
  const faults = [
    ...(rest.every((part) => part.includes("}")) ? [] : ["has a !{ that no } closes"]),
    ...(expressions.every(isKnown) ? [] : ["has an expression that Firehose does not know"]),
    ...(expressions.some(hasWeekYear) ? ["has the week-based year Y, wrong around New Year"] : []),
  ];
  return { text, head, expressions, faults };
}

export function hasErrorType({ expressions }: Prefix): boolean {
  return expressions.includes("firehose:error-output-type");
}

export function hasPartitionKey({ expressions }: Prefix): boolean {
  return expressions.some((expression) => expression.startsWith("partitionKeyFrom"));
}

function isKnown(expression: string): boolean {
  return /^(timestamp:[^{]+|firehose:(random-string|error-output-type)|partitionKeyFrom(Query|Lambda):[^{]+)$/.test(
    expression,
  );
}

/** Text in single quotes stands for itself. */
function hasWeekYear(expression: string): boolean {
  const pattern = /^timestamp:(.*)$/s.exec(expression)?.[1] ?? "";
  return pattern.replace(/'[^']*'/g, "").includes("Y");
}
