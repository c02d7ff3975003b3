import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { nameInArn, parseArn } from "../../../components/iam/arn";
import type { RecordJournal, StreamId } from "../journal/journalFile";
import type { KinesisCall } from "../kinesisCall";
import type { HttpAnswer } from "./httpServer";
import {
  decodeMessage,
  type KinesisAnswerBody,
  KinesisError,
  kinesisError,
  type KinesisRequest,
  type KinesisRequestBody,
  type ReadBody,
} from "./kinesisMessage";
import {
  acceptedRecords,
  noCounts,
  putCounts,
  putsOf,
  readCounts,
  rejectedCounts,
} from "./putExchange";

type ObservedOperation = KinesisCall["operation"] | "GetShardIterator";

export interface ObservedRequest extends Pick<KinesisRequest, "contentType" | "region"> {
  readonly operation: ObservedOperation;
  readonly body: Buffer;
}

/** A call that could be decoded. */
interface Exchange {
  readonly operation: ObservedOperation;
  readonly message: KinesisRequestBody;
  /** Absent if the call has an iterator that is no longer remembered. */
  readonly stream: StreamId | undefined;
  /** When it began, in milliseconds since 1970. */
  readonly began: number;
}

/** Whether a call puts or gets records, or prepares that. */
export function isObserved(operation: string): operation is ObservedOperation {
  return ["PutRecord", "PutRecords", "GetRecords", "GetShardIterator"].includes(operation);
}

/** Journals the records that calls put, and reports each call. */
export class CallObserver {
  readonly #journal: RecordJournal;
  readonly #onCall: (call: KinesisCall) => void;
  readonly #streams = new IteratorStreams();

  constructor(context: {
    readonly journal: RecordJournal;
    readonly onCall: (call: KinesisCall) => void;
  }) {
    this.#journal = context.journal;
    this.#onCall = context.onCall;
  }

  /**
   * @returns the answer of `call`, once the journal has the accepted records
   * @throws KinesisError if the request cannot be decoded; errors of `call` and of the journal
   */
  async observe(request: ObservedRequest, call: () => Promise<HttpAnswer>): Promise<HttpAnswer> {
    const exchange = this.#understand(request);
    try {
      const answer = await call();
      const body = await buffer(answer.body);
      const contentType = String(answer.headers["content-type"]);
      const message = decodeMessage(contentType, body) as KinesisAnswerBody;
      if (answer.status === 200) await this.#succeeded(exchange, message, contentType);
      else this.#failed(exchange, (message.__type ?? "UnknownError").replace(/^.*#/u, ""));
      return { ...answer, body: Readable.from(body) };
    } catch (error) {
      this.#failed(exchange, kinesisError(error).code);
      throw error;
    }
  }

  #understand({ operation, contentType, region, body }: ObservedRequest): Exchange {
    try {
      const message = decodeMessage(contentType, body) as KinesisRequestBody;
      const stream = this.#streams.streamOf(message, region);
      return { operation, message, stream, began: Date.now() };
    } catch (error) {
      throw new KinesisError(400, "SerializationException", (error as Error).message);
    }
  }

  async #succeeded(
    { operation, message, stream, began }: Exchange,
    answer: KinesisAnswerBody,
    contentType: string,
  ): Promise<void> {
    if (operation === "PutRecord" || operation === "PutRecords") {
      if (!stream) throw new Error("The request does not name a stream.");
      const puts = putsOf(operation, message, answer);
      const accepted = acceptedRecords(puts, stream);
      if (accepted.length > 0) await this.#journal.append(accepted);
      this.#onCall({ operation, ...answered(stream, began), ...putCounts(puts) });
    } else if (stream) {
      this.#streams.remember(answer, stream);
      if (operation === "GetShardIterator") return;
      const counts = readCounts(answer as ReadBody, contentType, Date.now());
      this.#onCall({ operation, ...answered(stream, began), ...counts });
    }
  }

  #failed({ operation, message, stream, began }: Exchange, errorCode: string): void {
    if (!stream || operation === "GetShardIterator") return;
    const call = { ...answered(stream, began), errorCode };
    this.#onCall(
      operation === "GetRecords"
        ? { operation, ...call, ...noCounts }
        : { operation, ...call, ...rejectedCounts(operation, message, errorCode) },
    );
  }
}

function answered({ region, stream: streamName }: StreamId, began: number) {
  const at = Date.now();
  return { region, streamName, at, milliseconds: at - began };
}

/** Determines the stream of a call. */
export class IteratorStreams {
  readonly #streams = new Map<string, StreamId>();
  readonly #capacity: number;

  /** @param capacity how many shard iterators are remembered; they are valid for five minutes */
  constructor(capacity = 20_000) {
    this.#capacity = capacity;
  }

  /**
   * @param region of the signature; an ARN overrides it
   * @returns undefined if the request does not name a stream and its iterator is not remembered
   * @throws if the ARN is malformed
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

  /** Remembers the iterator of an answer, which is all that identifies the stream of GetRecords. */
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
