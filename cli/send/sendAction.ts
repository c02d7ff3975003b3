import { Format } from "cli-progress";
import { openInput } from "../../records/input/openInput";
import { readRecords } from "../../records/input/readRecords";
import { type SendProgress, sendRecords } from "../../records/send/sendRecords";
import { deliveryStreamTarget, type SendTarget, streamTarget } from "../../records/send/sendTarget";
import { interrupted, interruptible } from "../interruptible";
import type { AwsOptions } from "../options";
import { print } from "../output";
import { pipedCommand } from "../pipedCommand";
import { progressBar } from "../progressBar";
import { grouped } from "../reports/amounts";
import type { Colors } from "../reports/terminal";
import { firehoseClient, kinesisClient } from "../serviceClients";
import { stackOutputs, stringOutput } from "../stackOutputs";
import { isComplete, sendReport } from "./sendReport";

export interface SendCommandOptions extends AwsOptions {
  readonly stack?: string;
  readonly stream?: string;
  readonly deliveryStream?: string;
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
  const { name, target, close } = await destination(options);
  return interruptible(async (signal) => {
    const input = await openInput(file ?? "-", signal, pipedCommand(file ?? "-"));
    const progress = sendProgress(input.bytes);
    const summary = await sendRecords({
      target,
      records: readRecords(input.chunks, input.name),
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
  /** Closes the connections. */
  readonly close: () => void;
}

async function destination(options: SendCommandOptions): Promise<Destination> {
  const { stack, stream, deliveryStream, ...aws } = options;
  if ([stack, stream, deliveryStream].filter((name) => name !== undefined).length !== 1) {
    throw new Error("Specify one of --stack NAME, --stream NAME and --delivery-stream NAME.");
  }
  if (deliveryStream !== undefined) {
    const client = firehoseClient(aws);
    return destinationOf(deliveryStream, deliveryStreamTarget(client, deliveryStream), client);
  }
  const { streamName, ...used } =
    stack === undefined ? { streamName: stream ?? "", ...aws } : await streamOfStack(stack, aws);
  const client = kinesisClient(used);
  return destinationOf(streamName, streamTarget(client, streamName), client);
}

function destinationOf(name: string, target: SendTarget, client: { destroy(): void }): Destination {
  return {
    ...{ name, target },
    close: () => {
      client.destroy();
    },
  };
}

async function streamOfStack(
  stack: string,
  aws: AwsOptions,
): Promise<AwsOptions & { readonly streamName: string }> {
  const outputs = await stackOutputs(stack, "--stream NAME and --region REGION");
  const region = stringOutput(outputs, "region", stack);
  return { streamName: stringOutput(outputs, "streamName", stack), region, ...aws };
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
    update: ({ sent, bytes: sentBytes, retries }) => {
      const retried = retries === 0 ? "" : `, ${grouped(retries)} retries`;
      line.update(sentBytes + sent, { text: `${grouped(sent)} records${retried}` });
    },
    end: () => {
      line.stop();
    },
  };
}
