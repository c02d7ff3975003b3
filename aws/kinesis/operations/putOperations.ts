import { maxHashKey } from "../store/hashKeys";
import { parseSequenceNumber } from "../store/sequenceNumber";
import type { Admission, PutOutcome, RoutedRecord } from "../store/shard";
import type { Stream } from "../store/stream";
import { encryptionOf } from "./encryptionOperations";
import { invalidArgument, KinesisFailure, validationFailure } from "./kinesisFailure";
import {
  account,
  type CallCounts,
  countedOperation,
  hashKeyShape,
  type Operation,
  type OperationContext,
  sequenceNumberShape,
  streamMembers,
  streamOf,
  throttled,
  throttledCode,
  throttledMessage,
} from "./operation";
import {
  blob,
  blobProblem,
  type Input,
  list,
  optional,
  required,
  string,
  structure,
} from "../../requestShape";

const kibibyte = 1024;
const maxRequestBytes = 10 * kibibyte * kibibyte;

/** Of PutRecords, and of PutRecord itself. */
const recordMembers = {
  Data: required(blob({ max: maxRequestBytes })),
  PartitionKey: required(string({ min: 1, max: 256 })),
  ExplicitHashKey: optional(hashKeyShape),
} as const;

type SentRecord = Input<typeof recordMembers>;

const putRecord = countedOperation(
  { ...streamMembers, ...recordMembers, SequenceNumberForOrdering: optional(sequenceNumberShape) },
  async (input, context) => {
    const stream = streamOf(input, context);
    requireOrdering(input.SequenceNumberForOrdering, stream);
    const record = routed(input, stream, "data");
    const [outcome] = await stream.put([record], admission(context));
    if (!outcome || "error" in outcome) throw internalFailure(outcome?.error);
    if ("busy" in outcome) throw throttled(outcome.busy, stream);
    return {
      body: {
        ShardId: outcome.shardId,
        SequenceNumber: outcome.sequenceNumber,
        EncryptionType: encryptionOf(stream),
      },
      counts: countsOf([record], [outcome]),
    };
  },
);

const putRecords = countedOperation(
  {
    ...streamMembers,
    Records: required(list(structure(recordMembers), { min: 1, max: 500 })),
  },
  async (input, context) => {
    const stream = streamOf(input, context);
    const records = input.Records.map((record, index) =>
      routed(record, stream, `records.${index + 1}.member.data`),
    );
    if (records.reduce((sum, record) => sum + bytesOf(record), 0) > maxRequestBytes)
      throw invalidArgument("Records size exceeds 10 MB limit");
    const outcomes = await stream.put(records, admission(context));
    const failed = outcomes.filter((outcome) => "error" in outcome);
    if (failed.length === outcomes.length) throw internalFailure(failed[0]?.error);
    const counts = countsOf(records, outcomes);
    return {
      body: {
        FailedRecordCount: counts.failedRecords + counts.throttledRecords,
        Records: outcomes.map((outcome) => resultOf(outcome, stream)),
        EncryptionType: encryptionOf(stream),
      },
      counts,
    };
  },
);

export const putOperations: Readonly<Record<string, Operation>> = {
  PutRecord: putRecord,
  PutRecords: putRecords,
};

function routed(record: SentRecord, stream: Stream, at: string): RoutedRecord {
  const { Data: data, PartitionKey: partitionKey, ExplicitHashKey } = record;
  const max = stream.settings.maxRecordSizeInKib * kibibyte;
  if (bytesOf({ data, partitionKey }) > max) throw validationFailure([blobProblem(at, max)]);
  if (ExplicitHashKey === undefined) return { data, partitionKey };
  const explicitHashKey = BigInt(ExplicitHashKey);
  if (explicitHashKey > maxHashKey)
    throw invalidArgument(
      `Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was ${ExplicitHashKey}`,
    );
  return { data, partitionKey, explicitHashKey };
}

/** The numbers of a shard grow anyway; a number of another stream is a mistake. */
function requireOrdering(sequence: string | undefined, stream: Stream): void {
  if (sequence === undefined) return;
  const position = parseSequenceNumber(sequence);
  const shard = stream.shards.find(({ number }) => number === position?.shard);
  if (position && shard?.created === position.created) return;
  throw invalidArgument(
    `ExclusiveMinimumSequenceNumber ${sequence} used in PutRecord on stream ${stream.id.name} under account ${account} is invalid because it did not come from this stream.`,
  );
}

function admission({ throughput }: OperationContext): Admission | undefined {
  return throughput && ((shard, record) => throughput.accepts(shard, bytesOf(record)));
}

function resultOf(outcome: PutOutcome, stream: Stream): object {
  if ("busy" in outcome)
    return { ErrorCode: throttledCode, ErrorMessage: throttledMessage(outcome.busy, stream) };
  if ("error" in outcome)
    return { ErrorCode: "InternalFailure", ErrorMessage: "Internal service failure." };
  return { SequenceNumber: outcome.sequenceNumber, ShardId: outcome.shardId };
}

type PutCounts = Extract<CallCounts, { readonly failedRecords: number }>;

function countsOf(records: readonly RoutedRecord[], outcomes: readonly PutOutcome[]): PutCounts {
  let bytes = 0;
  let failedRecords = 0;
  let throttledRecords = 0;
  outcomes.forEach((outcome, index) => {
    const record = records[index];
    if ("error" in outcome) failedRecords += 1;
    else if ("busy" in outcome) throttledRecords += 1;
    else if (record) bytes += bytesOf(record);
  });
  const accepted = records.length - failedRecords - throttledRecords;
  return { records: accepted, bytes, failedRecords, throttledRecords };
}

function bytesOf({ data, partitionKey }: Pick<RoutedRecord, "data" | "partitionKey">): number {
  return data.length + Buffer.byteLength(partitionKey);
}

function internalFailure(error: Error | undefined): KinesisFailure {
  return new KinesisFailure("InternalFailure", error?.message ?? "Internal service failure.", 500);
}
