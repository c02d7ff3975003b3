import { deliveryStreamTarget, type SendTarget, streamTarget } from "../../records/send/sendTarget";
import { openShards, type ShardOf } from "../../records/send/shardRanges";
import type { TargetEntry } from "../../records/target/target";
import type { AwsOptions } from "../options";
import { firehoseClient, kinesisClient } from "../serviceClients";
import type { OpenTarget } from "./openTarget";

/** A client that puts records, and where it puts them. */
export interface EntryClient {
  readonly client: { destroy(): void };
  readonly target: SendTarget;
  /** The open shards of a stream at this moment; absent for a delivery stream. */
  readonly shards?: () => Promise<ShardOf>;
}

/** Opens the stream or delivery stream of a target for producers. */
export async function entryClient(
  entry: TargetEntry,
  aws: OpenTarget["aws"],
): Promise<EntryClient> {
  const { type, name, region } = entry;
  const used: AwsOptions = await aws(type === "stream" ? "kinesis" : "firehose", region);
  if (type === "stream") {
    const client = kinesisClient(used);
    return { client, target: streamTarget(client, name), shards: () => openShards(client, name) };
  }
  const client = firehoseClient(used);
  return { client, target: deliveryStreamTarget(client, name) };
}
