import { readFileSync } from "node:fs";
import path from "node:path";
import { longestDelivery, type TargetProcessing } from "../../records/target/processing";
import type { Target } from "../../records/target/target";
import { probeLake, type ProbeLakeOptions } from "../../records/verify/probe/probeLake";
import {
  defaultTemplate,
  probeRecords,
  readTemplate,
} from "../../records/verify/probe/probeRecords";
import { interrupted, interruptible } from "../interruptible";
import { print, printMessage } from "../output";
import { progressBar } from "../progressBar";
import { counted, grouped, timeText } from "../../records/amounts";
import { jsonText, printable } from "../reports/printable";
import { stdoutColors } from "../reports/terminal";
import { s3Client } from "../serviceClients";
import { entryClient } from "../target/entryClient";
import { type OpenTarget, openTarget } from "../target/openTarget";
import { nameTarget, type TargetOptions } from "../target/targetOptions";
import { isDelivered, type Probed, probeReport } from "./probeReport";

export interface ProbeCommandOptions extends TargetOptions {
  /** How many records; true for the default. */
  readonly probe: number | true;
  /** A record with a place for the marker, or a file with one. */
  readonly probeRecord?: string;
  /** In milliseconds. */
  readonly wait?: number;
  readonly json?: boolean;
}

const defaultCount = 3;

/**
 * Sends marked records through a pipeline, waits for them in its bucket, and prints what became of them.
 *
 * @returns the exit code: 0 all are delivered, 1 some are not, 130 interrupted
 * @throws Error if the pipeline cannot be written to or read
 */
export async function probe(options: ProbeCommandOptions): Promise<number> {
  const open = nameTarget(options) ? await openTarget(options, "--bucket NAME") : undefined;
  if (open === undefined)
    throw new Error(
      "--probe sends records through a whole pipeline: specify --stack NAME, --stack-export FILE or --local.",
    );
  return interruptible(async (signal) => {
    const probed = await probeTarget(open, options, signal);
    print(options.json ? jsonText(probed) : probeReport(probed, stdoutColors()));
    if (signal.aborted) return interrupted;
    return isDelivered(probed) ? 0 : 1;
  }).finally(open.close);
}

async function probeTarget(
  { target, aws }: OpenTarget,
  options: ProbeCommandOptions,
  signal: AbortSignal,
): Promise<Probed> {
  const entry = target.entry();
  const { region, processing = {}, ...lake } = target.lake();
  const template = templateOf(options, target, processing);
  const waitMilliseconds = options.wait ?? longestDelivery(processing) * 1000;
  const records = probeRecords({
    ...{ template, recordCompression: entry.recordCompression ?? "none", now: Date.now() },
    count: options.probe === true ? defaultCount : options.probe,
    ...(processing.steps && { steps: processing.steps }),
  });
  const sending = await entryClient(entry, aws);
  const client = s3Client(await aws("s3", region));
  const progress = probeProgress(entry.name, lake.bucket, waitMilliseconds);
  try {
    const report = await probeLake({
      ...{ client, ...lake, target: sending.target, probe: records, waitMilliseconds, signal },
      onProgress: progress.update,
    });
    const { bufferSeconds, steps } = processing;
    return {
      ...{ entry: entry.name, bucket: lake.bucket, waitMilliseconds },
      ...(bufferSeconds !== undefined && { bufferSeconds }),
      ...(steps && { processing: [...steps] }),
      ...report,
    };
  } finally {
    progress.end();
    client.destroy();
    sending.client.destroy();
  }
}

/** @throws Error if the record would not fit the pipeline, with what to specify */
function templateOf(
  { probeRecord }: ProbeCommandOptions,
  { title }: Target,
  { steps = new Set() }: TargetProcessing,
): string {
  if (steps.has("orc"))
    throw new Error(
      `${title} delivers ORC, whose records are not read here: --probe cannot find them.`,
    );
  if (probeRecord !== undefined)
    return probeRecord.trimStart().startsWith("{")
      ? readTemplate(probeRecord, "--probe-record")
      : readTemplate(fileContent(probeRecord), `--probe-record ${probeRecord}`);
  const needs = steps.has("partition")
    ? "partitions records by keys in them"
    : steps.has("parquet")
      ? "converts records to the columns of a table"
      : undefined;
  if (needs === undefined) return defaultTemplate;
  throw new Error(
    `${title} ${needs}, so a probe must look like one of its records. Specify one, or a file with one, ` +
      "with <probe> where the marker belongs, in a string that arrives as it is: " +
      `--probe-record '{"event_id":"<probe>","customer":"acme"}'`,
  );
}

function fileContent(file: string): string {
  try {
    return readFileSync(path.resolve(file), "utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code === "ENOENT" ? "there is no such file" : message;
    throw new Error(
      `--probe-record ${printable(file)}: ${reason}. Specify a file with one record, or a JSON object.`,
      { cause: error },
    );
  }
}

/** Says once what is waited for, and shows on a terminal for how long. */
function probeProgress(entry: string, bucket: string, waitMilliseconds: number) {
  const bar = progressBar(20, "Waiting {bar} {text}");
  let isStarted = false;
  const update: ProbeLakeOptions["onProgress"] & {} = ({ sent, found, milliseconds }) => {
    const limit = timeText(waitMilliseconds);
    if (!isStarted) {
      printMessage(
        `Sent ${counted(sent, "probe record")} to ${printable(entry)}; waiting up to ${limit} for ` +
          `${sent === 1 ? "it" : "them"} in ${printable(bucket)}.`,
      );
      bar.start(waitMilliseconds, 0, { text: "" });
      isStarted = true;
    }
    bar.update(Math.min(milliseconds, waitMilliseconds), {
      text: `${timeText(milliseconds)} of ${limit}, ${grouped(found)} of ${grouped(sent)} found`,
    });
  };
  return {
    update,
    end: () => {
      if (isStarted) bar.stop();
    },
  };
}
