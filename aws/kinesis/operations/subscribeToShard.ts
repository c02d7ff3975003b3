import { EventStream } from "../../eventStream";
import { optional, required, structure, timestamp } from "../../requestShape";
import { consumerArnShape, consumerNotFound, findConsumer } from "./consumerArn";
import {
  account,
  operation,
  rejectStreamId,
  sequenceNumberShape,
  shardIdShape,
  streamMembers,
} from "./operation";
import { readShardOf } from "./shardPage";
import { positionType, startOf } from "./startingPosition";
import { subscriptionEvents } from "./subscriptionEvents";

const startingPosition = structure({
  Type: required(positionType),
  SequenceNumber: optional(sequenceNumberShape),
  Timestamp: optional(timestamp),
});

/** Enhanced fan-out: pushes the records of a shard to a registered consumer. */
export const subscribeToShard = operation(
  {
    ConsumerARN: required(consumerArnShape),
    StreamId: streamMembers.StreamId,
    ShardId: required(shardIdShape),
    StartingPosition: required(startingPosition),
  },
  async ({ ConsumerARN: arn, StreamId, ShardId, StartingPosition: start }, context) => {
    rejectStreamId(StreamId);
    const found = findConsumer(arn, context);
    if (!found) throw consumerNotFound(arn);
    const { stream, consumer } = found;
    const shard = readShardOf(stream, ShardId);
    const position = { type: start.Type, sequence: start.SequenceNumber, time: start.Timestamp };
    const from = await startOf(position, stream, shard, {
      ...{ operation: "SubscribeToShard", now: context.store.clock.now() },
    });
    const name = `${account}:${stream.id.name}:${ShardId}:${consumer.name}`;
    const takenOver = context.subscriptions.begin(name, arn);
    const subscription = { stream, consumer, name, shard: shard.number, from, takenOver };
    return new EventStream((ended) => subscriptionEvents(subscription, context, ended));
  },
);
