import type { Stream } from "../store/stream";
import type { StreamStore } from "../store/streamStore";
import { shardId } from "../store/sequenceNumber";
import type { Shard } from "../store/shard";
import { invalidArgument, KinesisFailure, resourceNotFound } from "./kinesisFailure";
import type { ShardThroughput } from "./shardThroughput";
import type { Subscriptions } from "./subscriptions";
import { type Input, type Members, optional, readInput, string } from "../../requestShape";

export const account = "123456789012";

/** What an operation works with. */
export interface OperationContext {
  readonly store: StreamStore;
  /** Of the signature. */
  readonly region: string;
  /** Regions in which streams can be created through the API. */
  readonly mayCreate: (region: string) => boolean;
  /** Absent if throughput is not limited. */
  readonly throughput?: ShardThroughput;
  readonly subscriptions: Subscriptions;
}

/** Records that a call has put or read; other operations count nothing. */
export type CallCounts =
  | {
      readonly records: number;
      readonly bytes: number;
      readonly failedRecords: number;
      readonly throttledRecords: number;
    }
  | { readonly records: number; readonly bytes: number; readonly iteratorAge: number };

export interface OperationAnswer {
  /**
   * Members as AWS names them: bytes as Buffer, times as Date; undefined is left out. An EventStream if
   * the answer continues.
   */
  readonly body: object;
  readonly counts?: CallCounts;
}

/** An operation of the Kinesis API. */
export interface Operation {
  /** @throws KinesisFailure as AWS rejects the request */
  perform(message: unknown, context: OperationContext): Promise<OperationAnswer>;
}

export function operation<M extends Members>(
  members: M,
  perform: (input: Input<M>, context: OperationContext) => Promise<object> | object,
): Operation {
  return {
    async perform(message, context) {
      return { body: await perform(readInput(members, message), context) };
    },
  };
}

/** An operation whose records count in the metrics. */
export function countedOperation<M extends Members>(
  members: M,
  perform: (input: Input<M>, context: OperationContext) => Promise<OperationAnswer>,
): Operation {
  return { perform: async (message, context) => perform(readInput(members, message), context) };
}

const namePattern = "[a-zA-Z0-9_.-]+";

export const streamName = string({ min: 1, max: 128, pattern: namePattern });
export const shardIdShape = string({ min: 1, max: 128, pattern: namePattern });
export const hashKeyShape = string({ pattern: "0|([1-9]\\d{0,38})" });
export const sequenceNumberShape = string({ pattern: "0|([1-9]\\d{0,128})" });
export const streamArnShape = string({
  min: 1,
  max: 2048,
  pattern: "arn:aws.*:kinesis:.*:\\d{12}:stream/\\S+",
});

/** By which most operations name a stream. */
export const streamMembers = {
  StreamName: optional(streamName),
  StreamARN: optional(streamArnShape),
  StreamId: optional(string()),
} as const;

type StreamMembers = Input<typeof streamMembers>;

/** @throws KinesisFailure if there is no such stream in the region of the call */
export function streamOf(
  { StreamName, StreamARN, StreamId }: StreamMembers,
  { store, region }: OperationContext,
): Stream {
  rejectStreamId(StreamId);
  if (StreamName === undefined && StreamARN === undefined)
    throw invalidArgument("Either StreamName or StreamARN must be specified.");
  const named = StreamARN === undefined ? undefined : parseStreamArn(StreamARN);
  const name = named?.name ?? StreamName ?? "";
  if (named && StreamName !== undefined && StreamName !== name)
    throw invalidArgument(`StreamName ${StreamName} and StreamARN ${StreamARN ?? ""} differ.`);
  const isHere = !named || (named.region === region && named.account === account);
  const stream = isHere ? store.stream({ region, name }) : undefined;
  if (stream) return stream;
  throw resourceNotFound(`Stream ${name} under account ${named?.account ?? account} not found.`);
}

export function rejectStreamId(id: string | undefined): void {
  if (id !== undefined)
    throw invalidArgument("StreamId is not supported here: specify StreamName or StreamARN.");
}

export const throttledCode = "ProvisionedThroughputExceededException";

/** What AWS says of a shard that is too busy. */
export function throttledMessage({ number }: Shard, { id: { name } }: Stream): string {
  return `Rate exceeded for shard ${shardId(number)} in stream ${name} under account ${account}.`;
}

export function throttled(shard: Shard, stream: Stream): KinesisFailure {
  return new KinesisFailure(throttledCode, throttledMessage(shard, stream));
}

interface NamedStream {
  readonly region: string;
  readonly account: string;
  readonly name: string;
}

/** @returns undefined for any other text */
export function parseStreamArn(arn: string): NamedStream | undefined {
  const [, region, owner, name] =
    /^arn:aws[^:]*:kinesis:([^:]*):(\d{12}):stream\/([^/\s]+)/u.exec(arn) ?? [];
  if (region === undefined || owner === undefined || name === undefined) return undefined;
  return { region, account: owner, name };
}

export function arnOf({ id: { region, name } }: Stream): string {
  const partition = region.startsWith("cn-")
    ? "aws-cn"
    : region.startsWith("us-gov-")
      ? "aws-us-gov"
      : "aws";
  return `arn:${partition}:kinesis:${region}:${account}:stream/${name}`;
}
