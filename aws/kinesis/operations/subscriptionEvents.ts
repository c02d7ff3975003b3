import type { Clock } from "../../clock";
import type { StreamEvent } from "../../eventStream";
import { sequenceNumber, shardId } from "../store/sequenceNumber";
import type { Stream } from "../store/stream";
import type { StreamConsumer } from "../store/streamManifest";
import { consumerArnOf, consumerNotFound } from "./consumerArn";
import { childShards } from "./describedShard";
import { resourceNotFound } from "./kinesisFailure";
import { account, type OperationContext } from "./operation";
import { readPage, readShardOf } from "./shardPage";
import { subscriptionExists, subscriptionMilliseconds } from "./subscriptions";

export interface Subscription {
  readonly stream: Stream;
  readonly consumer: StreamConsumer;
  /** As AWS names it: account, stream, shard and consumer. */
  readonly name: string;
  /** Number of the shard in its stream. */
  readonly shard: number;
  /** Counter of the first record. */
  readonly from: number;
  /** Aborted when the consumer subscribes again. */
  readonly takenOver: AbortSignal;
}

/** At most so long is between two events, also without records. */
const eventMilliseconds = 5000;
const maxRecords = 10_000;
/** Data and partition keys of one event; one record is sent even if it is larger. */
const maxEventBytes = 1024 * 1024;
/** With limited throughput, for each shard and consumer (Developer Guide, "Quotas and limits"). */
const bytesPerSecond = 2 * 1024 * 1024;

/**
 * What a subscription sends, as fast as it is read: records as soon as they are stored, the children of a
 * shard at its end. It ends after five minutes.
 *
 * @param ended nobody reads on
 * @throws KinesisFailure if the consumer has subscribed again, or its stream or itself is gone
 */
export async function* subscriptionEvents(
  subscription: Subscription,
  context: OperationContext,
  ended: AbortSignal,
): AsyncGenerator<StreamEvent, void, undefined> {
  const { stream, takenOver } = subscription;
  const { clock } = context.store;
  const expires = clock.monotonic() + subscriptionMilliseconds;
  /** The next event, even if it is empty. */
  let due = clock.monotonic();
  /** When the throughput allows the next event. */
  let ready = due;
  let { from } = subscription;
  const pause = new Pause(clock);
  stream.listeners.add(pause.end);
  takenOver.addEventListener("abort", pause.end);
  ended.addEventListener("abort", pause.end);
  try {
    for (;;) {
      pause.begin();
      const now = clock.monotonic();
      if (ended.aborted || now >= expires) return;
      requireCurrent(subscription, context);
      if (now < ready) {
        await pause.last(Math.min(ready, expires) - now);
        continue;
      }
      const shard = readShardOf(stream, shardId(subscription.shard));
      const limits = { from, limit: maxRecords, maxBytes: maxEventBytes };
      const page = await readPage(stream, shard, context, limits);
      from = page.next;
      const isEmpty = page.records.length === 0;
      const isOver = page.isOver && isEmpty;
      if (isEmpty && !isOver && now < due) {
        await pause.last(Math.min(due, expires) - now);
        continue;
      }
      const position = { created: shard.created, shard: shard.number, counter: from - 1 };
      const payload = {
        Records: page.records,
        // What follows the last record of a shard is its end: clients know it by the absent number.
        ContinuationSequenceNumber: isOver
          ? undefined
          : sequenceNumber({ ...position, isAfter: true }),
        MillisBehindLatest: page.millisBehind,
        ChildShards: isOver ? childShards(stream, shard) : undefined,
      };
      yield { type: "SubscribeToShardEvent", payload };
      if (isOver) return;
      due = clock.monotonic() + eventMilliseconds;
      if (context.throughput) ready = now + (page.bytes / bytesPerSecond) * 1000;
    }
  } finally {
    stream.listeners.delete(pause.end);
    takenOver.removeEventListener("abort", pause.end);
    ended.removeEventListener("abort", pause.end);
  }
}

function requireCurrent(
  { stream, consumer, name, takenOver }: Subscription,
  { store }: OperationContext,
): void {
  if (takenOver.aborted) throw subscriptionExists(name);
  if (store.stream(stream.id) !== stream)
    throw resourceNotFound(`Stream ${stream.id.name} under account ${account} not found.`);
  const arn = consumerArnOf(stream, consumer);
  const isRegistered = stream.settings.consumers.some((one) => consumerArnOf(stream, one) === arn);
  if (!isRegistered) throw consumerNotFound(arn);
}

/** Waits, unless something has happened since it began. */
class Pause {
  readonly #clock: Clock;
  #happened = new AbortController();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  readonly end = (): void => {
    this.#happened.abort();
  };

  begin(): void {
    this.#happened = new AbortController();
  }

  last(milliseconds: number): Promise<void> {
    return this.#clock.sleep(milliseconds, this.#happened.signal);
  }
}
