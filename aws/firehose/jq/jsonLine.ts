/** A JSON text on one line, without white space. */
export interface JsonLine {
  readonly text: string;
  /** Whether jq 1.6 and later releases print one of its numbers differently, e.g. `1e+17` and `1E+17`. */
  readonly hasUnusualNumber: boolean;
}

/**
 * The JSON text in the data of a record, as jq 1.6 sees it: numbers have the precision of a double and
 * their shortest form, so that `1.0` is `1`.
 *
 * @returns undefined for anything else, e.g. for two JSON texts, and for what jq does not read
 */
export function jsonLine(data: Uint8Array): JsonLine | undefined {
  try {
    const { buffer, byteOffset, byteLength } = data;
    const written = Buffer.from(buffer, byteOffset, byteLength).toString();
    const value: unknown = JSON.parse(written);
    const text = JSON.stringify(value, maybeInfinite.test(written) ? finite : undefined);
    if (text.includes("\\ud") && hasHalfPair(text)) return undefined;
    return { text, hasUnusualNumber: unusualNumber.test(text) };
  } catch {
    // Not JSON, or nested too deeply to be written again.
    return undefined;
  }
}

/** A number that is too large for a double has many digits or a large exponent. */
const maybeInfinite = /e\+?\d{3}|\d{309}/iu;

/** jq 1.6 reads such a number as the largest double. */
function finite(_: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isFinite(value)
    ? Math.sign(value) * Number.MAX_VALUE
    : value;
}

/** Whether it has the first half of a surrogate pair alone, which is escaped then, and which jq rejects. */
function hasHalfPair(text: string): boolean {
  for (const [, half] of text.matchAll(/\\(?:(ud[89ab])|.)/gu)) if (half !== undefined) return true;
  return false;
}

/** Numbers that jq 1.6 prints with an exponent. Inside of a string it does not matter. */
const unusualNumber = /(?:^|[[:,])-?(?:[1-9]\d*0{16}|0\.0{4}|[\d.]+e)/u;
