import { positionsFile, type PositionsContext, readPositions } from "./positions";
import { shardId } from "./sequenceNumber";
import type { Stream } from "./stream";

/** Records of a stream that its delivery streams have not delivered. */
interface StreamRecords {
  readonly region: string;
  readonly stream: string;
  /** Those that can be delivered. */
  readonly records: number;
  /** Those that damage has cost since delivery began in this run; absent if there are none. */
  readonly unreadable?: number;
}

/** What was accepted and is not delivered. */
export interface UndeliveredRecords {
  /** In streams that are read. */
  readonly resumed: readonly StreamRecords[];
  /** In streams of an earlier run that nothing declares any more. They stay where they are. */
  readonly kept: readonly (StreamRecords & { readonly directory: string })[];
}

/** Counts the records of a store beyond the positions of the delivery streams. */
export class UndeliveredCounter {
  readonly #directory: string;
  readonly #context: PositionsContext;
  /** For each stream, the counters of the last records that were delivered when it was first counted. */
  readonly #origins = new Map<Stream, ReadonlyMap<number, number>>();

  /** @param directory of the store */
  constructor(directory: string, context: PositionsContext) {
    this.#directory = directory;
    this.#context = context;
  }

  /**
   * The records that not all of some delivery streams have delivered.
   *
   * @param readers names of the delivery streams; without one, nothing is delivered
   * @returns undefined if there are none
   */
  async count(stream: Stream, readers: readonly string[]): Promise<StreamRecords | undefined> {
    const delivered = await this.#delivered(stream, readers);
    const origins = this.#origins.get(stream) ?? delivered;
    this.#origins.set(stream, origins);
    let records = 0;
    let unreadable = 0;
    for (const { number, log } of stream.shards) {
      records += log.countBetween(delivered.get(number) ?? 0, log.next);
      unreadable += log.lostBetween(origins.get(number) ?? 0, log.next);
    }
    if (records === 0 && unreadable === 0) return undefined;
    const { region, name } = stream.id;
    return { region, stream: name, records, ...(unreadable > 0 && { unreadable }) };
  }

  /** By number of the shard, the counter up to which all delivery streams have delivered. */
  async #delivered(
    stream: Stream,
    readers: readonly string[],
  ): Promise<ReadonlyMap<number, number>> {
    const { region, name } = stream.id;
    const positions: ReadonlyMap<string, number>[] = [];
    for (const deliveryStream of readers) {
      const file = positionsFile(this.#directory, { region, stream: name, deliveryStream });
      positions.push(await readPositions(file, stream, this.#context));
    }
    const slowest = ({ number }: { readonly number: number }): number => {
      const counters = positions.map((position) => position.get(shardId(number)) ?? 0);
      return counters.length === 0 ? 0 : Math.min(...counters);
    };
    return new Map(stream.shards.map((shard) => [shard.number, slowest(shard)]));
  }
}
