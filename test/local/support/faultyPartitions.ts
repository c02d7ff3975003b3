import type { Processor } from "../../../aws/firehose/features/processorFeature";
import type { ProcessedRecord } from "../../../aws/firehose/processing/processedRecord";
import {
  processRecords,
  type RecordProcessing,
  slicesOf,
} from "../../../aws/firehose/processing/processRecords";
import type { SourceRecord } from "../../../aws/firehose/source/streamSource";

/**
 * Drops, splits and fails some records by their number, and gives the others a partition: pages that
 * begin with an even number at once, others in slices.
 */
export function featuresOf(partitions: number): RecordProcessing {
  const all = (records: readonly SourceRecord[]): readonly ProcessedRecord[] =>
    records.flatMap((record) => processed(record, partitions));
  return (records) =>
    Number(records[0]?.sequenceNumber) % 2 === 0 ? all(records) : slicesOfThree(records, all);
}

async function* slicesOfThree(
  records: readonly SourceRecord[],
  all: (records: readonly SourceRecord[]) => readonly ProcessedRecord[],
): AsyncGenerator<readonly ProcessedRecord[]> {
  for (let from = 0; from < records.length; from += 3) {
    await Promise.resolve();
    yield all(records.slice(from, from + 3));
  }
}

function processed(record: SourceRecord, partitions: number): readonly ProcessedRecord[] {
  const number = Number(record.sequenceNumber);
  const keys = (index: number) => ({
    partitionKeys: { query: { p: `p${(number + index) % partitions}` } },
  });
  switch (fateOf(number)) {
    case "dropped":
      return [{ record, dropped: true }];
    case "failed":
      return [
        {
          record,
          failure: {
            errorOutputType: "decompression-failed",
            errorCode: "Failed.",
            errorMessage: "Failed.",
            attemptsMade: 1,
            attemptEndingTimestamp: 0,
          },
        },
      ];
    case "split":
      return partsOf(Buffer.from(record.data).toString()).map((part, index, parts) => {
        const data = Buffer.from(part);
        const isLast = index === parts.length - 1;
        const source = { ...record, data, ...(!isLast && { endsRecord: false }) };
        return { record: source, data, ...keys(index) };
      });
    case "delivered":
      return [{ record, data: record.data, ...keys(0) }];
  }
}

/**
 * The same with real processors, apart from dropping: de-aggregation and a query, which read records
 * that are put into JSON first. The data that is delivered and stored is that of before.
 */
export function jqFeaturesOf(partitions: number): RecordProcessing {
  const query =
    '. as {$text} | ($text | split("-")[1] | tonumber) as $number | ' +
    '($text | split("#")[1] // "0" | tonumber) as $part | ' +
    `{p: (if $number % 13 == 0 then null else "p\\(($number + $part) % ${partitions})" end)}`;
  const processors: readonly Processor[] = [
    { type: "RecordDeAggregation", subRecords: "JSON" },
    { type: "MetadataExtraction", query },
  ];
  return async function* (records, at) {
    const kept = records.filter(
      ({ sequenceNumber }) => fateOf(Number(sequenceNumber)) !== "dropped",
    );
    const inJson = kept.map((record) => ({ ...record, data: asJson(record) }));
    const dropped = records.filter((record) => !kept.includes(record));
    const all: ProcessedRecord[] = dropped.map((record) => ({ record, dropped: true }));
    const processed = processRecords(inJson, processors, { at });
    for await (const slice of slicesOf(processed)) all.push(...slice.map(asText));
    const number = ({ record }: ProcessedRecord) => Number(record.sequenceNumber);
    yield all.sort((one, other) => number(one) - number(other));
  };
}

function asJson({ data, sequenceNumber }: SourceRecord): Uint8Array {
  const text = Buffer.from(data).toString();
  const parts = fateOf(Number(sequenceNumber)) === "split" ? partsOf(text) : [text];
  return Buffer.from(parts.map((part) => JSON.stringify({ text: part })).join("\n"));
}

function asText(processed: ProcessedRecord): ProcessedRecord {
  const { text } = JSON.parse(Buffer.from(processed.record.data).toString()) as { text: string };
  const data = Buffer.from(text);
  const record = { ...processed.record, data };
  return "data" in processed ? { ...processed, record, data } : { ...processed, record };
}

export function fateOf(number: number): "dropped" | "failed" | "split" | "delivered" {
  if (number % 11 === 0) return "dropped";
  if (number % 13 === 0) return "failed";
  return number % 5 === 0 ? "split" : "delivered";
}

export function partsOf(text: string): readonly string[] {
  return [`${text}#0`, `${text}#1`, `${text}#2`];
}
