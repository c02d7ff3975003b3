import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import path from "node:path";
import { systemClock } from "../../aws/clock";
import { readStack } from "../../engine/stack/stackFile";
import { type LocalAws, startLocalAws } from "../../local/run/startLocalAws";
import { type Input, openInput } from "../../records/input/openInput";
import { interrupted, interruptible } from "../interruptible";
import { pipedCommand } from "../pipedCommand";
import { stdoutColors } from "../reports/terminal";
import { connectionDetails } from "./connectionDetails";
import { DeliveryProgress } from "./deliveryProgress";
import { closingReport, localReport, resumedReport, runSucceeded } from "./localReport";
import type { PageServer } from "./page/pageServer";
import { pageFeed, startPage } from "./page/startPage";
import { longestSilence, sendThrough } from "./sendThrough";
import { type Pipeline, RunFeed, startPipeline } from "./startPipeline";

export interface LocalOptions {
  readonly stack: string;
  readonly input?: string;
  readonly keep?: boolean;
  readonly ui?: boolean;
  readonly resume?: string;
  readonly interval?: number;
  readonly throttle?: boolean;
  readonly fsync?: boolean;
  readonly cwd: string;
}

/** Realistic events, part of the repository. */
const exampleEvents = "examples/user-events.jsonl";

/**
 * Runs a stack locally, sends an input through it and reports what was delivered. Ctrl-C delivers
 * what is buffered and ends the run.
 *
 * @returns the exit code: 0 everything was delivered, 1 something was not, 130 interrupted
 * @throws Error if the run cannot start
 */
export function local(options: LocalOptions): Promise<number> {
  return interruptible(async (signal) => run(options, await inputOf(options, signal), signal));
}

/** Opens the input first, so that an unreadable file is reported before anything starts. */
async function inputOf(options: LocalOptions, signal: AbortSignal): Promise<Input | undefined> {
  const { input, keep = false, resume, cwd } = options;
  if (input === undefined && (keep || resume !== undefined)) return undefined;
  const file = input ?? exampleEvents;
  return openInput(file === "-" ? "-" : path.resolve(cwd, file), signal, pipedCommand(file));
}

async function run(
  options: LocalOptions,
  input: Input | undefined,
  signal: AbortSignal,
): Promise<number> {
  const { stack, interval, resume, throttle = false, fsync: flush = false, cwd } = options;
  const settings = readStack(path.resolve(cwd), stack);
  const directory = resume === undefined ? newDirectory(cwd, stack) : resumedDirectory(cwd, resume);
  for (const note of settings.notes) print(`note: ${note}`);
  print(`Starting stack ${stack} locally ...`);
  const feed = new RunFeed();
  const progress = new DeliveryProgress();
  feed.subscribe(progress);
  const aws = await startLocalAws({
    ...{ directory, throttle, flush },
    onLog: print,
    onKinesisCall: feed.onKinesis,
    onDirectPut: feed.onDirectPut,
  });
  let pipeline: Pipeline | undefined;
  let page: PageServer | undefined;
  let exitCode = 0;
  try {
    const request = { settings, maxIntervalSeconds: interval, feed, print, signal };
    pipeline = await startPipeline(aws, request);
    if (options.ui) {
      const resumeCommand = `npx streamlake local ${resumeArguments(options, directory)}`;
      const end = { stopping: signal, resumeCommand };
      page = await startPage(pageFeed(stack, pipeline, aws, feed, end), systemClock);
      console.log(`Watch the run at ${page.url} until Ctrl-C.`);
    }
    progress.resumed(pipeline.resumed);
    exitCode = await drive({ options, input, aws, pipeline, progress, directory, signal });
  } finally {
    // The closing report follows even if records remain undelivered.
    await aws.stop().catch((error: unknown) => {
      print((error as Error).message);
      print(`To continue: npx streamlake local ${resumeArguments(options, directory)}`);
      exitCode ||= 1;
    });
    // Last, so that the page shows what the stop has delivered.
    await page?.stop();
  }
  reportMonitoring(pipeline, directory);
  return exitCode;
}

interface Run {
  readonly options: LocalOptions;
  readonly input: Input | undefined;
  readonly aws: LocalAws;
  readonly pipeline: Pipeline;
  readonly progress: DeliveryProgress;
  /** Contains the buckets and the journals of the streams. */
  readonly directory: string;
  readonly signal: AbortSignal;
}

/**
 * Delivers the input, and with `--keep` or `--ui` waits for Ctrl-C.
 *
 * @returns the exit code
 */
async function drive(running: Run): Promise<number> {
  const { options, aws, pipeline, directory, signal } = running;
  const { keep = false, ui = false } = options;
  const exitCode = await deliver(running);
  if (keep || ui) {
    console.log(connectionDetails(pipeline, aws, directory));
    if (!signal.aborted) await once(signal, "abort");
  }
  return exitCode;
}

/**
 * Sends the input and waits for its delivery; without an input, waits for resumed records.
 *
 * @returns the exit code
 */
async function deliver(running: Run): Promise<number> {
  const { input, aws, pipeline, progress, directory, signal } = running;
  if (input) {
    const result = await sendThrough(input, pipeline, { aws, progress, signal });
    if (result === undefined) return interrupted;
    console.log(localReport(result, directory, stdoutColors()));
    return runSucceeded(result) ? 0 : 1;
  }
  if (pipeline.resumed === 0) return 0;
  progress.show();
  await progress.delivered(longestSilence(pipeline), signal);
  progress.hide();
  console.log(resumedReport(pipeline.resumed, progress.inObjects, directory, stdoutColors()));
  if (signal.aborted) return interrupted;
  return progress.inObjects.records < pipeline.resumed ? 1 : 0;
}

/** Only after the pipeline has stopped: its last objects and metrics count too. */
function reportMonitoring(pipeline: Pipeline, directory: string): void {
  const snapshot = pipeline.monitoring.snapshot(systemClock.now());
  const file = path.join(directory, "monitoring.json");
  writeFileSync(file, `${JSON.stringify({ ...snapshot, access: pipeline.access() }, null, 2)}\n`);
  console.log(closingReport(pipeline, snapshot, stdoutColors()));
  console.log(`\nAll details are in ${path.relative(process.cwd(), file)}.`);
}

/** The arguments of `streamlake local` that resume a run. */
function resumeArguments({ stack, cwd }: LocalOptions, directory: string): string {
  const cwdOption = cwd === "." ? "" : `-C ${cwd} `;
  return `${cwdOption}--stack ${stack} --resume ${path.relative(path.resolve(cwd), directory)}`;
}

function print(line: string): void {
  console.error(line);
}

/**
 * Creates the directory of a run, `.streamlake/<stack>/<time>-<random>`: parallel runs never share
 * one. It remains until somebody deletes it.
 */
function newDirectory(cwd: string, stack: string): string {
  const parent = path.resolve(cwd, ".streamlake", stack);
  mkdirSync(parent, { recursive: true });
  const time = new Date().toISOString().slice(0, 19).replaceAll(":", "-");
  return mkdtempSync(path.join(parent, `${time}-`));
}

/**
 * The directory of an earlier run.
 *
 * @throws Error if no run wrote to it
 */
function resumedDirectory(cwd: string, resume: string): string {
  const directory = path.resolve(cwd, resume);
  if (existsSync(path.join(directory, ".kinesis"))) return directory;
  throw new Error(
    `--resume "${resume}" is not the directory of an earlier run. ` +
      "Each run prints its directory, which is below .streamlake/.",
  );
}
