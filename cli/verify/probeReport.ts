import type { ProbeReport } from "../../records/verify/probe/probeLake";
import { counted, grouped, timeText } from "../../records/amounts";
import { printable } from "../reports/printable";
import { badCount, factLines, listed } from "../reports/reportLines";
import type { Colors } from "../reports/terminal";

/** Result of `verify --probe`, and the document that `--json` prints. */
export interface Probed extends ProbeReport {
  /** The stream or the delivery stream that the records were put to. */
  readonly entry: string;
  readonly bucket: string;
  readonly waitMilliseconds: number;
  /** The buffer interval; absent if it is unknown. */
  readonly bufferSeconds?: number;
  /** What the pipeline does to records; absent if that is unknown. */
  readonly processing?: readonly string[];
}

type Found = ProbeReport["records"][number]["found"] & {};

/** Whether all records were put and delivered. */
export function isDelivered({ records, notAccepted }: ProbeReport): boolean {
  const all = records.every(({ found }) => found !== undefined && found.error === undefined);
  return notAccepted.length === 0 && records.length > 0 && all;
}

/** The report of `verify --probe`: one fact per line, then what was not delivered. */
export function probeReport(probed: Probed, colors: Colors): string {
  const { mark, sent, records, notAccepted, corrupt } = probed;
  const found = records.flatMap((record) => (record.found ? [record.found] : []));
  const delivered = found.filter(({ error }) => error === undefined);
  const failed = found.filter(({ error }) => error !== undefined);
  const open = sent - found.length;
  const count = `${grouped(delivered.length)} of ${grouped(sent)}`;
  return [
    ...factLines([
      ["Sent", `${counted(sent, "record")} to ${printable(probed.entry)}`],
      ["Marker", `${mark}...`],
      ["Delivered", isDelivered(probed) ? colors.green(count) : colors.red(count)],
      ...(failed.length > 0 ? [["Failed", badCount(failed.length, colors)] as const] : []),
      ...(open > 0 ? [["Not found", `${badCount(open, colors)}, ${waited(probed)}`] as const] : []),
      ...latencyFacts(delivered, probed),
    ]),
    ...listed(`Delivered to`, [...new Set(delivered.map(({ key }) => key))].sort()),
    ...failureLines(failed),
    ...listed("Not accepted", notAccepted),
    ...listed(
      "Corrupt objects",
      corrupt.map(({ key, reason }) => `${key}: ${reason}`),
    ),
    ...(open > 0 ? ["", ...openNote(probed)] : []),
  ].join("\n");
}

function waited({ waitMilliseconds }: Probed): string {
  return `within ${timeText(waitMilliseconds)}`;
}

function latencyFacts(
  delivered: readonly Found[],
  { bufferSeconds, resolutionMilliseconds }: Probed,
): readonly (readonly [string, string])[] {
  const latencies = delivered
    .map(({ latencyMilliseconds }) => latencyMilliseconds)
    .sort((one, other) => one - other);
  const [min] = latencies;
  const max = latencies.at(-1);
  if (min === undefined || max === undefined) return [];
  const values = [
    `min ${timeText(min)}`,
    `median ${timeText(median(latencies))}`,
    `max ${timeText(max)}`,
  ];
  const buffer = bufferSeconds === undefined ? "" : `; buffer ${timeText(bufferSeconds * 1000)}`;
  return [["Latency", `${values.join(", ")} (+/- ${timeText(resolutionMilliseconds)}${buffer})`]];
}

function median(sorted: readonly number[]): number {
  const middle = sorted.slice((sorted.length - 1) >> 1, (sorted.length >> 1) + 1);
  return middle.reduce((sum, value) => sum + value, 0) / middle.length;
}

function failureLines(failed: readonly Found[]): readonly string[] {
  return listed(
    "Failed",
    failed.map(({ key, error }) => {
      const message = error?.message === undefined ? "" : `: ${error.message}`;
      return `${error?.code ?? ""}${message} (${key})`;
    }),
  );
}

/** What to look at if a record is neither delivered nor failed. */
function openNote({ processing = [], bufferSeconds }: Probed): readonly string[] {
  return [
    "A record that is not found is still buffered, was not read, or was changed:",
    ...(bufferSeconds === undefined
      ? ["- The buffer interval is unknown; --wait TIME waits longer than the default."]
      : [`- The buffer interval is ${timeText(bufferSeconds * 1000)}; --wait TIME waits longer.`]),
    "- Firehose reports denied calls in its error log and in DataFreshness.",
    ...(processing.includes("transform")
      ? ["- A function can drop the record or change the marker; then it is never found."]
      : []),
    ...(processing.includes("parquet")
      ? ["- A conversion leaves out members without a column: the marker needs one."]
      : []),
  ];
}
