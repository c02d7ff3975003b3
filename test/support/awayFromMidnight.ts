import { setTimeout as sleep } from "node:timers/promises";

/** Long enough for a test that sends records and reads what was delivered, on a busy machine. */
const MARGIN = 3 * 60_000;
const DAY = 24 * 3_600_000;

/**
 * Waits for the next day in UTC if it begins soon, so that what a test delivers and then looks for is of one
 * day. Prefixes and `verify` have the day of arrival.
 */
export async function awayFromMidnight(): Promise<void> {
  const left = DAY - (Date.now() % DAY);
  if (left < MARGIN) await sleep(left);
}
