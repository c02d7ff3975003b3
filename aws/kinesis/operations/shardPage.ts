import { sequenceNumbers, shardId } from "../store/sequenceNumber";
import type { Shard } from "../store/shard";
import type { Stream } from "../store/stream";
import { resourceNotFound } from "./kinesisFailure";
import { account, type OperationContext } from "./operation";

interface PageLimits {
  /** Counter of the first record. */
  readonly from: number;
  readonly limit: number;
  /** Of data and partition keys; one record is returned even if it is larger. */
  readonly maxBytes: number;
}

/** Records of a shard as consumers get them. */
export interface ShardPage {
  /** In AWS's form. */
  readonly records: readonly object[];
  /** Of data and partition keys. */
  readonly bytes: number;
  /** Counter from which to read on. */
  readonly next: number;
  /** 0 if the last record of the shard was read. */
  readonly millisBehind: number;
  /** The shard was split or merged, and its last record was read. */
  readonly isOver: boolean;
}

export async function readPage(
  stream: Stream,
  { log, created, number, closed }: Shard,
  { store }: OperationContext,
  limits: PageLimits,
): Promise<ShardPage> {
  const page = await log.read({ ...limits, since: stream.horizon });
  const sequence = sequenceNumbers(created, number);
  const isBehind = page.next < log.next;
  // Never 0 while records follow, even if the clock was set back: 0 means that the reader is at the end.
  const age = Math.max(1, store.clock.now() - (page.records.at(-1)?.arrival ?? Infinity));
  return {
    records: page.records.map(({ counter, arrival, data, partitionKey }) => ({
      SequenceNumber: sequence(counter),
      ApproximateArrivalTimestamp: new Date(arrival),
      Data: data,
      PartitionKey: partitionKey,
    })),
    bytes: page.records.reduce(
      (sum, { data, partitionKey }) => sum + data.length + Buffer.byteLength(partitionKey),
      0,
    ),
    next: page.next,
    millisBehind: isBehind ? age : 0,
    isOver: !isBehind && closed !== undefined,
  };
}

/** @throws KinesisFailure if the stream has no such shard */
export function readShardOf(stream: Stream, id: string): Shard {
  const shard = stream.shards.find(({ number }) => shardId(number) === id);
  if (shard) return shard;
  throw noSuchShard(id, stream.id.name);
}

/** What AWS says to a reader. */
export function noSuchShard(id: string, stream: string): Error {
  return resourceNotFound(
    `Shard ${id} in stream ${stream} under account ${account} does not exist`,
  );
}
