import type { Headers } from "./headers";
import type { Precondition } from "./objectFiles";
import type { ObjectMetadata, ObjectSummary } from "./objectMetadata";
import { noSuchKey, notImplemented, S3Error } from "./s3Error";

/** Conditions of a read. */
export const readConditions = [
  "if-match",
  "if-none-match",
  "if-modified-since",
  "if-unmodified-since",
];

/**
 * Whether an object fulfills the conditions of a read. `If-Match` takes precedence over
 * `If-Unmodified-Since`, and `If-None-Match` over `If-Modified-Since` (RFC 9110, 13.2.2).
 *
 * @param prefix of the names, for the source of a copy
 * @returns false if the client already has the object
 * @throws S3Error PreconditionFailed
 */
export function fulfillsConditions(headers: Headers, object: ObjectSummary, prefix = ""): boolean {
  const condition = (name: string) => headers[prefix + name];
  const modified = Math.floor(object.lastModified.getTime() / 1000) * 1000;
  const [match, noneMatch] = [condition("if-match"), condition("if-none-match")];
  const unmodifiedSince = readDate(condition("if-unmodified-since"));
  const modifiedSince = readDate(condition("if-modified-since"));
  if (match !== undefined) {
    if (!matches(match, object)) throw preconditionFailed("If-Match");
  } else if (unmodifiedSince !== undefined && modified > unmodifiedSince) {
    throw preconditionFailed("If-Unmodified-Since");
  }
  if (noneMatch !== undefined) return !matches(noneMatch, object);
  return modifiedSince === undefined || modified > modifiedSince;
}

/**
 * What `If-Match` and `If-None-Match` require of the object that a request replaces or deletes.
 *
 * @throws S3Error for conditions that S3 does not implement
 */
export function writeCondition(headers: Headers, key: string): Precondition {
  const [match, noneMatch] = [headers["if-match"], headers["if-none-match"]];
  if (noneMatch !== undefined && noneMatch.trim() !== "*") {
    throw notImplemented("If-None-Match with a value other than * for this operation");
  }
  if (match !== undefined && noneMatch !== undefined) {
    throw notImplemented("If-Match together with If-None-Match for this operation");
  }
  return (existing) => {
    if (noneMatch !== undefined && existing) throw preconditionFailed("If-None-Match");
    if (match === undefined) return;
    if (!existing) throw noSuchKey(key);
    if (!matches(match, existing)) throw preconditionFailed("If-Match");
  };
}

export function preconditionFailed(condition: string): S3Error {
  return new S3Error(
    412,
    "PreconditionFailed",
    "At least one of the pre-conditions you specified did not hold",
    { Condition: condition },
  );
}

function matches(list: string, { etag }: ObjectMetadata): boolean {
  const tags = list.split(",").map((tag) => tag.trim().replace(/^(?:W\/)?"?|"$/gu, ""));
  return tags.includes("*") || tags.includes(etag);
}

/** In ms; undefined if it is not a date, which HTTP ignores. */
function readDate(value: string | undefined): number | undefined {
  const time = Date.parse(value ?? "");
  return Number.isNaN(time) ? undefined : time;
}
