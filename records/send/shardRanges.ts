import { createHash } from "node:crypto";
import { ListShardsCommand, type ListShardsCommandOutput } from "@aws-sdk/client-kinesis";
import { awsFailure } from "../awsFailure";

/** The part of a KinesisClient that listing shards uses. */
export interface ListShardsClient {
  send(command: ListShardsCommand): Promise<ListShardsCommandOutput>;
}

/** The hash keys of an open shard, both inclusive. */
interface ShardRange {
  readonly first: bigint;
  readonly last: bigint;
}

/** Where a stream puts a partition key: the number of one of its open shards. */
export type ShardOf = (partitionKey: string) => number;

/**
 * The open shards of a stream at this moment.
 *
 * @throws Error with what to check if they cannot be listed
 */
export async function openShards(client: ListShardsClient, stream: string): Promise<ShardOf> {
  const ranges: ShardRange[] = [];
  let token: string | undefined;
  do {
    const page: ListShardsCommandOutput = await client
      .send(
        new ListShardsCommand(token === undefined ? { StreamName: stream } : { NextToken: token }),
      )
      .catch((error: unknown) => {
        const { code, message } = awsFailure(error);
        throw new Error(
          `Cannot list the shards of the Kinesis stream "${stream}", which aggregated records with keys of ` +
            `their own need. This requires kinesis:ListShards. (${code}: ${message})`,
        );
      });
    for (const { HashKeyRange, SequenceNumberRange } of page.Shards ?? []) {
      const isClosed = SequenceNumberRange?.EndingSequenceNumber !== undefined;
      if (isClosed || HashKeyRange === undefined) continue;
      const { StartingHashKey = "0", EndingHashKey = "0" } = HashKeyRange;
      ranges.push({ first: BigInt(StartingHashKey), last: BigInt(EndingHashKey) });
    }
    token = page.NextToken;
  } while (token !== undefined);
  return (partitionKey) => {
    const hash = hashKey(partitionKey);
    return ranges.findIndex(({ first, last }) => hash >= first && hash <= last);
  };
}

/** Kinesis API, PutRecord: the MD5 of a partition key is its 128-bit hash key. */
function hashKey(partitionKey: string): bigint {
  return BigInt(`0x${createHash("md5").update(partitionKey).digest("hex")}`);
}
