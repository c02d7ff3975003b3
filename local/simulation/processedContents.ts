import { convertRecords } from "../../aws/firehose/conversion/convertRecords";
import type { Processor } from "../../aws/firehose/features/processorFeature";
import type { DeliveryConfiguration } from "../../aws/firehose/model/deliveryConfiguration";
import type {
  DeliverableRecord,
  ProcessedRecord,
  RecordFailure,
} from "../../aws/firehose/processing/processedRecord";
import { processRecords, slicesOf } from "../../aws/firehose/processing/processRecords";

/** What a delivery stream makes of each content. A simulation repeats it for millions of records. */
export interface ProcessedContents {
  /**
   * What becomes of a record with each of the contents; undefined if all are delivered as they are. A
   * function returns records unchanged.
   */
  readonly outcomes?: readonly (readonly ProcessedRecord[])[];
  /** What a function gets of each content; absent without a function. */
  readonly sent?: readonly (readonly ProcessedRecord[])[];
  /** Data that cannot be converted, and why. */
  readonly unconvertible: ReadonlyMap<Uint8Array, RecordFailure>;
  /** Data in objects, of all contents together. */
  readonly delivered: readonly Uint8Array[];
}

/**
 * Processes each content once, before the simulation, with the delivery engine.
 *
 * @param hasMadeUpKeys whether partition keys are made up, so that no query is needed
 * @throws Error if no record of these contents would be delivered
 */
export async function processContents(
  contents: readonly Uint8Array[],
  configuration: DeliveryConfiguration,
  hasMadeUpKeys = false,
): Promise<ProcessedContents> {
  const { processors } = configuration;
  const before = processors.findIndex(({ type }) => type === "Lambda");
  const applied = processors.filter(
    ({ type }) => type !== "Lambda" && !(hasMadeUpKeys && type === "MetadataExtraction"),
  );
  const outcomes = await outcomesOf(contents, applied);
  const deliverable = outcomes.flat().filter((one) => "data" in one);
  const unconvertible = await unconvertibleIn(deliverable, configuration);
  const delivered = deliverable.flatMap(({ data }) => (unconvertible.has(data) ? [] : [data]));
  if (delivered.length === 0) throw new Error(nothingDelivered(outcomes.flat(), unconvertible));
  const isReplayed = processors.length > 0 || unconvertible.size > 0;
  return {
    ...(isReplayed && { outcomes }),
    ...(before !== -1 && { sent: await outcomesOf(contents, processors.slice(0, before)) }),
    unconvertible,
    delivered,
  };
}

async function outcomesOf(
  contents: readonly Uint8Array[],
  processors: readonly Processor[],
): Promise<readonly (readonly ProcessedRecord[])[]> {
  const records = contents.map((data, index) => ({
    ...{ data, arrival: 0, sequenceNumber: String(index) },
  }));
  const outcomes: ProcessedRecord[][] = contents.map(() => []);
  for await (const slice of slicesOf(processRecords(records, processors, { at: 0 })))
    for (const one of slice) outcomes[Number(one.record.sequenceNumber)]?.push(one);
  return outcomes;
}

async function unconvertibleIn(
  records: readonly DeliverableRecord[],
  { conversion }: DeliveryConfiguration,
): Promise<ReadonlyMap<Uint8Array, RecordFailure>> {
  if (conversion === undefined) return new Map();
  const { failures } = await convertRecords(records, conversion, 0);
  const failureOf = new Map(failures.map(({ record, failure }) => [record, failure]));
  return new Map(
    records.flatMap(({ record, data }) => {
      const failure = failureOf.get(record);
      return failure ? [[data, failure] as const] : [];
    }),
  );
}

function nothingDelivered(
  outcomes: readonly ProcessedRecord[],
  unconvertible: ReadonlyMap<Uint8Array, RecordFailure>,
): string {
  const failed = outcomes.find((one) => "failure" in one);
  const [failure = failed?.failure] = unconvertible.values();
  const reason = failure ? `: ${failure.errorCode}: ${failure.errorMessage}` : "";
  const isKey = failed?.failure.errorOutputType === "metadata-extraction-failed";
  const keys = isKey ? ", or distribute them over made-up keys with --partitions" : "";
  return `No record would be delivered${reason}. Specify records of your own with --input${keys}.`;
}
