import path from "node:path";
import { type ReplayReport, replayErrors } from "../../records/replay/replayErrors";
import { ReplayProgress } from "../../records/replay/replayProgress";
import type { TargetLake } from "../../records/target/target";
import { interrupted, interruptible } from "../interruptible";
import { ignoreInGit, runsDirectory } from "../local/runDirectory";
import { print } from "../output";
import { progressBar } from "../progressBar";
import { grouped } from "../../records/amounts";
import { jsonText } from "../reports/printable";
import { stdoutColors } from "../reports/terminal";
import { s3Client } from "../serviceClients";
import { entryClient } from "../target/entryClient";
import { type OpenTarget, openTarget } from "../target/openTarget";
import type { TargetOptions } from "../target/targetOptions";
import { isComplete, replayReport } from "./replayReport";
import { transformModule } from "./transformModule";

export interface ReplayCommandOptions extends TargetOptions {
  readonly execute?: boolean;
  readonly date?: string;
  readonly code?: string;
  readonly transform?: string;
  readonly rate?: number;
  readonly checkpoint?: string;
  readonly json?: boolean;
}

/**
 * Replays the failed records of a pipeline, or prints what would be replayed.
 *
 * @returns the exit code
 * @throws Error if the pipeline cannot be read or written to
 */
export async function replay(options: ReplayCommandOptions): Promise<number> {
  const open = await openTarget(options, "--bucket NAME");
  if (open === undefined)
    throw new Error("Specify one of --stack NAME, --stack-export FILE and --local.");
  return interruptible(async (signal) => {
    const { report, name } = await replayTarget(open, options, signal);
    print(options.json ? jsonText(jsonOf(report)) : replayReport(report, name, stdoutColors()));
    if (signal.aborted) return interrupted;
    return isComplete(report) ? 0 : 1;
  }).finally(open.close);
}

interface Replayed {
  readonly report: ReplayReport;
  /** Where the records were sent; undefined for a dry run. */
  readonly name: string | undefined;
}

async function replayTarget(
  { target, aws }: OpenTarget,
  options: ReplayCommandOptions,
  signal: AbortSignal,
): Promise<Replayed> {
  const { execute = false, transform, date, code, rate } = options;
  const { region, ...lake } = target.lake();
  const errorPrefix = requiredErrorPrefix(lake, target.title);
  const change = transform === undefined ? undefined : await transformModule(transform);
  const progress = new ReplayProgress(checkpointFile(options), lake.bucket);
  if (execute) progress.begin();
  const entry = execute ? target.entry() : undefined;
  const sending = entry && (await entryClient(entry, aws));
  const client = s3Client(await aws("s3", region));
  const bar = progressBar(30, (_options, _progress, { text = "" }: { text?: string }) => text);
  if (execute) bar.start(0, 0);
  try {
    const report = await replayErrors({
      ...{ client, ...lake, errorPrefix, progress, signal },
      ...(date !== undefined && { day: date }),
      ...(code !== undefined && { code }),
      ...(rate !== undefined && { rate }),
      ...(change && { transform: change }),
      ...(sending && { target: sending.target }),
      onProgress: (sent) => {
        bar.update(sent, { text: `Replaying: ${grouped(sent)} records` });
      },
    });
    return { report, name: entry?.name };
  } finally {
    if (execute) bar.stop();
    client.destroy();
    sending?.client.destroy();
  }
}

function requiredErrorPrefix({ errorPrefix = "" }: TargetLake, title: string): string {
  if (errorPrefix !== "") return errorPrefix;
  throw new Error(`${title} has no error prefix, so its failed records are among the others.`);
}

function checkpointFile({ checkpoint, execute = false }: ReplayCommandOptions): string {
  if (checkpoint !== undefined) return path.resolve(checkpoint);
  // A dry run writes nothing.
  if (execute) ignoreInGit(path.resolve(runsDirectory));
  return path.resolve(runsDirectory, "replay.jsonl");
}

/** JSON has no maps. */
function jsonOf({ codes, ...report }: ReplayReport): object {
  return { codes: Object.fromEntries(codes), ...report };
}
