import { Format } from "cli-progress";
import { openInput } from "../../records/input/openInput";
import { readRecords } from "../../records/input/readRecords";
import { compressLines, type RecordCompression } from "../../records/send/compressLines";
import { type SendProgress, sendRecords } from "../../records/send/sendRecords";
import { deliveryStreamTarget, type SendTarget, streamTarget } from "../../records/send/sendTarget";
import { interrupted, interruptible } from "../interruptible";
import type { AwsOptions } from "../options";
import { print, printMessage } from "../output";
import { pipedCommand } from "../pipedCommand";
import { progressBar } from "../progressBar";
import { grouped } from "../reports/amounts";
import type { Colors } from "../reports/terminal";
import { firehoseClient, kinesisClient } from "../serviceClients";
import { type StackOutputs, stackOutputs, stringOutput } from "../stackOutputs";
import { compressionNote, isComplete, sendReport } from "./sendReport";

export interface SendCommandOptions extends AwsOptions {
  readonly stack?: string;
  readonly stream?: string;
  readonly deliveryStream?: string;
  /** Default: that of the stack, or none. */
  readonly recordCompression?: RecordCompression;
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
    print(sendReport(summary, name, colors));
    if (signal.aborted) return interrupted;
    return isComplete(summary) ? 0 : 1;
  }).finally(() => {
    close();
  });
}

/** Where the records go. */
interface Destination {
  readonly name: string;
  readonly target: SendTarget;
  readonly recordCompression: RecordCompression;
  /** Closes the connections. */
  readonly close: () => void;
}

async function destination(options: SendCommandOptions): Promise<Destination> {
  const { stack, stream, deliveryStream, recordCompression: chosen, ...aws } = options;
  if ([stack, stream, deliveryStream].filter((name) => name !== undefined).length !== 1) {
    throw new Error("Specify one of --stack NAME, --stream NAME and --delivery-stream NAME.");
  }
  if (deliveryStream !== undefined) {
    const client = firehoseClient(aws);
    const target = deliveryStreamTarget(client, deliveryStream);
    return destinationOf({ name: deliveryStream, recordCompression: chosen }, target, client);
  }
  const { name, recordCompression, ...used } =
    stack === undefined ? { name: stream ?? "", ...aws } : await streamOfStack(stack, aws);
  const client = kinesisClient(used);
  const named = { name, recordCompression: chosen ?? recordCompression };
  return destinationOf(named, streamTarget(client, name), client);
}

/** The stream or delivery stream that the options name. */
interface NamedStream {
  readonly name: string;
  /** Default: none. */
  readonly recordCompression?: RecordCompression | undefined;
}

function destinationOf(
  { name, recordCompression = "none" }: NamedStream,
  target: SendTarget,
  client: { destroy(): void },
): Destination {
  return {
    ...{ name, target, recordCompression },
    close: () => {
      client.destroy();
    },
  };
}

async function streamOfStack(stack: string, aws: AwsOptions): Promise<AwsOptions & NamedStream> {
  const outputs = await stackOutputs(stack, "--stream NAME and --region REGION");
  return { ...streamOfOutputs(outputs, stack), ...aws };
}

/**
 * The stream of a deployed stack.
 *
 * @throws Error if the outputs do not name it, or have another compression
 */
export function streamOfOutputs(
  outputs: StackOutputs,
  stack: string,
): NamedStream & { readonly region: string } {
  const region = stringOutput(outputs, "region", stack);
  const name = stringOutput(outputs, "streamName", stack);
  const { recordCompression = "none" } = outputs;
  if (recordCompression === "none" || recordCompression === "GZIP")
    return { name, recordCompression, region };
  const found = JSON.stringify(recordCompression);
  throw new Error(
    `The output recordCompression of stack "${stack}" is ${found}; it must be none or GZIP.`,
  );
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
