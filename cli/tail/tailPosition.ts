import { InvalidArgumentError } from "commander";

/** Where reading starts; a day starts at its midnight in UTC for a stream. */
export type TailPosition = "latest" | "trim-horizon" | { readonly day: string } | Date;

/** @throws InvalidArgumentError with what is allowed */
export function startingPosition(value: string, now = Date.now()): TailPosition {
  if (value === "latest" || value === "trim-horizon") return value;
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return { day: value };
  const [, amount, unit] = /^(\d+)(s|m|h|d)(?: ago)?$/.exec(value) ?? [];
  if (unit !== undefined) return new Date(now - Number(amount) * unitMilliseconds(unit));
  const time = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(value) ? new Date(value) : new Date(NaN);
  if (!Number.isNaN(time.getTime())) return time;
  throw new InvalidArgumentError(
    "It must be latest, trim-horizon, a day (2026-11-22), a time (2026-11-22T10:30:00Z) or an age (15m).",
  );
}

function unitMilliseconds(unit: string): number {
  return { s: 1000, m: 60_000, h: 3_600_000 }[unit] ?? 86_400_000;
}

/** @throws InvalidArgumentError with what is allowed */
export function count(value: string): number {
  const records = Number(value);
  if (Number.isSafeInteger(records) && records > 0) return records;
  throw new InvalidArgumentError("It must be a whole number above 0.");
}
