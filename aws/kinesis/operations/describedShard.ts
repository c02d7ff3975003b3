import { sequenceNumber, shardId } from "../store/sequenceNumber";
import type { Shard } from "../store/shard";
import type { Stream } from "../store/stream";
import { account } from "./operation";
import { resourceNotFound } from "./kinesisFailure";

/** A shard in AWS's form. */
export function describedShard({
  number,
  created,
  parents,
  start,
  end,
  closed,
  log,
}: Shard): object {
  const [parent, adjacent] = parents;
  const position = { created, shard: number };
  return {
    ShardId: shardId(number),
    ParentShardId: parent === undefined ? undefined : shardId(parent),
    AdjacentParentShardId: adjacent === undefined ? undefined : shardId(adjacent),
    HashKeyRange: hashKeyRange({ start, end }),
    SequenceNumberRange: {
      StartingSequenceNumber: sequenceNumber({ ...position, counter: 0 }),
      EndingSequenceNumber:
        closed === undefined ? undefined : sequenceNumber({ ...position, counter: log.next }),
    },
  };
}

/** The shards that a closed shard was split or merged into. */
export function childShards(stream: Stream, { number }: Shard): readonly object[] {
  return stream.shards
    .filter(({ parents }) => parents.includes(number))
    .map(({ number: child, parents, start, end }) => ({
      ShardId: shardId(child),
      ParentShards: parents.map(shardId),
      HashKeyRange: hashKeyRange({ start, end }),
    }));
}

function hashKeyRange({ start, end }: Pick<Shard, "start" | "end">): object {
  return { StartingHashKey: String(start), EndingHashKey: String(end) };
}

/** @throws KinesisFailure if the stream has no such shard */
export function shardOf(stream: Stream, id: string): Shard {
  const shard = stream.shards.find(({ number }) => shardId(number) === id);
  if (shard) return shard;
  throw resourceNotFound(
    `Could not find shard ${id} in stream ${stream.id.name} under account ${account}.`,
  );
}
