/**
 * Whether a range of a manifest of this repository admits a version. Its ranges are exact versions, and
 * `^`: from that version up to the next one that may break, which is the next minor of a 0.x version.
 *
 * @throws Error if the range has another form
 */
export function admits(range: string, version: string): boolean {
  const isCaret = range.startsWith("^");
  const from = numbersOf(isCaret ? range.slice(1) : range);
  const numbers = numbersOf(version);
  const fixed = !isCaret ? 3 : from[0] === 0 ? 2 : 1;
  for (const [index, minimum] of from.entries()) {
    const number = numbers[index] ?? 0;
    if (number !== minimum) return index >= fixed && number > minimum;
  }
  return true;
}

function numbersOf(version: string): readonly number[] {
  if (!/^\d+\.\d+\.\d+$/u.test(version))
    throw new Error(`${JSON.stringify(version)} is not a version of the form 1.2.3.`);
  return version.split(".").map(Number);
}
