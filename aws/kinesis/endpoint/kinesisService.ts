import { ApiEndpoint } from "../../apiEndpoint";
import { asFailure } from "../../apiFailure";
import type { HttpAnswer, HttpRequest } from "../../httpListener";
import type { WireFormat } from "../../jsonFormat";
import { PutGate } from "../../putGate";
import type { KinesisCall } from "../kinesisCall";
import { consumerOperations } from "../operations/consumerOperations";
import { encryptionOperations } from "../operations/encryptionOperations";
import { KinesisFailure } from "../operations/kinesisFailure";
import {
  type CallCounts,
  type Operation,
  parseStreamArn,
  throttledCode,
} from "../operations/operation";
import { putOperations } from "../operations/putOperations";
import { iteratorStream, readOperations } from "../operations/readOperations";
import { shardOperations } from "../operations/shardOperations";
import { policyOperations } from "../operations/policyOperations";
import { monitoringOperations } from "../operations/monitoringOperations";
import type { ShardThroughput } from "../operations/shardThroughput";
import { subscribeToShard } from "../operations/subscribeToShard";
import { Subscriptions } from "../operations/subscriptions";
import { streamOperations } from "../operations/streamOperations";
import { tagOperations } from "../operations/tagOperations";
import type { StreamStore } from "../store/streamStore";
import { readCbor, writeCbor } from "./cborMessage";

export interface ServiceContext {
  readonly store: StreamStore;
  /** Regions in which streams can be created through the API. */
  readonly mayCreate: (region: string) => boolean;
  /** Gets every call that puts or gets records, as it is answered. */
  readonly onCall: (call: KinesisCall) => void;
  /** Absent if throughput is not limited. */
  readonly throughput?: ShardThroughput;
}

const operations: Readonly<Record<string, Operation>> = {
  ...streamOperations,
  ...shardOperations,
  ...putOperations,
  ...readOperations,
  ...tagOperations,
  ...consumerOperations,
  ...encryptionOperations,
  ...monitoringOperations,
  ...policyOperations,
  SubscribeToShard: subscribeToShard,
};

/** Of data and partition keys of one request. */
const maxDataBytes = 10 * 1024 * 1024;

/** The Java SDK, and what is built on it, writes CBOR. */
const cbor: WireFormat = {
  contentType: "application/x-amz-cbor-1.1",
  read: readCbor,
  write: writeCbor,
};

/** Answers requests as the Kinesis API does. */
export class KinesisService {
  readonly #context: ServiceContext;
  readonly #endpoint: ApiEndpoint;
  readonly #subscriptions: Subscriptions;
  readonly #puts = new PutGate(
    () =>
      new KinesisFailure(
        "ServiceUnavailable",
        "Kinesis is stopping and accepts no more records.",
        503,
      ),
  );

  constructor(context: ServiceContext) {
    this.#context = context;
    this.#subscriptions = new Subscriptions(context.store.clock);
    this.#endpoint = new ApiEndpoint({
      service: "Kinesis",
      target: "Kinesis_20131202",
      maxDataBytes,
      formats: {
        "application/x-amz-cbor-1.1": cbor,
        "application/x-amz-cbor-1.0": cbor,
        "application/cbor": cbor,
      },
      supports: (name) => Object.hasOwn(operations, name),
      perform: (name, message, region) => this.perform(name, message, region),
    });
  }

  /** Rejects each put from now on; resolves when those that have begun are done. */
  rejectPuts(): Promise<void> {
    return this.#puts.close();
  }

  /** Never rejects. */
  answer(request: HttpRequest): Promise<HttpAnswer> {
    return this.#endpoint.answer(request);
  }

  /**
   * Performs an operation for a caller in this process, with the values of the API: bytes and dates
   * instead of their encodings.
   *
   * @throws ApiFailure as AWS rejects it
   */
  async perform(name: string, message: object, region: string): Promise<object> {
    const operation = operations[name];
    if (!operation) throw new KinesisFailure("UnknownOperationException", "");
    const { store, mayCreate, onCall, throughput } = this.#context;
    const begun = performance.now();
    const observed = (counts: CallCounts | KinesisFailure): void => {
      const now = store.clock.now();
      const milliseconds = Math.round(performance.now() - begun);
      const call = callOf(name, message, region, counts);
      if (call) onCall({ ...call, at: now, milliseconds });
    };
    try {
      const perform = () =>
        operation.perform(message, {
          ...{ store, region, mayCreate, subscriptions: this.#subscriptions },
          ...(throughput && { throughput }),
        });
      const { body, counts } = await (isPut(name) ? this.#puts.pass(perform) : perform());
      if (counts) observed(counts);
      return body;
    } catch (error) {
      const failure = asFailure(error);
      observed(failure);
      throw failure;
    }
  }
}

function isPut(operation: string): boolean {
  return operation === "PutRecord" || operation === "PutRecords";
}

/** The members of a request that name its stream and its records, of any type. */
type RawMessage = Readonly<
  Partial<Record<"StreamName" | "StreamARN" | "ShardIterator" | "Records", unknown>>
>;

type UntimedCall = KinesisCall extends infer Call
  ? Call extends KinesisCall
    ? Omit<Call, "at" | "milliseconds">
    : never
  : never;

/** @returns undefined for other operations, and for a call that names no stream */
function callOf(
  operation: string,
  message: RawMessage,
  signed: string,
  outcome: CallCounts | KinesisFailure,
): UntimedCall | undefined {
  const named = namedStream(message, signed);
  if (!named) return undefined;
  const { region, name: streamName } = named;
  const failed = outcome instanceof KinesisFailure;
  const common = { region, streamName, ...(failed && { errorCode: outcome.code }) };
  if (operation === "GetRecords") {
    const none = { records: 0, bytes: 0, iteratorAge: 0 };
    const counts = failed || !("iteratorAge" in outcome) ? none : outcome;
    return { operation, ...common, ...counts };
  }
  if (operation !== "PutRecord" && operation !== "PutRecords") return undefined;
  const { Records } = message;
  const sent = operation === "PutRecords" ? (Array.isArray(Records) ? Records.length : 0) : 1;
  const isThrottled = failed && outcome.code === throttledCode;
  const none = {
    ...{ records: 0, bytes: 0 },
    ...{ failedRecords: isThrottled ? 0 : sent, throttledRecords: isThrottled ? sent : 0 },
  };
  const counts = failed || !("failedRecords" in outcome) ? none : outcome;
  return { operation, ...common, ...counts };
}

function namedStream(
  { StreamName, StreamARN, ShardIterator }: RawMessage,
  region: string,
): { readonly region: string; readonly name: string } | undefined {
  if (typeof StreamARN === "string") return parseStreamArn(StreamARN);
  if (typeof StreamName === "string") return { region, name: StreamName };
  return typeof ShardIterator === "string" ? iteratorStream(ShardIterator) : undefined;
}
