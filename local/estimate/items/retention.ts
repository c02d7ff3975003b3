import type { BilledMonth } from "../traffic";

const dayHours = 24;
const weekHours = 7 * dayHours;

/** GB-months of what a stream keeps between 24 hours and 7 days. */
export function retainedGigabyteMonths(
  gigabytes: number,
  retentionHours: number,
  month: BilledMonth,
): number {
  const kept = Math.max(0, Math.min(retentionHours, weekHours) - dayHours);
  return (gigabytes * kept) / month.hours;
}

/** GB-months of what a stream keeps after 7 days. */
export function longTermGigabyteMonths(
  gigabytes: number,
  retentionHours: number,
  month: BilledMonth,
): number {
  return (gigabytes * Math.max(0, retentionHours - weekHours)) / month.hours;
}
