import assert from "node:assert/strict";
import { EventStream, type StreamEvent } from "../../../../aws/eventStream";
import type { Kinesis } from "../../../../aws/kinesis/startKinesis";

interface PushedRecord {
  readonly Data: Buffer;
  readonly PartitionKey: string;
  readonly SequenceNumber: string;
  readonly ApproximateArrivalTimestamp: Date;
}

export interface PushedEvent {
  readonly Records: readonly PushedRecord[];
  readonly ContinuationSequenceNumber?: string | undefined;
  readonly MillisBehindLatest: number;
  readonly ChildShards?:
    readonly { readonly ShardId: string; readonly ParentShards: readonly string[] }[] | undefined;
}

/** A subscription whose events a test reads one by one. */
export class Subscriber {
  readonly #events: AsyncIterator<StreamEvent, unknown>;
  readonly #leaving = new AbortController();

  private constructor(stream: EventStream) {
    const events: AsyncIterable<StreamEvent> = stream.events(this.#leaving.signal);
    this.#events = events[Symbol.asyncIterator]();
  }

  /** Subscribes in this process, without HTTP. */
  static async subscribe(kinesis: Kinesis, input: object, region: string): Promise<Subscriber> {
    const answer = await kinesis.perform("SubscribeToShard", input, region);
    assert.ok(answer instanceof EventStream);
    return new Subscriber(answer);
  }

  /** @returns undefined when the subscription has ended */
  async next(): Promise<PushedEvent | undefined> {
    const result = await this.#events.next();
    if (result.done) return undefined;
    const { type, payload } = result.value;
    assert.equal(type, "SubscribeToShardEvent");
    return payload as PushedEvent;
  }

  /** The next event that has records. */
  async lines(): Promise<readonly string[]> {
    for (;;) {
      const event = await this.next();
      assert.ok(event, "The subscription has ended.");
      if (event.Records.length > 0) return event.Records.map(({ Data }) => Data.toString());
    }
  }

  leave(): void {
    this.#leaving.abort();
  }
}
