import { invalidArgument } from "./s3Error";

/** Headers of a request, with names in lower case. */
export type Headers = Readonly<Record<string, string | undefined>>;

/** The codings in `Content-Encoding`. */
export function codings(headers: Headers): readonly string[] {
  return (headers["content-encoding"] ?? "").split(",").map((coding) => coding.trim());
}

/** @throws S3Error if HTTP does not allow the value */
export function requireHeaderValue(name: string, value: string): string {
  if (/^[\t\x20-\x7e\x80-\xff]*$/u.test(value)) return value;
  throw invalidArgument(`${name} must be a valid HTTP header value.`);
}

/**
 * A number in a parameter or header.
 *
 * @throws S3Error if it is not within the bounds
 */
export function readNumber(
  name: string,
  value: string | undefined,
  bounds: { fallback: number; minimum?: number; maximum?: number },
): number {
  const { fallback, minimum = 0, maximum = 2 ** 31 - 1 } = bounds;
  if (value === undefined) return fallback;
  const number = /^\d{1,10}$/u.test(value) ? Number(value) : NaN;
  if (number >= minimum && number <= maximum) return number;
  throw invalidArgument(`${name} must be an integer between ${minimum} and ${maximum}`);
}
