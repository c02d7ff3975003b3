import { setTimeout } from "node:timers/promises";

const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 3_000;

/** Waits, at most until the signal fires. Never rejects. */
export type Sleep = (milliseconds: number, signal: AbortSignal) => Promise<void>;

/**
 * The delay before a producer's retry, in milliseconds: a random share of a limit that doubles with
 * each retry, so that producers that are throttled together do not retry together.
 *
 * This is the back-off of a sender, which gives up after some retries (`putBatch`). The local
 * Firehose has a different one: it retries without randomness and never gives up.
 *
 * @param retry counts from 1
 * @param random at least 0, below 1
 */
export function backOffDelay(retry: number, random: number): number {
  const limit = Math.min(FIRST_DELAY_MS * 2 ** (retry - 1), LONGEST_DELAY_MS);
  return Math.round(limit * random);
}

export const sleep: Sleep = async (milliseconds, signal) => {
  await setTimeout(milliseconds, undefined, { signal }).catch(() => undefined);
};
