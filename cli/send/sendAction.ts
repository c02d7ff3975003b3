import { Format } from "cli-progress";
import { openInput } from "../../records/input/openInput";
import { readRecords } from "../../records/input/readRecords";
import { compressLines, type RecordCompression } from "../../records/send/compressLines";
import { type SendProgress, sendRecords } from "../../records/send/sendRecords";
import type { SendTarget } from "../../records/send/sendTarget";
import type { Target } from "../../records/target/target";
import { interrupted, interruptible } from "../interruptible";
import { print, printMessage } from "../output";
import { pipedCommand } from "../pipedCommand";
import { progressBar } from "../progressBar";
import { grouped } from "../reports/amounts";
import { jsonText } from "../reports/printable";
import type { Colors } from "../reports/terminal";
import { entryClient } from "../target/entryClient";
import { openAws, openTarget } from "../target/openTarget";
import { nameTarget, type TargetOptions } from "../target/targetOptions";
import { compressionNote, isComplete, sendReport } from "./sendReport";

export interface SendCommandOptions extends TargetOptions {
  readonly stream?: string;
  /** Default: that of the pipeline, or none. */
  readonly recordCompression?: RecordCompression;
  readonly json?: boolean;
}

/**
 * Sends a file or standard input, and prints a report. Ctrl-C stops it early.
 *
 * @returns the exit code: 0 everything was sent, 1 something was not, 130 interrupted
 * @throws Error if nothing could be sent
 */
export async function send(
  file: string | undefined,
  options: SendCommandOptions,
  colors: Colors,
): Promise<number> {
  if (file === undefined && process.stdin.isTTY) {
    throw new Error(
      "There is nothing to send: specify a file with one record per line, or a pipe.",
    );
  }
  const { name, target, recordCompression, close } = await destination(options);
  return interruptible(async (signal) => {
    const input = await openInput(file ?? "-", signal, pipedCommand(file ?? "-"));
    if (recordCompression === "GZIP") printMessage(compressionNote(name));
    const progress = sendProgress(input.bytes);
    const summary = await sendRecords({
      target,
      records: compressLines(readRecords(input.chunks, input.name), recordCompression),
      onProgress: progress.update,
      signal,
    }).finally(progress.end);
    if (summary.sent === 0 && summary.stopped && !signal.aborted) {
      throw new Error(`Nothing was sent to "${name}": ${summary.stopped.reason}`);
    }
    print(options.json ? jsonText({ name, ...summary }) : sendReport(summary, name, colors));
    if (signal.aborted) return interrupted;
    return isComplete(summary) ? 0 : 1;
  }).finally(close);
}

/** Where the records go. */
interface Destination {
  readonly name: string;
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
  const { client, target } = await entryClient(entry, open.aws);
  return {
    name: entry.name,
    target,
    recordCompression: options.recordCompression ?? entry.recordCompression ?? "none",
    close: () => {
      client.destroy();
      return open.close();
    },
  };
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

/** @param bytes size of the input; undefined for a pipe, which then has no bar */
function sendProgress(bytes: number | undefined): ProgressLine {
  const line = progressBar(30, (options, { progress }, payload: { text?: string }) => {
    const bar = bytes === undefined ? "" : `${Format.BarFormat(progress, options)} `;
    return `Sending ${bar}${payload.text ?? ""}`;
  });
  line.start(bytes ?? 0, 0);
  return {
    // In the file, each record is followed by a line feed.
    update: ({ sent, lineBytes, retries }) => {
      const retried = retries === 0 ? "" : `, ${grouped(retries)} retries`;
      line.update(lineBytes + sent, { text: `${grouped(sent)} records${retried}` });
    },
    end: () => {
      line.stop();
    },
  };
}
