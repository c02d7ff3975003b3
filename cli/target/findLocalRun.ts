import { readdirSync, statSync } from "node:fs";
import path from "node:path";
import { isRunning } from "../../aws/runningProcess";
import { type LocalRun, readLocalRun } from "../../records/target/localRun";
import { runsDirectory } from "../local/runDirectory";
import { printable } from "../reports/printable";

export interface FoundRun {
  readonly directory: string;
  readonly run: LocalRun;
  /** Whether its services still answer. */
  readonly isUp: boolean;
}

/**
 * Finds a local run.
 *
 * @param directory of the run; true for the latest one below the current directory
 * @param stack of which the run must be; undefined for any
 * @throws Error with the command that starts one if there is none
 */
export function findLocalRun(directory: string | true, stack?: string): FoundRun {
  for (const candidate of runDirectories(directory, stack)) {
    const run = readLocalRun(candidate);
    if (run === undefined) continue;
    if (stack !== undefined && run.stack !== stack) break;
    return { directory: candidate, run, isUp: run.running && isRunning(run.process) };
  }
  throw new Error(directory === true ? missing(stack) : notARun(directory, stack));
}

/** Where a run can be, the latest one first. */
export function runDirectories(directory: string | true, stack?: string): readonly string[] {
  return directory === true ? latestFirst(stack) : [path.resolve(directory)];
}

function missing(stack: string | undefined): string {
  const of = stack === undefined ? "" : ` of stack "${stack}"`;
  const option = stack === undefined ? "" : ` --stack ${stack}`;
  return (
    `There is no local run${of} below ${runsDirectory}/ in this directory. ` +
    `Start one: npx streamlake local${option} --keep`
  );
}

function notARun(directory: string, stack: string | undefined): string {
  const shown = printable(directory);
  if (isFile(directory))
    return `--local "${shown}" is a file, not the directory of a run. Write other arguments before --local.`;
  const of = stack === undefined ? "" : ` of stack "${stack}"`;
  return (
    `--local "${shown}" is not the directory of a run${of}. ` +
    `Each run prints its directory, which is below ${runsDirectory}/.`
  );
}

function isFile(name: string): boolean {
  return statSync(name, { throwIfNoEntry: false })?.isFile() === true;
}

/** Names of runs begin with the time of their start. */
function latestFirst(stack: string | undefined): readonly string[] {
  const stacks = stack === undefined ? namesIn(runsDirectory) : [stack];
  return stacks
    .flatMap((name) => namesIn(path.join(runsDirectory, name)).map((run) => [name, run] as const))
    .sort(([, one], [, other]) => (one < other ? 1 : -1))
    .map(([name, run]) => path.resolve(runsDirectory, name, run));
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
  } catch {
    return [];
  }
}
