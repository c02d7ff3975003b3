import type { FunctionCalled } from "../../aws/firehose/delivery/deliveryEvent";
import type { LambdaProcessor } from "../../aws/firehose/features/processorFeature";
import type { DeliveryConfiguration } from "../../aws/firehose/model/deliveryConfiguration";
import type {
  DeliverableRecord,
  PartitionKeys,
  ProcessedRecord,
} from "../../aws/firehose/processing/processedRecord";
import type { RecordProcessing } from "../../aws/firehose/processing/processRecords";
import type { SourceRecord } from "../../aws/firehose/source/streamSource";
import { BatchLimits } from "../../aws/firehose/transformation/functionBatches";
import { eventRecord, recordId } from "../../aws/firehose/transformation/functionEvent";
import type { ProcessedContents } from "./processedContents";
import { asBundle } from "./recordBundle";

/** What a replay reports of a call of a function. */
type Call = Pick<FunctionCalled, "records" | "okRecords" | "okBytes">;

interface Replay {
  readonly configuration: DeliveryConfiguration;
  readonly processed: ProcessedContents;
  /** The partition keys of the next record; absent if they are those of its content. */
  readonly nextKeys?: () => PartitionKeys;
  readonly onCall: (call: Call, processor: LambdaProcessor) => void;
}

/**
 * Repeats for each record what becomes of its content, which takes no time. The function of a delivery
 * stream is not called; its calls are counted as they would be divided.
 *
 * @returns undefined if records are delivered as they are
 */
export function replayedProcessing(replay: Replay): RecordProcessing | undefined {
  const { configuration, processed, nextKeys, onCall } = replay;
  const { outcomes, sent } = processed;
  if (outcomes === undefined) return undefined;
  const lambda = configuration.processors.find((processor) => processor.type === "Lambda");
  const sizes = lambda && sent?.map((parts) => sizesOf(parts, configuration));
  return (records, at) => {
    if (lambda && sizes) for (const call of callsOf(records, sizes, lambda)) onCall(call, lambda);
    const processed: ProcessedRecord[] = [];
    for (const record of records)
      for (const outcome of outcomes[asBundle(record).first] ?? [])
        processed.push(moved(outcome, record, at, nextKeys));
    return processed;
  };
}

/** The outcome of a content, for one record with it. */
function moved(
  outcome: ProcessedRecord,
  source: SourceRecord,
  at: number,
  nextKeys: Replay["nextKeys"],
): ProcessedRecord {
  const { data, subSequenceNumber, endsRecord, original } = outcome.record;
  const record: SourceRecord =
    subSequenceNumber === undefined
      ? source
      : {
          ...source,
          ...{ data, subSequenceNumber },
          ...(endsRecord !== undefined && { endsRecord }),
          ...(original && { original }),
        };
  if ("failure" in outcome)
    return { record, failure: { ...outcome.failure, attemptEndingTimestamp: at } };
  return nextKeys && "data" in outcome
    ? { ...outcome, record, partitionKeys: nextKeys() }
    : { ...outcome, record };
}

interface SentSize {
  /** Of data. */
  readonly bytes: number;
  /** In the event, as JSON. */
  readonly eventBytes: number;
}

function sizesOf(
  parts: readonly ProcessedRecord[],
  { arn, source }: DeliveryConfiguration,
): readonly SentSize[] {
  const place = { deliveryStreamArn: arn, region: source.region, shardId: "shardId-000000000000" };
  const from = { ...place, ...(source.type === "kinesis" && { sourceStreamArn: source.arn }) };
  return parts
    .filter((part): part is DeliverableRecord => "data" in part)
    .map((part) => {
      const json = eventRecord(part, recordId(part.record, from), from);
      return { bytes: part.data.length, eventBytes: Buffer.byteLength(json) };
    });
}

/** The calls of a function with the records of a shard. */
function callsOf(
  records: readonly SourceRecord[],
  sizes: readonly (readonly SentSize[])[],
  { bufferSizeMiB }: LambdaProcessor,
): readonly Call[] {
  const calls: { records: number; okRecords: number; okBytes: number }[] = [];
  let limits: BatchLimits | undefined;
  for (const record of records)
    for (const { bytes, eventBytes } of sizes[asBundle(record).first] ?? []) {
      if (limits?.fits(bytes, eventBytes) !== true) {
        limits = new BatchLimits(bufferSizeMiB * 1024 * 1024);
        calls.push({ records: 0, okRecords: 0, okBytes: 0 });
      }
      limits.add(bytes, eventBytes);
      const call = calls.at(-1);
      if (call === undefined) continue;
      call.records += 1;
      call.okRecords += 1;
      call.okBytes += bytes;
    }
  return calls;
}
