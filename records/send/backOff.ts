import { setTimeout } from "node:timers/promises";

const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 3_000;

/** Waits, at most until the signal fires; never fails. */
export type Sleep = (milliseconds: number, signal: AbortSignal) => Promise<void>;

/**
 * Milliseconds to wait before a retry: a random share of a ceiling that doubles with each retry, so
 * that callers refused together do not come back together.
 *
 * @param retry counts from 1
 * @param random from 0 to below 1
 */
export function backOffDelay(retry: number, random: number): number {
  const ceiling = Math.min(FIRST_DELAY_MS * 2 ** (retry - 1), LONGEST_DELAY_MS);
  return Math.round(ceiling * random);
}

export const sleep: Sleep = async (milliseconds, signal) => {
  await setTimeout(milliseconds, undefined, { signal }).catch(() => undefined);
};
