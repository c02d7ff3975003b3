import { once } from "node:events";
import path from "node:path";
import { systemClock } from "../../aws/clock";
import type { TableLookup } from "../../aws/glue/catalogTable";
import { PortUnavailable } from "../../aws/loopbackServer";
import { unlessAborted } from "../../aws/unlessAborted";
import { readStack, type StackSettings } from "../../engine/stack/stackFile";
import { type LocalAws, startLocalAws } from "../../local/run/startLocalAws";
import type { GivenFunction } from "../../local/run/startFunctions";
import { type Input, openInput } from "../../records/input/openInput";
import { interruptible } from "../interruptible";
import { packagePath } from "../packagePath";
import { pipedCommand } from "../pipedCommand";
import { counted } from "../../records/amounts";
import { connectionDetails } from "./connectionDetails";
import { DeliveryProgress } from "./deliveryProgress";
import { LiveLines } from "./liveLines";
import type { PageServer } from "./page/pageServer";
import { pageFeed, startPage } from "./page/startPage";
import { newDirectory, resumeCommand, resumedDirectory, unusable } from "./runDirectory";
import { reportRun, type RunOutput, runOutput } from "./runEnd";
import { RunEvidence } from "./runEvidence";
import { RunFile } from "./runFile";
import { readTableFiles, type TableFile } from "./tableFiles";
import { type InputResult, longestSilence, sendThrough } from "./sendThrough";
import { type Pipeline, RunFeed, startPipeline } from "./startPipeline";

export interface LocalOptions {
  /** Default: the selected stack, or the only one. */
  readonly stack?: string;
  readonly input?: string;
  readonly keep?: boolean;
  readonly ui?: boolean;
  readonly resume?: string;
  /** Functions that run in place of those of AWS. */
  readonly lambda?: readonly GivenFunction[];
  readonly interval?: number;
  readonly throttle?: boolean;
  readonly fsync?: boolean;
  readonly port?: number;
  readonly table?: readonly TableFile[];
  readonly json?: boolean;
  readonly cwd: string;
}

/** Realistic events, part of the package. */
const sampleEvents = "sample/user-events.jsonl";

/**
 * Runs a stack locally, sends an input through it and reports what was delivered. Ctrl-C delivers
 * everything that was accepted and ends the run; a second one ends it at once.
 *
 * @returns the exit code: 0 everything was delivered, 1 something was not, 130 interrupted
 * @throws Error if the run cannot start
 */
export function local(given: LocalOptions): Promise<number> {
  return interruptible(
    async (interrupt, giveUp) => {
      const settings = readStack(path.resolve(given.cwd), given.stack);
      const options = { ...given, stack: settings.stack };
      const input = await inputOf(options, interrupt);
      const run = await startRun(options, settings, input, interrupt, giveUp);
      return run.toEnd();
    },
    { onSecondSignal: "give-up" },
  );
}

/** Opens the input first, so that an unreadable file is reported before anything starts. */
async function inputOf(options: LocalOptions, signal: AbortSignal): Promise<Input | undefined> {
  const { input, keep = false, resume, cwd } = options;
  if (input === undefined && (keep || resume !== undefined)) return undefined;
  const file = input ?? packagePath(sampleEvents);
  return openInput(file === "-" ? "-" : path.resolve(cwd, file), signal, pipedCommand(file));
}

type RunOptions = LocalOptions & { readonly stack: string };

async function startRun(
  options: RunOptions,
  settings: StackSettings,
  input: Input | undefined,
  interrupt: AbortSignal,
  giveUp: AbortSignal,
): Promise<Run> {
  const { stack, resume, cwd, json = false } = options;
  const tables = readTableFiles(options.table ?? [], cwd);
  const directory =
    resume === undefined ? newDirectory({ cwd, stack }) : resumedDirectory(cwd, resume);
  const progress = new DeliveryProgress();
  for (const note of settings.notes) progress.print(`note: ${note}`);
  progress.print(`Starting stack ${stack} locally ...`);
  const feed = new RunFeed();
  const aws = await startServices(options, directory, progress, feed);
  const output = runOutput(json);
  return new Run({
    ...{ options, settings, tables, input, directory, aws, feed, progress, output },
    ...{ interrupt, giveUp },
  });
}

/** @throws Error with the fix if a port or the directory cannot be used */
async function startServices(
  { port, throttle = false, fsync: flush = false }: LocalOptions,
  directory: string,
  { print: onLog }: DeliveryProgress,
  { onKinesis: onKinesisCall, onDirectPut }: RunFeed,
): Promise<LocalAws> {
  const ports = port === undefined ? {} : { port };
  try {
    return await startLocalAws({
      ...{ directory, throttle, flush, onLog, onKinesisCall, onDirectPut },
      ...ports,
    });
  } catch (error) {
    if (!(error instanceof PortUnavailable)) throw unusable(directory, error);
    throw new Error(
      `${error.message} The run listens on the port of --port and on the ones after it: specify ` +
        "another one, or end that program.",
      { cause: error },
    );
  }
}

interface RunContext {
  readonly options: RunOptions;
  readonly settings: ReturnType<typeof readStack>;
  readonly tables: TableLookup;
  readonly input: Input | undefined;
  /** Contains the buckets and the streams. */
  readonly directory: string;
  readonly aws: LocalAws;
  readonly feed: RunFeed;
  readonly progress: DeliveryProgress;
  readonly output: RunOutput;
  readonly interrupt: AbortSignal;
  readonly giveUp: AbortSignal;
}

