import type { PrefixPart } from "./parsePrefix";

/** The time that Firehose appends, with no slash in between, where {@link getsTimeAppended}. */
export const appendedTime = "yyyy/MM/dd/HH/";

/**
 * True for a prefix without any expression.
 * Source: Firehose Developer Guide, "Custom prefixes for Amazon S3 objects"; where its text and its
 * examples differ (a prefix whose only expression is random-string), its examples.
 */
export function getsTimeAppended(parts: readonly PrefixPart[]): boolean {
  return parts.every((part) => part.kind === "literal");
}
