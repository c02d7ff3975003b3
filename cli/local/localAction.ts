import path from "node:path";
import { startLocalAws } from "../../local/aws/localAws";
import { readStack } from "../../local/engine/stack/stackFile";
import { type Input, openInput } from "../../records/input/openInput";
import { stdoutColors } from "../stdoutColors";
import { DeliveryProgress } from "./deliveryProgress";
import { isFine, localReport, waysIn } from "./localReport";
import { newRunFolder } from "./runFolder";
import { sendThrough } from "./sendThrough";
import { startPipeline } from "./startPipeline";

export interface LocalOptions {
  readonly stack: string;
  readonly input?: string;
  readonly keep?: boolean;
  readonly interval?: number;
  readonly cwd: string;
}

/** Realistic events that come with the project. */
const exampleEvents = "examples/user-events.jsonl";

const interrupted = 130;

/**
 * Brings a stack to life on this machine, sends an input through it and says what arrived.
 * Ctrl-C delivers what is buffered and ends it.
 *
 * @returns the exit code: 0 all arrived, 1 something did not, 130 interrupted
 * @throws Error if it cannot run
 */
export async function local(options: LocalOptions): Promise<number> {
  const interrupt = new AbortController();
  const { signal } = interrupt;
  const onInterrupt = (): void => {
    interrupt.abort();
  };
  for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, onInterrupt);
  try {
    return await run(options, await inputOf(options, signal), signal);
  } catch (error) {
    if (signal.aborted) return interrupted;
    throw error;
  } finally {
    for (const name of ["SIGINT", "SIGTERM"] as const) process.removeListener(name, onInterrupt);
    // An input that is still open would keep the process alive.
    interrupt.abort();
  }
}

/** Opened first: what cannot be read is known before anything is started. */
async function inputOf(options: LocalOptions, signal: AbortSignal): Promise<Input | undefined> {
  const { input, keep = false, cwd } = options;
  if (input === undefined && keep) return undefined;
  return openInput(input === "-" ? "-" : path.resolve(cwd, input ?? exampleEvents), signal);
}

async function run(
  options: LocalOptions,
  input: Input | undefined,
  signal: AbortSignal,
): Promise<number> {
  const { stack, keep = false, interval, cwd } = options;
  const tell = (line: string): void => {
    console.error(line);
  };
  const settings = readStack(path.resolve(cwd), stack);
  for (const note of settings.notes) tell(`note: ${note}`);
  tell(`Bringing stack ${stack} to life on this machine ...`);
  const folder = newRunFolder(cwd, stack);
  const progress = new DeliveryProgress();
  const aws = await startLocalAws({ directory: folder, onLog: tell });
  try {
    const pipeline = await startPipeline(aws, {
      settings,
      maxIntervalSeconds: interval,
      onEvent: progress.onEvent,
      tell,
      signal,
    });
    let exitCode = 0;
    if (input) {
      const outcome = await sendThrough(input, pipeline, { aws, progress, signal });
      if (outcome === undefined) return interrupted;
      console.log(localReport(outcome, folder, stdoutColors()));
      exitCode = isFine(outcome) ? 0 : 1;
    }
    if (keep) {
      console.log(waysIn(pipeline, aws, folder));
      await aborted(signal);
    }
    return exitCode;
  } finally {
    await aws.stop();
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => {
      resolve();
    });
  });
}
