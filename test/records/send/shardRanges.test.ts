import assert from "node:assert/strict";
import type { ListShardsCommand, ListShardsCommandOutput, Shard } from "@aws-sdk/client-kinesis";
import { openShards } from "../../../records/send/shardRanges";
import { serviceError } from "../support/fakeKinesis";

const half = 2n ** 127n;
const shard = (first: bigint, last: bigint, isClosed = false): Shard => ({
  ShardId: "s",
  HashKeyRange: { StartingHashKey: String(first), EndingHashKey: String(last) },
  SequenceNumberRange: {
    StartingSequenceNumber: "1",
    ...(isClosed && { EndingSequenceNumber: "2" }),
  },
});

/** Answers with one shard a page. */
function client(...shards: readonly Shard[]) {
  return {
    send({ input }: ListShardsCommand): Promise<ListShardsCommandOutput> {
      const index = Number(input.NextToken ?? 0);
      assert.equal(input.StreamName, input.NextToken === undefined ? "clicks" : undefined);
      const next = index + 1 < shards.length ? { NextToken: String(index + 1) } : {};
      return Promise.resolve({ $metadata: {}, Shards: shards.slice(index, index + 1), ...next });
    },
  };
}

describe("openShards", () => {
  it("finds the open shard of a partition key by its MD5, on all pages", async () => {
    const shardOf = await openShards(
      client(shard(0n, 2n * half - 1n, true), shard(0n, half - 1n), shard(half, 2n * half - 1n)),
      "clicks",
    );
    // The MD5 of "a" begins with 0c, that of "b" with 92.
    assert.deepEqual([shardOf("a"), shardOf("b")], [0, 1]);
  });

  it("says which permission is missing", async () => {
    const denied = { send: () => Promise.reject(serviceError("AccessDeniedException", 400, "no")) };
    await assert.rejects(openShards(denied, "clicks"), {
      message:
        'Cannot list the shards of the Kinesis stream "clicks", which aggregated records with keys of their ' +
        "own need. This requires kinesis:ListShards. (AccessDeniedException: no)",
    });
  });
});
