/** A duration in the unit that keeps the number short, e.g. `350 ms`, `73.1 s`, `15 min`, `24 h`. */
export function timeText(milliseconds: number): string {
  const [, name, size] = units.find(([from]) => milliseconds >= from) ?? smallest;
  return `${Number((milliseconds / size).toFixed(1))} ${name}`;
}

const smallest = [0, "ms", 1] as const;

/** Shortest duration in milliseconds, name of the unit, milliseconds of the unit. */
const units = [
  [2 * 86_400_000, "d", 86_400_000],
  [3_600_000, "h", 3_600_000],
  [60_000, "min", 60_000],
  [1000, "s", 1000],
] as const;

/**
 * A time of day as CloudWatch shows it, e.g. `12:05 UTC`; with its date, e.g.
 * `2026-03-01 12:05 UTC`, if that is not the date of the report.
 *
 * @param at milliseconds since 1970
 * @param reportAt milliseconds since 1970
 */
export function timeOfDay(at: number, reportAt: number): string {
  const [day = "", time = ""] = new Date(at).toISOString().split("T");
  const [today] = new Date(reportAt).toISOString().split("T");
  const clock = `${time.slice(0, 5)} UTC`;
  return day === today ? clock : `${day} ${clock}`;
}
