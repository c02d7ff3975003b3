/** The last record of each shard, by sequence number, that is in the bucket. */
export type Positions = ReadonlyMap<string, string>;

/**
 * Keeps how far a delivery stream has come in its source. It is written after an object is in the
 * bucket and never before, so that a delivery stream that dies at any moment goes on without a gap:
 * what it had read and not delivered is read again.
 */
export interface Checkpoints {
  /** Empty for a delivery stream that never delivered. */
  load(): Promise<Positions>;
  /** Replaces what was saved before; all or nothing, if the process ends in between. */
  save(positions: Positions): Promise<void>;
}

/** For a delivery stream that is never started again. */
export const noCheckpoints: Checkpoints = {
  load: () => Promise.resolve(new Map()),
  save: () => Promise.resolve(),
};
