import { randomUUID } from "node:crypto";
import { foreignRequest } from "../../loopbackRequest";
import type { KinesisCall } from "../kinesisCall";
import { consumerOperations } from "../operations/consumerOperations";
import { encryptionOperations } from "../operations/encryptionOperations";
import { KinesisFailure } from "../operations/kinesisFailure";
import { type CallCounts, type Operation, parseStreamArn } from "../operations/operation";
import { putOperations } from "../operations/putOperations";
import { iteratorStream, readOperations } from "../operations/readOperations";
import { shardOperations } from "../operations/shardOperations";
import { monitoringOperations } from "../operations/monitoringOperations";
import { streamOperations } from "../operations/streamOperations";
import { tagOperations } from "../operations/tagOperations";
import type { StreamStore } from "../store/streamStore";
import type { HttpAnswer, HttpRequest } from "./httpListener";
import { BodyReader } from "./requestBody";
import { defaultFormat, readMessage, wireFormat } from "./wireFormat";

export interface ServiceContext {
  readonly store: StreamStore;
  /** Regions in which streams can be created through the API. */
  readonly mayCreate: (region: string) => boolean;
  /** Gets every call that puts or gets records, as it is answered. */
  readonly onCall: (call: KinesisCall) => void;
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
};

/** What a client can do without an operation of the API that is missing here. */
const alternatives: Readonly<Record<string, string>> = {
  SubscribeToShard:
    "Read the shard with GetShardIterator and GetRecords: with the Kinesis Client Library, configure polling instead of enhanced fan-out.",
};

/** Answers requests as the Kinesis API does. */
export class KinesisService {
  readonly #context: ServiceContext;
  readonly #bodies = new BodyReader();

  constructor(context: ServiceContext) {
    this.#context = context;
  }

  /** Never rejects. */
  async answer(request: HttpRequest): Promise<HttpAnswer> {
    const format = wireFormat(request.headers["content-type"]);
    const { contentType, write } = format ?? defaultFormat;
    const answer = (status: number, message: object): HttpAnswer => {
      const isEmpty = status === 200 && Object.keys(message).length === 0;
      const body = isEmpty ? Buffer.alloc(0) : write(message);
      return {
        status,
        headers: {
          "x-amzn-requestid": randomUUID(),
          "content-type": contentType,
          "content-length": body.length,
        },
        body,
      };
    };
    try {
      requireLocal(request);
      const { name, operation } = operationOf(request);
      if (!format) throw new KinesisFailure("UnknownOperationException", "", 404);
      const region = regionOf(request);
      return await this.#bodies.read(request.body, async (body) => {
        const message = readMessage(format, body);
        return answer(200, await this.#perform(name, operation, message, region));
      });
    } catch (error) {
      const failure = asFailure(error);
      const { message } = failure;
      return answer(failure.status, {
        __type: failure.code,
        ...(message !== "" && { message }),
      });
    } finally {
      // What is not read would block the next request of the connection.
      request.body.resume();
    }
  }

  async #perform(
    name: string,
    operation: Operation,
    message: unknown,
    region: string,
  ): Promise<object> {
    const { store, mayCreate, onCall } = this.#context;
    const begun = performance.now();
    const observed = (counts: CallCounts | KinesisFailure): void => {
      const now = store.clock.now();
      const milliseconds = Math.round(performance.now() - begun);
      const call = callOf(name, message as RawMessage, region, counts);
      if (call) onCall({ ...call, at: now, milliseconds });
    };
    try {
      const { body, counts } = await operation.perform(message, { store, region, mayCreate });
      if (counts) observed(counts);
      return body;
    } catch (error) {
      const failure = asFailure(error);
      observed(failure);
      throw failure;
    }
  }
}

/** A page of another site must not read or change streams: by its name for this machine, or at all. */
function requireLocal({ host, headers }: HttpRequest): void {
  const reason = foreignRequest({ ...headers, host });
  if (reason !== undefined) throw new KinesisFailure("AccessDeniedException", reason, 403);
}

function operationOf({ method, headers }: HttpRequest): {
  readonly name: string;
  readonly operation: Operation;
} {
  const [, name = ""] = /^Kinesis_20131202\.(\w+)$/u.exec(String(headers["x-amz-target"])) ?? [];
  const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
  if (method === "POST" && operation) return { name, operation };
  const instead = Object.hasOwn(alternatives, name) ? ` ${alternatives[name] ?? ""}` : "";
  const message = name === "" ? "" : `${name} is not supported by the local Kinesis.${instead}`;
  throw new KinesisFailure("UnknownOperationException", message);
}

/** Of the signature, which is not checked: any credentials will do. */
function regionOf({ headers }: HttpRequest): string {
  const { authorization } = headers;
  if (authorization === undefined)
    throw new KinesisFailure("MissingAuthenticationTokenException", "Missing Authentication Token");
  const [, region] = /Credential=[^/]*\/\d+\/([^/]+)\//u.exec(authorization) ?? [];
  if (region !== undefined) return region;
  throw new KinesisFailure(
    "IncompleteSignatureException",
    "Authorization header requires 'Credential' parameter.",
  );
}

function asFailure(error: unknown): KinesisFailure {
  if (error instanceof KinesisFailure) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new KinesisFailure("InternalFailure", message, 500);
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
  const none = { records: 0, bytes: 0, failedRecords: sent };
  const counts = failed || !("failedRecords" in outcome) ? none : outcome;
  return { operation, ...common, throttledRecords: 0, ...counts };
}

function namedStream(
  { StreamName, StreamARN, ShardIterator }: RawMessage,
  region: string,
): { readonly region: string; readonly name: string } | undefined {
  if (typeof StreamARN === "string") return parseStreamArn(StreamARN);
  if (typeof StreamName === "string") return { region, name: StreamName };
  return typeof ShardIterator === "string" ? iteratorStream(ShardIterator) : undefined;
}
