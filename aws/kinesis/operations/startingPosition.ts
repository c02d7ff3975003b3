import { string } from "../../requestShape";
import { parseSequenceNumber, shardId } from "../store/sequenceNumber";
import type { Shard } from "../store/shard";
import type { Stream } from "../store/stream";
import { invalidArgument } from "./kinesisFailure";
import { account } from "./operation";

/** From where a client can read a shard. */
export const positionType = string({
  values: ["AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER", "TRIM_HORIZON", "LATEST", "AT_TIMESTAMP"],
});

export interface StartingPosition {
  readonly type: string;
  readonly sequence: string | undefined;
  /** In milliseconds since 1970. */
  readonly time: number | undefined;
}

interface StartingContext {
  /** As messages name it. */
  readonly operation: string;
  /** In milliseconds since 1970. */
  readonly now: number;
}

/**
 * @returns counter of the first record to read
 * @throws KinesisFailure as AWS rejects a position that is incomplete or not one of the shard
 */
export async function startOf(
  { type, sequence, time }: StartingPosition,
  stream: Stream,
  shard: Shard,
  { operation, now }: StartingContext,
): Promise<number> {
  const needsSequence = type.endsWith("SEQUENCE_NUMBER");
  if (needsSequence !== (sequence !== undefined))
    throw invalidArgument(
      "Must either specify (1) AT_SEQUENCE_NUMBER/AFTER_SEQUENCE_NUMBER and StartingSequenceNumber or (2) " +
        "TRIM_HORIZON or LATEST and no StartingSequenceNumber. " +
        `Request specified ${type} and ${needsSequence ? "no" : "also a"} StartingSequenceNumber.`,
    );
  if (sequence !== undefined) {
    const { counter, isAfter = false } = positionIn(sequence, stream, shard, operation);
    return type === "AT_SEQUENCE_NUMBER" && !isAfter ? Math.max(1, counter) : counter + 1;
  }
  if (type === "LATEST") return shard.log.next;
  if (type === "TRIM_HORIZON") return Math.max(1, shard.log.first);
  if (time === undefined)
    throw invalidArgument(
      "Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP. Current request has no timestamp parameter.",
    );
  if (time > now)
    throw invalidArgument(
      `The timestampInMillis parameter cannot be greater than the currentTimestampInMillis. timestampInMillis: ${time}, currentTimestampInMillis: ${now}`,
    );
  return shard.log.firstSince(time);
}

function positionIn(
  sequence: string,
  stream: Stream,
  shard: Shard,
  operation: string,
): { readonly counter: number; readonly isAfter?: true } {
  const position = parseSequenceNumber(sequence);
  const given = stream.shards.find(({ number }) => number === position?.shard);
  if (position === undefined || given?.created !== position.created)
    throw invalidArgument(
      `StartingSequenceNumber ${sequence} used in ${operation} on shard ${shardId(shard.number)} in stream ${stream.id.name} under account ${account} is invalid because it did not come from this stream.`,
    );
  if (position.shard !== shard.number)
    throw invalidArgument(
      `Invalid StartingSequenceNumber. It encodes ${shardId(position.shard)}, while it was used in a call to a shard with ${shardId(shard.number)}`,
    );
  return position;
}
