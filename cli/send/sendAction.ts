import { Format } from "cli-progress";
import type { InputLine } from "../../records/input/readRecords";
import { type Aggregation, LineAggregator } from "../../records/send/aggregateLines";
import { compressLines, type RecordCompression } from "../../records/send/compressLines";
import { pacedLines } from "../../records/send/pacedLines";
import { FieldKeys } from "../../records/send/partitionKeys";
import { type SendProgress, sendRecords } from "../../records/send/sendRecords";
import type { SendTarget } from "../../records/send/sendTarget";
import type { Target, TargetEntry, TargetLake } from "../../records/target/target";
import { interrupted, interruptible } from "../interruptible";
import { print, printMessage } from "../output";
import { progressBar } from "../progressBar";
import { grouped } from "../../records/amounts";
import { jsonText, printable } from "../reports/printable";
import type { Colors } from "../reports/terminal";
import { type EntryClient, entryClient } from "../target/entryClient";
import { openAws, openTarget } from "../target/openTarget";
import { nameTarget, type TargetOptions } from "../target/targetOptions";
import { aggregationNotes } from "./aggregation";
import { compressionNote, isComplete, sendReport } from "./sendReport";
import { type SendSource, sendSource, type SourceOptions } from "./sendSource";

export interface SendCommandOptions extends TargetOptions, SourceOptions {
  readonly stream?: string;
  /** Default: that of the pipeline, or none. */
  readonly recordCompression?: RecordCompression;
  /** Records per second. */
  readonly rate?: number;
  /** Path of the member whose value is the partition key of a record. */
  readonly partitionKeyField?: string;
  readonly aggregate?: Aggregation;
  readonly json?: boolean;
}

/**
 * Sends a file, standard input or generated events, and prints a report. Ctrl-C stops it early.
 *
 * @returns the exit code: 0 everything was sent, 1 something was not, 130 interrupted
 * @throws Error if nothing could be sent
 */
export async function send(
  file: string | undefined,
  options: SendCommandOptions,
  colors: Colors,
): Promise<number> {
  if (file === undefined && options.generate === undefined && process.stdin.isTTY) {
    throw new Error(
      "There is nothing to send: specify a file with one record per line, a pipe, or --generate 1000.",
    );
  }
  const to = await destination(options);
  return interruptible(async (signal) => {
    const source = await sendSource(file, options, signal);
    const { name, entry, target, recordCompression } = to;
    const keys = fieldKeys(options, to);
    const aggregator = await lineAggregator(options, to, signal);
    if (recordCompression === "GZIP") printMessage(compressionNote(name));
    const progress = sendProgress(source);
    const keyed = keys?.keyed(source.lines) ?? source.lines;
    const { rate } = options;
    const lines = rate === undefined ? keyed : pacedLines(keyed, { rate, signal });
    const summary = await sendRecords({
      ...{ target, signal, onProgress: progress.update },
      records: packed(lines, options.aggregate, recordCompression, aggregator),
    }).finally(progress.end);
    if (summary.sent === 0 && summary.stopped && !signal.aborted) {
      throw new Error(`Nothing was sent to "${name}": ${summary.stopped.reason}`);
    }
    const sent = {
      ...summary,
      ...(aggregator &&
        options.aggregate && {
          aggregation: { format: options.aggregate, ...aggregator.savings.amounts() },
        }),
      ...(keys && { withoutPartitionKeyField: keys.without }),
    };
    print(options.json ? jsonText({ name, ...sent }) : sendReport(sent, entry, colors));
    if (signal.aborted) return interrupted;
    return isComplete(summary) ? 0 : 1;
  }).finally(to.close);
}

/** Lines as records: compressed as producers do, and packed. */
function packed(
  lines: AsyncIterable<InputLine>,
  aggregate: Aggregation | undefined,
  recordCompression: RecordCompression,
  aggregator: LineAggregator | undefined,
): AsyncIterable<InputLine> {
  if (aggregate === "newline" && aggregator) return aggregator.aggregated(lines);
  const compressed = compressLines(lines, recordCompression);
  return aggregator?.aggregated(compressed) ?? compressed;
}

