import { Format } from "cli-progress";
import { openInput } from "../../records/input/openInput";
import { readRecords } from "../../records/input/readRecords";
import { type SendProgress, sendRecords } from "../../records/send/sendRecords";
import { kinesisClient } from "../awsClients";
import type { AwsOptions } from "../options";
import { progressBar } from "../progressBar";
import { grouped } from "../reports/amounts";
import type { Colors } from "../reports/terminal";
import { stackOutputs, textOutput } from "../stackOutputs";
import { isComplete, sendReport } from "./sendReport";

export interface SendCommandOptions extends AwsOptions {
  readonly stack?: string;
  readonly stream?: string;
}

/**
 * Sends a file, or standard input, and says what became of it. Ctrl-C ends it early.
 *
 * @returns the report and the exit code: 0 all sent, 1 something is not, 130 interrupted
 * @throws Error if nothing could be sent
 */
export async function send(
  file: string | undefined,
  options: SendCommandOptions,
  colors: Colors,
): Promise<{ report: string; exitCode: number }> {
  if (file === undefined && process.stdin.isTTY) {
    throw new Error("Nothing to send. Give a file with one event per line, or pipe one in.");
  }
  const { streamName, ...aws } = await destination(options);
  const client = kinesisClient(aws);
  const interrupt = new AbortController();
  const onInterrupt = (): void => {
    interrupt.abort();
  };
  process.once("SIGINT", onInterrupt);
  try {
    const input = await openInput(file ?? "-", interrupt.signal);
    const progress = sendProgress(input.bytes);
    const summary = await sendRecords({
      client,
      streamName,
      records: readRecords(input.chunks, input.name),
      onProgress: progress.update,
      signal: interrupt.signal,
    }).finally(progress.end);
    if (summary.sent === 0 && summary.stopped && !interrupt.signal.aborted) {
      throw new Error(`Nothing was sent to "${streamName}": ${summary.stopped.reason}`);
    }
    return {
      report: sendReport(summary, streamName, colors),
      exitCode: interrupt.signal.aborted ? 130 : isComplete(summary) ? 0 : 1,
    };
  } finally {
    process.removeListener("SIGINT", onInterrupt);
    // A pipe that is still open would keep the process alive.
    interrupt.abort();
    client.destroy();
  }
}

async function destination(
  options: SendCommandOptions,
): Promise<AwsOptions & { readonly streamName: string }> {
  const { stack, stream, ...aws } = options;
  if ((stack === undefined) === (stream === undefined)) {
    throw new Error("Say where to send: either --stack NAME or --stream NAME.");
  }
  if (stack === undefined) return { streamName: stream ?? "", ...aws };
  const outputs = await stackOutputs(stack, "--stream NAME and --region REGION");
  const region = textOutput(outputs, "region", stack);
  return { streamName: textOutput(outputs, "streamName", stack), region, ...aws };
}

/** A line on standard error that shows how far sending is; nothing if that is no terminal. */
interface ProgressLine {
  readonly update: (progress: SendProgress) => void;
  readonly end: () => void;
}

/** @param bytes size of the input, if it is known */
function sendProgress(bytes: number | undefined): ProgressLine {
  const line = progressBar(30, (options, { progress }, payload: { text?: string }) => {
    const bar = bytes === undefined ? "" : `${Format.BarFormat(progress, options)} `;
    return `Sending ${bar}${payload.text ?? ""}`;
  });
  line.start(bytes ?? 0, 0);
  return {
    // Each record has a line feed in the file.
    update: ({ sent, bytes: sentBytes, retries }) => {
      const retried = retries === 0 ? "" : `, ${grouped(retries)} retries`;
      line.update(sentBytes + sent, { text: `${grouped(sent)} records${retried}` });
    },
    end: () => {
      line.stop();
    },
  };
}
