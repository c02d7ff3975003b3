/**
 * Whether a range of a manifest of this repository admits a version. Its ranges are exact versions, and
 * `^`: from that version up to the next one that may break, which is the next minor of a 0.x version. A
 * pre-release, as all releases of DuckDB's package are by their form `1.2.3-r.4`, is admitted only by a range
 * that begins with a pre-release of the same 1.2.3, as npm does.
 *
 * @throws Error if the range has another form
 */
export function admits(range: string, version: string): boolean {
  const isCaret = range.startsWith("^");
  const from = numbersOf(isCaret ? range.slice(1) : range);
  const numbers = numbersOf(version);
  if (numbers.length > 3 && from.slice(0, 3).join() !== numbers.slice(0, 3).join()) return false;
  const fixed = !isCaret ? 3 : from[0] === 0 ? 2 : 1;
  for (const [index, minimum] of from.entries()) {
    const number = numbers[index] ?? 0;
    if (number !== minimum) return index >= fixed && number > minimum;
  }
  return true;
}

function numbersOf(version: string): readonly number[] {
  if (!/^\d+\.\d+\.\d+(?:-r\.\d+)?$/u.test(version))
    throw new Error(`${JSON.stringify(version)} is not a version of the form 1.2.3.`);
  return version.split(/\D+/u).map(Number);
}