function fieldKeys(
  { partitionKeyField }: SendCommandOptions,
  { entry }: Destination,
): FieldKeys | undefined {
  if (partitionKeyField === undefined) return undefined;
  if (entry.type === "delivery-stream")
    throw new Error(
      `--partition-key-field needs a Kinesis stream: records of ${printable(entry.name)} have no partition key.`,
    );
  return new FieldKeys(partitionKeyField);
}

async function lineAggregator(
  { aggregate, partitionKeyField }: SendCommandOptions,
  { entry, lake, shards, recordCompression }: Destination,
  signal: AbortSignal,
): Promise<LineAggregator | undefined> {
  if (aggregate === undefined) return undefined;
  for (const note of aggregationNotes(aggregate, entry, lake)) printMessage(`note: ${note}`);
  const shardOf =
    aggregate === "kpl" && partitionKeyField !== undefined ? await shards?.() : undefined;
  return new LineAggregator({
    ...{ format: aggregate, compression: recordCompression, signal },
    routeOf: (key) => (shardOf === undefined ? key : String(shardOf(key))),
    // Readers find lines; one more newline is a blank line.
    endsWithNewline: lake?.delimiter !== "newline",
  });
}

/** Where the records go. */
interface Destination extends Pick<EntryClient, "shards"> {
  readonly name: string;
  readonly entry: TargetEntry;
  /** Where records are delivered; absent if the target does not say it. */
  readonly lake?: TargetLake;
  readonly target: SendTarget;
  readonly recordCompression: RecordCompression;
  /** Closes the connections. */
  readonly close: () => Promise<void>;
}

async function destination(options: SendCommandOptions): Promise<Destination> {
  const named = namedEntry(options);
  const open = named
    ? { target: named, ...openAws(options) }
    : await openTarget(options, alternative);
  if (open === undefined) throw new Error(oneOf);
  const entry = open.target.entry();
  const { client, ...services } = await entryClient(entry, open.aws);
  const lake = "lake" in open.target ? knownLake(open.target) : undefined;
  return {
    ...{ name: entry.name, entry, ...services, ...(lake && { lake }) },
    recordCompression: options.recordCompression ?? entry.recordCompression ?? "none",
    close: () => {
      client.destroy();
      return open.close();
    },
  };
}

/** Sending works without it. */
function knownLake(target: Target): TargetLake | undefined {
  try {
    return target.lake();
  } catch {
    return undefined;
  }
}

const alternative = "--stream NAME and --region REGION";
const oneOf =
  "Specify one of --stack NAME, --stack-export FILE, --local, --stream NAME and --delivery-stream NAME.";

/** A stream or delivery stream by its name; undefined if the options name a pipeline as a whole. */
function namedEntry(options: SendCommandOptions): Pick<Target, "entry"> | undefined {
  const { stream, deliveryStream } = options;
  const isWhole = nameTarget(options);
  if (stream !== undefined) {
    if (isWhole || deliveryStream !== undefined) throw new Error(oneOf);
    return { entry: () => ({ type: "stream", name: stream }) };
  }
  if (isWhole || deliveryStream === undefined) return undefined;
  return { entry: () => ({ type: "delivery-stream", name: deliveryStream }) };
}

/** A progress bar that shows how much of the input was sent. */
interface ProgressLine {
  readonly update: (progress: SendProgress) => void;
  readonly end: () => void;
}

/** A pipe, whose size is unknown, has no bar. */
function sendProgress({ total, done }: SendSource): ProgressLine {
  const line = progressBar(30, (options, { progress }, payload: { text?: string }) => {
    const bar = total === undefined ? "" : `${Format.BarFormat(progress, options)} `;
    return `Sending ${bar}${payload.text ?? ""}`;
  });
  line.start(total ?? 0, 0);
  return {
    update: (progress) => {
      const { sent, retries } = progress;
      const retried = retries === 0 ? "" : `, ${grouped(retries)} retries`;
      line.update(done(progress), { text: `${grouped(sent)} records${retried}` });
    },
    end: () => {
      line.stop();
    },
  };
}
