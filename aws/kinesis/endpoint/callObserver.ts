import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import type { RecordJournal, StreamId } from "../journal/journalRecord";
import type { KinesisCall } from "../kinesisCall";
import type { HttpAnswer } from "./httpServer";
import { KinesisError, kinesisError } from "./kinesisError";
import {
  decodeMessage,
  type KinesisAnswerBody,
  type KinesisRequestBody,
  type ReadBody,
} from "./kinesisMessage";
import type { KinesisRequest } from "./kinesisRequest";
import { acceptedRecords, putCounts, putsOf, refusedCounts } from "./putExchange";
import { noCounts, readCounts } from "./readCounts";
import { StreamMemory } from "./streamMemory";

type ObservedOperation = KinesisCall["operation"] | "GetShardIterator";

export interface ObservedRequest extends Pick<KinesisRequest, "contentType" | "region"> {
  readonly operation: ObservedOperation;
  readonly body: Buffer;
}

/** A call that was understood. */
interface Exchange {
  readonly operation: ObservedOperation;
  readonly message: KinesisRequestBody;
  /** Absent if an iterator is too old to be remembered. */
  readonly stream: StreamId | undefined;
  /** When it began, in milliseconds since 1970. */
  readonly began: number;
}

/** Whether a call is about records, or leads to them. */
export function isObserved(operation: string): operation is ObservedOperation {
  return ["PutRecord", "PutRecords", "GetRecords", "GetShardIterator"].includes(operation);
}

/** Keeps the records that calls put, and tells of each call. */
export class CallObserver {
  readonly #journal: RecordJournal;
  readonly #onCall: (call: KinesisCall) => void;
  readonly #streams = new StreamMemory();

  constructor(context: {
    readonly journal: RecordJournal;
    readonly onCall: (call: KinesisCall) => void;
  }) {
    this.#journal = context.journal;
    this.#onCall = context.onCall;
  }

  /**
   * @returns what `call` answers, once the journal has the records that it accepts
   * @throws KinesisError for a request that nobody could understand; what `call` and the journal throw
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
      if (!stream) throw new Error("The request names no stream.");
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
        : { operation, ...call, ...refusedCounts(operation, message, errorCode) },
    );
  }
}

function answered({ region, stream: streamName }: StreamId, began: number) {
  const at = Date.now();
  return { region, streamName, at, milliseconds: at - began };
}
