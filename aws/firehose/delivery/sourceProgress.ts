import type { SourceRecord } from "../source/streamSource";
import type { Positions } from "./checkpoints";

/**
 * How far a delivery stream has come in each shard. A record is done when it was dropped, or when all
 * parts of it are in the bucket. The position of a shard is the last record before the first one that
 * is not done; whatever is delivered beyond it would be delivered again after a restart.
 *
 * It costs the same however many records there are: buffers and objects claim only their first record
 * of each shard.
 */
export class SourceProgress {
  readonly #shards = new Map<string, ShardProgress>();

  /** @param saved by shard, the last record that is done */
  constructor(saved: Positions = new Map()) {
    for (const [id, last] of saved) this.#shards.set(id, new ShardProgress(last));
  }

  shard(id: string): ShardProgress {
    let shard = this.#shards.get(id);
    if (shard === undefined) this.#shards.set(id, (shard = new ShardProgress(undefined)));
    return shard;
  }

  /**
   * By shard, the last record up to which all are done; without shards that have none.
   *
   * @param others of further outputs, which began with the same positions: a record is done when it is
   *   done in all of them
   */
  positions(...others: readonly SourceProgress[]): Positions {
    const undone = [this, ...others].map((output) => output.#undone());
    const positions = new Map<string, string>();
    for (const id of new Set(undone.flatMap((places) => [...places.keys()]))) {
      // An output without the shard has taken over none of its records.
      const places = undone.map((output) => output.get(id) ?? { number: 0, after: undefined });
      const first = places.reduce((one, other) => (other.number < one.number ? other : one));
      if (first.after !== undefined) positions.set(id, first.after);
    }
    return positions;
  }

  /** By shard, the place of the first record that is not done. */
  #undone(): ReadonlyMap<string, Place> {
    return new Map([...this.#shards].map(([id, shard]) => [id, shard.undone]));
  }
}

/** The records of one shard, in order. */
export class ShardProgress {
  /** What is not in the bucket yet, by claim. Claims come in the order of records: the first is the oldest. */
  readonly #claimed = new Map<Claim, Place>();
  #number = 0;
  #last: string | undefined;

  constructor(last: string | undefined) {
    this.#last = last;
  }

  /** The place of the first record that is not done: of the next record if all are. */
  get undone(): Place {
    for (const place of this.#claimed.values()) return place;
    return this.#place;
  }

  /** The place of the next record. Parts of one record have the same place. */
  get #place(): Place {
    return { number: this.#number, after: this.#last };
  }

  /** A claim includes the next record. */
  claim(claim: Claim): void {
    if (!this.#claimed.has(claim)) this.#claimed.set(claim, this.#place);
  }

  /** The records of a claim are in the bucket. */
  release(claim: Claim): void {
    this.#claimed.delete(claim);
  }

  /** A record was taken over, or a part of one. */
  advance(record: SourceRecord): void {
    if (record.endsRecord === false) return;
    this.#number += 1;
    this.#last = record.sequenceNumber;
  }
}

/** Where a record is in its shard. */
interface Place {
  /** Counts the records of the shard in this run. */
  readonly number: number;
  /** Sequence number of the record before it; undefined if there is none. */
  readonly after: string | undefined;
}

/** The records of a buffer that are not in the bucket yet. The buffer's object takes it over. */
export class Claim {
  readonly #shards = new Set<ShardProgress>();
  #latest: ShardProgress | undefined;

  /** Includes the next record of a shard. */
  add(shard: ShardProgress): void {
    if (shard === this.#latest) return;
    this.#latest = shard;
    this.#shards.add(shard);
    shard.claim(this);
  }

  /** The records are in the bucket. */
  release(): void {
    for (const shard of this.#shards) shard.release(this);
  }
}
