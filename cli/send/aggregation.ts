import type { Aggregation } from "../../records/send/aggregateLines";
import type { Amounts } from "../../records/send/savings";
import type { TargetEntry, TargetLake } from "../../records/target/target";
import { byteSize, counted, grouped } from "../../records/amounts";
import { printable } from "../reports/printable";

/**
 * Notes on packed records in a pipeline.
 *
 * @param lake undefined if the target does not say how records are delivered
 * @throws Error with what to change if the pipeline cannot unpack them
 */
export function aggregationNotes(
  aggregation: Aggregation,
  { type, name }: TargetEntry,
  lake: TargetLake | undefined,
): readonly string[] {
  const { steps } = lake?.processing ?? {};
  if (aggregation === "kpl") {
    if (type === "stream") return [];
    throw new Error(
      `${printable(name)} has no Kinesis stream, and Firehose unpacks KPL aggregates only of a stream. ` +
        "Specify --aggregate newline.",
    );
  }
  if (steps === undefined)
    return [
      "The target does not say how Firehose treats records: lines that share a record stay together in a " +
        "function and in dynamic partitioning, unless the delivery stream splits records.",
    ];
  if (steps.has("decompress") || steps.has("messages"))
    throw new Error(
      "--aggregate newline does not fit a pipeline of CloudWatch Logs, whose records are one document each. " +
        "Specify --aggregate kpl.",
    );
  const isSplit = steps.has("split-json") || steps.has("split-lines");
  if (steps.has("split"))
    throw new Error(
      "The delivery stream splits records at another delimiter than newlines. Specify --aggregate kpl, or " +
        "set partitioning.splitRecords to json.",
    );
  if (steps.has("partition") && !isSplit)
    throw new Error(
      "The delivery stream partitions records by keys in them, and does not split records of several lines. " +
        "Specify --aggregate kpl, or set partitioning.splitRecords to json.",
    );
  return steps.has("transform") && !isSplit
    ? ["The function of the delivery stream gets records of several lines."]
    : [];
}

/** What packing has saved. */
export interface AggregationResult {
  readonly format: Aggregation;
  /** Of the lines as records of their own. */
  readonly before: Amounts;
  readonly after: Amounts;
}

/** A part of a report: what packing has saved, as a table. */
export function savingsLines(
  { format, before, after }: AggregationResult,
  type: TargetEntry["type"],
): readonly string[] {
  if (before.records === 0) return [];
  const rows: (readonly [string, string, string, string])[] = [
    ["", "before", "after", "saved"],
    row("Records", before, after, "records", grouped),
    row("Data", before, after, "bytes", byteSize),
    row("Firehose, in 5 KB", before, after, "firehoseBytes", byteSize),
    ...(type === "stream"
      ? [row("Kinesis, PUT units of 25 KB", before, after, "payloadUnits", grouped)]
      : []),
  ];
  const widths = [0, 1, 2, 3].map((column) =>
    Math.max(...rows.map((cells) => (cells[column] ?? "").length)),
  );
  return [
    "",
    `Packed ${counted(before.records, "line")} into ${counted(after.records, "record")} (${format}):`,
    ...rows.map(
      (cells) =>
        `  ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join("  ")}`,
    ),
    ...(format === "kpl"
      ? [
          "AWS does not document whether Firehose counts KPL records before or after it",
          "unpacks them: its row is for records as they are in the stream.",
        ]
      : []),
  ];
}

function row(
  name: string,
  before: Amounts,
  after: Amounts,
  amount: keyof Amounts,
  text: (value: number) => string,
): readonly [string, string, string, string] {
  const share = before[amount] === 0 ? 0 : 1 - after[amount] / before[amount];
  return [name, text(before[amount]), text(after[amount]), `${(share * 100).toFixed(1)} %`];
}
