/** A whole number with thousands separators, e.g. `12,345`. */
export function grouped(count: number): string {
  return count.toLocaleString("en-US");
}

const UNITS = ["KiB", "MiB", "GiB", "TiB"] as const;

/** Bytes in the unit that keeps the number short, e.g. `1.5 MiB`. */
export function byteSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  let value = bytes / 1024;
  let unit = 0;
  while (value >= 1023.95 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value.toFixed(1)} ${UNITS[unit] ?? ""}`;
}

/** A count with its noun, e.g. `1 policy`, `2 policies` and `12,345 records`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

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
