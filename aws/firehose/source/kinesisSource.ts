import type {
  _Record,
  GetRecordsInput,
  GetRecordsOutput,
  GetShardIteratorInput,
  GetShardIteratorOutput,
  ListShardsInput,
  ListShardsOutput,
} from "@aws-sdk/client-kinesis";
import type { Shard, SourceRecord, StreamSource } from "./streamSource";

/** The operations of the Kinesis API with which Firehose reads a stream. */
export interface KinesisReads {
  listShards(input: ListShardsInput): Promise<ListShardsOutput>;
  getShardIterator(input: GetShardIteratorInput): Promise<GetShardIteratorOutput>;
  getRecords(input: GetRecordsInput): Promise<GetRecordsOutput>;
}

/** Reads a stream through the Kinesis API. */
export function kinesisSource(kinesis: KinesisReads, streamName: string): StreamSource {
  return {
    async listShards() {
      const shards: Shard[] = [];
      let token: string | undefined;
      do {
        // The API rejects the stream's name together with a token.
        const input = token === undefined ? { StreamName: streamName } : { NextToken: token };
        const page = await kinesis.listShards(input);
        for (const { ShardId, ParentShardId, AdjacentParentShardId } of page.Shards ?? []) {
          const parents = [ParentShardId, AdjacentParentShardId].filter((id) => id !== undefined);
          shards.push({ id: required(ShardId, "ShardId"), parents });
        }
        token = page.NextToken;
      } while (token !== undefined);
      return shards;
    },

    async shardIterator(shardId, after) {
      const { ShardIterator } = await kinesis.getShardIterator({
        StreamName: streamName,
        ShardId: shardId,
        ...(after === undefined
          ? { ShardIteratorType: "TRIM_HORIZON" }
          : { ShardIteratorType: "AFTER_SEQUENCE_NUMBER", StartingSequenceNumber: after }),
      });
      return required(ShardIterator, "ShardIterator");
    },

    async records(iterator) {
      const answer = await kinesis.getRecords({ ShardIterator: iterator });
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
    partitionKey: required(record.PartitionKey, "PartitionKey"),
  };
}

/** Members that the SDK's types leave optional, but the API's documentation guarantees. */
function required<T>(value: T | undefined, member: string): T {
  if (value === undefined) throw new Error(`The response of Kinesis has no ${member}.`);
  return value;
}
