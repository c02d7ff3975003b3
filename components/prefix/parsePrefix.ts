import { quote } from "./quote";

/** A literal or an expression of a prefix. */
export type PrefixPart =
  | { readonly kind: "literal"; readonly text: string }
  | { readonly kind: "timestamp"; readonly pattern: string }
  | { readonly kind: "random-string" }
  | { readonly kind: "error-output-type" }
  | { readonly kind: "partition-key"; readonly from: "query" | "lambda"; readonly key: string };

/** A part of a prefix that Firehose rejects, or that would put records in the wrong place. */
export interface PrefixProblem {
  /** What is wrong, as a sentence continues after the name of the prefix: "has !{date} ...". */
  readonly reason: string;
  /** What is allowed instead. */
  readonly allowed: string;
}

export interface ParsedPrefix {
  /** In the order of the prefix; complete only if there are no problems. */
  readonly parts: readonly PrefixPart[];
  readonly problems: readonly PrefixProblem[];
}

/**
 * Parses a prefix in Firehose's prefix language: literals and expressions `!{namespace:value}`.
 * There is no escape for `!{`; braces without `!` in front are literal.
 * Source: Firehose Developer Guide, "Custom prefixes for Amazon S3 objects".
 */
export function parsePrefix(text: string): ParsedPrefix {
  const parts: PrefixPart[] = [];
  const problems: PrefixProblem[] = [];
  let position = 0;
  while (position < text.length) {
    const open = text.indexOf("!{", position);
    const literal = text.slice(position, open === -1 ? text.length : open);
    if (literal !== "") parts.push({ kind: "literal", text: literal });
    if (open === -1) break;

    const close = text.indexOf("}", open);
    if (close === -1) {
      problems.push({
        reason: `has ${quote(text.slice(open))}, where no } closes the !{`,
        allowed: expressions,
      });
      break;
    }
    const part = readExpression(text.slice(open + 2, close));
    if ("reason" in part) problems.push(part);
    else parts.push(part);
    position = close + 1;
  }
  return { parts, problems };
}

const expressions =
  "!{timestamp:pattern}, !{firehose:random-string}, !{firehose:error-output-type}; !{ cannot be escaped";

function readExpression(expression: string): PrefixPart | PrefixProblem {
  const written = (): string => quote(`!{${expression}}`);
  const [, namespace, value] = /^([^:]*):(.*)$/su.exec(expression) ?? [];
  if (namespace === undefined || value === undefined || value === "" || value.includes("{")) {
    return {
      reason: `has ${written()}, which is not of the form !{namespace:value}`,
      allowed: expressions,
    };
  }
  switch (namespace) {
    case "timestamp":
      return { kind: "timestamp", pattern: value };
    case "partitionKeyFromQuery":
      return { kind: "partition-key", from: "query", key: value };
    case "partitionKeyFromLambda":
      return { kind: "partition-key", from: "lambda", key: value };
    case "firehose":
      if (value === "random-string" || value === "error-output-type") return { kind: value };
      return {
        reason: `has ${written()}, and Firehose has no value ${quote(value)}`,
        allowed: "!{firehose:random-string} or !{firehose:error-output-type}",
      };
    default:
      return {
        reason: `has ${written()}, and ${quote(namespace)} is not a namespace`,
        allowed: expressions,
      };
  }
}

/**
 * The timestamp pattern that Firehose appends, with no slash in between: {@link getsTimeAppended}.
 */
export const appendedTime = "yyyy/MM/dd/HH/";

/**
 * True for a prefix without any expression.
 * Source: Firehose Developer Guide, "Custom prefixes for Amazon S3 objects"; its examples where
 * they contradict its prose (a prefix whose only expression is random-string).
 */
export function getsTimeAppended(parts: readonly PrefixPart[]): boolean {
  return parts.every((part) => part.kind === "literal");
}
