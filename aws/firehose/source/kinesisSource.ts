import {
  type _Record,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListShardsCommand,
  type KinesisClient,
} from "@aws-sdk/client-kinesis";
import type { Shard, SourceRecord, StreamSource } from "./streamSource";

/** Reads a stream through the Kinesis API. */
export function kinesisSource(client: KinesisClient, streamName: string): StreamSource {
  return {
    async listShards(abortSignal) {
      const shards: Shard[] = [];
      let token: string | undefined;
      do {
        // The API rejects the stream's name together with a token.
        const input = token === undefined ? { StreamName: streamName } : { NextToken: token };
        const page = await client.send(new ListShardsCommand(input), { abortSignal });
        for (const { ShardId, ParentShardId, AdjacentParentShardId } of page.Shards ?? []) {
          const parents = [ParentShardId, AdjacentParentShardId].filter((id) => id !== undefined);
          shards.push({ id: required(ShardId, "ShardId"), parents });
        }
        token = page.NextToken;
      } while (token !== undefined);
      return shards;
    },

    async shardIterator(shardId, after, abortSignal) {
      const command = new GetShardIteratorCommand({
        StreamName: streamName,
        ShardId: shardId,
        ...(after === undefined
          ? { ShardIteratorType: "TRIM_HORIZON" }
          : { ShardIteratorType: "AFTER_SEQUENCE_NUMBER", StartingSequenceNumber: after }),
      });
      const { ShardIterator } = await client.send(command, { abortSignal });
      return required(ShardIterator, "ShardIterator");
    },

    async records(iterator, abortSignal) {
      const command = new GetRecordsCommand({ ShardIterator: iterator });
      const answer = await client.send(command, { abortSignal });
      const { Records = [], NextShardIterator: nextIterator, MillisBehindLatest = 0 } = answer;
      return {
        records: Records.map(sourceRecord),
        ...(nextIterator !== undefined && { nextIterator }),
        millisBehindLatest: MillisBehindLatest,
      };
    },
  };
}

function sourceRecord(record: _Record): SourceRecord {
  return {
    data: required(record.Data, "Data"),
    arrival: required(record.ApproximateArrivalTimestamp, "ApproximateArrivalTimestamp").getTime(),
    sequenceNumber: required(record.SequenceNumber, "SequenceNumber"),
  };
}

/** Members that the SDK's types leave optional, but the API's documentation guarantees. */
function required<T>(value: T | undefined, member: string): T {
  if (value === undefined) throw new Error(`The response of Kinesis has no ${member}.`);
  return value;
}