/** A run whose services have started. */
class Run {
  readonly #context: RunContext;
  readonly #lines: LiveLines;
  /** Aborted by an interrupt, and by an error that nothing else catches. */
  readonly #ending: AbortSignal;
  readonly #crash = new AbortController();
  readonly #problems: string[] = [];
  #failure: Error | undefined;
  #pipeline: Pipeline | undefined;
  #input: InputResult | undefined;
  #page: PageServer | undefined;
  readonly #evidence: RunEvidence;
  /** For other commands. */
  #file: RunFile | undefined;

  constructor(context: RunContext) {
    this.#context = context;
    this.#lines = new LiveLines(context.progress.print);
    this.#evidence = new RunEvidence(context.directory, context.options, systemClock);
    this.#ending = AbortSignal.any([context.interrupt, this.#crash.signal]);
  }

  /**
   * Whatever ends it: delivers what was accepted, and reports it.
   *
   * @returns the exit code
   */
  async toEnd(): Promise<number> {
    const { giveUp, interrupt } = this.#context;
    process.on("uncaughtException", this.#onUncaught);
    this.#ending.addEventListener("abort", this.#announce);
    try {
      await unlessAborted(this.#work(), giveUp);
    } catch (error) {
      // A program that was ended by the interrupt fails, too.
      if (!interrupt.aborted) this.#failure = error as Error;
    }
    await this.#stop();
    this.#ending.removeEventListener("abort", this.#announce);
    try {
      return await this.#report();
    } finally {
      process.removeListener("uncaughtException", this.#onUncaught);
    }
  }

  async #work(): Promise<void> {
    const { options, settings, tables, aws, feed, progress, output } = this.#context;
    const { interval: maxIntervalSeconds, keep = false, ui = false, stack } = options;
    feed.subscribe(progress);
    feed.subscribe(this.#lines);
    const { print } = progress;
    const givenFunctions = (options.lambda ?? []).map(({ name, path: file }) => ({
      name,
      path: path.resolve(options.cwd, file),
    }));
    const request = {
      ...{ settings, maxIntervalSeconds, tables, givenFunctions, feed, print },
      signal: this.#ending,
    };
    const pipeline = (this.#pipeline = await startPipeline(aws, request));
    const { directory } = this.#context;
    const { droppedBy } = progress;
    this.#file = new RunFile(directory, stack, pipeline.deliveryStreams, aws, droppedBy);
    feed.subscribe(this.#file);
    this.#evidence.start(pipeline, feed, aws);
    progress.resumed(pipeline.resumed);
    if (ui) {
      const resume = resumeCommand(options, this.#context.directory);
      const end = { stopping: this.#ending, resumeCommand: resume };
      this.#page = await startPage(pageFeed(stack, pipeline, aws, feed, end), systemClock);
      output.print(`Watch the run at ${this.#page.url} until Ctrl-C.`);
    }
    await this.#deliver(pipeline);
    if (!(keep || ui) || this.#ending.aborted) return;
    output.print(connectionDetails(pipeline, aws, this.#context.directory));
    this.#lines.showRecords();
    await once(this.#ending, "abort");
  }

  /** Sends the input and waits for its delivery; without an input, waits for resumed records. */
  async #deliver(pipeline: Pipeline): Promise<void> {
    const { input, aws, progress } = this.#context;
    if (!input && pipeline.resumed === 0) return;
    progress.show();
    try {
      if (input) {
        const signal = this.#ending;
        this.#input = await sendThrough(input, pipeline, { aws, progress, signal });
      } else await progress.delivered(() => aws.records(), longestSilence(pipeline), this.#ending);
    } finally {
      progress.hide();
    }
  }

  /** Says at once what the run waits for. */
  readonly #announce = (): void => {
    const { aws, progress } = this.#context;
    aws
      .records()
      .then(({ missing, unreadable }) => {
        const left = missing - unreadable;
        if (left > 0)
          progress.print(`Delivering ${counted(left, "record")}; press Ctrl-C again to stop now.`);
        else if (missing > 0) progress.print("Nothing more can be delivered: stopping.");
        else
          progress.print(
            this.#pipeline
              ? "Everything is delivered: stopping."
              : "Nothing was accepted: stopping.",
          );
      })
      .catch(this.#onUncaught);
  };

  readonly #onUncaught = (error: unknown): void => {
    const message = error instanceof Error ? error.message : String(error);
    this.#problem(`Unexpected error: ${message}`);
    this.#crash.abort();
  };

  #problem(message: string): void {
    this.#problems.push(message);
    this.#context.progress.print(message);
  }

  async #stop(): Promise<void> {
    const { aws, giveUp, progress } = this.#context;
    progress.show();
    try {
      await aws.stop(giveUp);
    } catch (error) {
      this.#problem((error as Error).message);
    }
    progress.hide();
    this.#lines.end();
    this.#evidence.end(this.#failure);
    this.#file?.end();
    await this.#page?.stop();
  }

  async #report(): Promise<number> {
    const { options, aws, directory, progress, output, input, interrupt } = this.#context;
    const records = await aws.records();
    const hasBackup = this.#pipeline?.deliveryStreams.some(({ backup }) => backup !== undefined);
    const isCutShort = interrupt.aborted && (!this.#pipeline || (!!input && !this.#input));
    const outcome = {
      ...{ directory, records, objects: progress.objects, isCutShort },
      ...(hasBackup && { backupObjects: progress.backupObjects }),
      ...(progress.functions && { functions: progress.functions }),
      ...(this.#input && { input: this.#input }),
    };
    return reportRun(outcome, {
      ...{ place: options, output, problems: this.#problems, print: progress.print },
      ...(this.#pipeline && { pipeline: this.#pipeline }),
      ...(this.#failure && { failure: this.#failure }),
    });
  }
}
