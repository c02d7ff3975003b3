/** A time in the unit that keeps the number short, e.g. `350 ms`, `73.1 s`, `15 min`, `24 h`. */
export function timeText(milliseconds: number): string {
  const [, name, size] = units.find(([from]) => milliseconds >= from) ?? smallest;
  return `${Number((milliseconds / size).toFixed(1))} ${name}`;
}

const smallest = [0, "ms", 1] as const;

/** From which time on, the unit and its milliseconds. */
const units = [
  [2 * 86_400_000, "d", 86_400_000],
  [3_600_000, "h", 3_600_000],
  [60_000, "min", 60_000],
  [1000, "s", 1000],
] as const;
