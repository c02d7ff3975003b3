import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import path from "node:path";
import { systemClock } from "../../aws/clock";
import { readStack } from "../../engine/stack/stackFile";
import { type LocalAws, startLocalAws } from "../../local/run/startLocalAws";
import { type Input, openInput } from "../../records/input/openInput";
import { interrupted, interruptible } from "../interruptible";
import { stdoutColors } from "../reports/terminal";
import { DeliveryProgress } from "./deliveryProgress";
import {
  closingReport,
  runSucceeded,
  localReport,
  resumedReport,
  connectionDetails,
} from "./localReport";
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
  readonly cwd: string;
}

/** Realistic events that come with the project. */
const exampleEvents = "examples/user-events.jsonl";

/**
 * Brings a stack to life on this machine, sends an input through it and says what arrived.
 * Ctrl-C delivers what is buffered and ends it.
 *
 * @returns the exit code: 0 all arrived, 1 something did not, 130 interrupted
 * @throws Error if it cannot run
 */
export function local(options: LocalOptions): Promise<number> {
  return interruptible(async (signal) => run(options, await inputOf(options, signal), signal));
}

/** Opened first: what cannot be read is known before anything is started. */
async function inputOf(options: LocalOptions, signal: AbortSignal): Promise<Input | undefined> {
  const { input, keep = false, resume, cwd } = options;
  if (input === undefined && (keep || resume !== undefined)) return undefined;
  return openInput(input === "-" ? "-" : path.resolve(cwd, input ?? exampleEvents), signal);
}

async function run(
  options: LocalOptions,
  input: Input | undefined,
  signal: AbortSignal,
): Promise<number> {
  const { stack, interval, resume, cwd } = options;
  const settings = readStack(path.resolve(cwd), stack);
  const folder = resume === undefined ? newRunFolder(cwd, stack) : earlierRunFolder(cwd, resume);
  for (const note of settings.notes) print(`note: ${note}`);
  print(`Bringing stack ${stack} to life on this machine ...`);
  const feed = new RunFeed();
  const progress = new DeliveryProgress();
  feed.subscribe(progress);
  const aws = await startLocalAws({
    directory: folder,
    onLog: print,
    onKinesisCall: feed.onKinesis,
  });
  let pipeline: Pipeline | undefined;
  let exitCode = 0;
  try {
    const request = { settings, maxIntervalSeconds: interval, feed, print: print, signal };
    pipeline = await startPipeline(aws, request);
    progress.resumed(pipeline.resumed);
    exitCode = await use({ options, input, aws, pipeline, feed, progress, folder, signal });
  } finally {
    // What stays undelivered does not hide what is known of the run.
    await aws.stop().catch((error: unknown) => {
      print((error as Error).message);
      print(`Go on with: npx streamlake local ${resumeArguments(options, folder)}`);
      exitCode ||= 1;
    });
  }
  report(pipeline, folder);
  return exitCode;
}

interface Run {
  readonly options: LocalOptions;
  readonly input: Input | undefined;
  readonly aws: LocalAws;
  readonly pipeline: Pipeline;
  readonly feed: RunFeed;
  readonly progress: DeliveryProgress;
  readonly folder: string;
  readonly signal: AbortSignal;
}

/** @returns the exit code */
async function use(run: Run): Promise<number> {
  const { options, aws, pipeline, feed, folder, signal } = run;
  const { keep = false, ui = false, stack } = options;
  const page = ui ? await startPage(pageFeed(stack, pipeline, aws, feed), systemClock) : undefined;
  try {
    if (page) console.log(`Watch it at ${page.url} until Ctrl-C.`);
    const exitCode = await deliver(run);
    if (keep || ui) {
      console.log(connectionDetails(pipeline, aws, folder));
      if (!signal.aborted) await once(signal, "abort");
    }
    return exitCode;
  } finally {
    await page?.stop();
  }
}

/** @returns the exit code */
async function deliver(run: Run): Promise<number> {
  const { input, aws, pipeline, progress, folder, signal } = run;
  if (input) {
    const outcome = await sendThrough(input, pipeline, { aws, progress, signal });
    if (outcome === undefined) return interrupted;
    console.log(localReport(outcome, folder, stdoutColors()));
    return runSucceeded(outcome) ? 0 : 1;
  }
  if (pipeline.resumed === 0) return 0;
  progress.show();
  await progress.delivered(longestSilence(pipeline), signal);
  progress.hide();
  console.log(resumedReport(pipeline.resumed, progress.inObjects, folder, stdoutColors()));
  if (signal.aborted) return interrupted;
  return progress.inObjects.records < pipeline.resumed ? 1 : 0;
}

/** Everything is over by now: the last objects are delivered, the last metrics known. */
function report(pipeline: Pipeline, folder: string): void {
  const snapshot = pipeline.monitoring.snapshot(systemClock.now());
  const file = path.join(folder, "monitoring.json");
  writeFileSync(file, `${JSON.stringify({ ...snapshot, access: pipeline.access() }, null, 2)}\n`);
  console.log(closingReport(pipeline, snapshot, stdoutColors()));
  console.log(`\nAll of it is in ${relative(file)}.`);
}

/** The options that go on with a run. */
function resumeArguments({ stack, cwd }: LocalOptions, folder: string): string {
  const elsewhere = cwd === "." ? "" : `-C ${cwd} `;
  return `${elsewhere}--stack ${stack} --resume ${path.relative(path.resolve(cwd), folder)}`;
}

function print(line: string): void {
  console.error(line);
}

function relative(file: string): string {
  return path.relative(process.cwd(), file);
}

/**
 * A new folder for the buckets of one run: `.streamlake/<stack>/<time>-<random>`. Runs side by side
 * never share one, and each stays until somebody deletes it.
 */
function newRunFolder(cwd: string, stack: string): string {
  const parent = path.resolve(cwd, ".streamlake", stack);
  mkdirSync(parent, { recursive: true });
  const time = new Date().toISOString().slice(0, 19).replaceAll(":", "-");
  return mkdtempSync(path.join(parent, `${time}-`));
}

/**
 * The folder of an earlier run.
 *
 * @throws if it is none
 */
function earlierRunFolder(cwd: string, folder: string): string {
  const found = path.resolve(cwd, folder);
  if (existsSync(path.join(found, ".kinesis"))) return found;
  throw new Error(
    `--resume "${folder}" is not the folder of an earlier run. Runs name theirs, below .streamlake/.`,
  );
}
