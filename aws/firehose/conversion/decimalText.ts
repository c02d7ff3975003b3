/** More digits than any column has; a short record can name a number with a billion of them. */
const maximumDigits = 80;

/**
 * A decimal number as a whole number of units of 10^-scale.
 *
 * @param text e.g. `-12.345e2`
 * @param rounding of the digits beyond the scale, by their absolute value
 * @returns undefined if it has more digits than any column
 */
export function unscaled(
  text: string,
  scale: number,
  rounding: "half up" | "down",
): bigint | undefined {
  // Most numbers have neither a fraction nor an exponent, and this is several times as fast.
  if (scale >= 0 && short.test(text)) return BigInt(text) * (powers[scale] ?? 1n);
  const [, sign, whole = "", fraction = "", written = "0"] = form.exec(text) ?? [];
  const digits = (whole + fraction).replace(/^0+/u, "");
  if (digits === "") return 0n;
  const shift = Number(written) - fraction.length + scale;
  if (digits.length + shift > maximumDigits) return undefined;
  if (digits.length + shift < 0) return 0n;
  const kept = shift >= 0 ? digits + "0".repeat(shift) : digits.slice(0, shift);
  const next = shift >= 0 ? "0" : (digits.at(shift) ?? "0");
  const value = BigInt(kept) + (rounding === "half up" && next >= "5" ? 1n : 0n);
  return sign === "-" ? -value : value;
}

const short = /^-?\d{1,15}$/u;
const powers = Array.from({ length: 39 }, (_, exponent) => 10n ** BigInt(exponent));
const form = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/u;

/** Whether it is a decimal number as Java's BigDecimal reads it. */
export function isDecimal(text: string): boolean {
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/u.test(text);
}
