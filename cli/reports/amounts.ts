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
