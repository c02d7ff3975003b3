import { nameInArn, parseArn } from "../../../components/iam/arn";
import type { StreamId } from "../journal/journalRecord";
import type { KinesisAnswerBody, KinesisRequestBody } from "./kinesisMessage";

/** Knows which stream a call is about. */
export class StreamMemory {
  readonly #streams = new Map<string, StreamId>();
  readonly #capacity: number;

  /** @param capacity how many shard iterators are remembered; they are valid for five minutes */
  constructor(capacity = 20_000) {
    this.#capacity = capacity;
  }

  /**
   * @param region of the signature, which an ARN overrules
   * @returns nothing if the request does not tell, and its iterator is not remembered
   * @throws if the ARN is none
   */
  streamOf(
    { StreamARN, StreamName, ShardIterator }: KinesisRequestBody,
    region: string,
  ): StreamId | undefined {
    if (StreamARN) {
      return { region: parseArn(StreamARN).region, stream: nameInArn(StreamARN) };
    }
    if (StreamName) return { region, stream: StreamName };
    return ShardIterator ? this.#streams.get(ShardIterator) : undefined;
  }

  /** Remembers the iterator of an answer: GetRecords has nothing else to tell its stream by. */
  remember({ ShardIterator, NextShardIterator }: KinesisAnswerBody, stream: StreamId): void {
    const iterator = ShardIterator ?? NextShardIterator;
    if (!iterator) return;
    this.#streams.set(iterator, stream);
    for (const oldest of this.#streams.keys()) {
      if (this.#streams.size <= this.#capacity) break;
      this.#streams.delete(oldest);
    }
  }
}
