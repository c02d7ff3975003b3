import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import pc from "picocolors";
import { systemClock } from "../../aws/clock";
import type { MonitoringSnapshot } from "../../local/monitoring/monitoring";
import { print, printMessage } from "../output";
import { counted } from "../../records/amounts";
import { type Colors, stdoutColors } from "../reports/terminal";
import { localJson } from "./localJson";
import { closingReport } from "./localReport";
import { resumeCommand, type RunPlace } from "./runDirectory";
import { exitCodeOf, type RunOutcome, runSummary } from "./runSummary";
import type { Pipeline } from "./startPipeline";

/** Where the report of a run is printed. */
export interface RunOutput {
  /** Prints text for a person. */
  readonly print: (text: string) => void;
  readonly colors: Colors;
  /** Prints the document of `--json`; absent without that option. */
  readonly printJson?: (document: string) => void;
}

/** With `--json`, standard output contains only the document. */
export function runOutput(json: boolean): RunOutput {
  if (!json) return { print, colors: stdoutColors() };
  return { print: printMessage, colors: pc.createColors(false), printJson: print };
}

interface EndedRun {
  readonly place: RunPlace;
  readonly output: RunOutput;
  /** Prints a line to standard error. */
  readonly print: (line: string) => void;
  readonly problems: readonly string[];
  /** Absent if its program failed. */
  readonly pipeline?: Pipeline;
  /** Why it could not start, or not read its input. */
  readonly failure?: Error;
}

/**
 * Prints how a run ended: the summary, what CloudWatch would show, and what to do about records that
 * are not delivered.
 *
 * @returns the exit code
 * @throws the failure of the run, unless records are missing, which is worse
 */
export function reportRun(outcome: RunOutcome, run: EndedRun): number {
  const { place, output, print, pipeline, failure } = run;
  const { directory, records } = outcome;
  const problems = [...run.problems, ...(failure ? [failure.message] : [])];
  const hasCrashed = run.problems.length > 0;
  const exitCode = exitCodeOf(outcome) || (hasCrashed ? 1 : 0);
  if (!pipeline && records.missing === 0) {
    if (failure) throw failure;
    return exitCode;
  }
  output.print(runSummary(outcome, output.colors));
  const monitoring = pipeline?.monitoring.snapshot(systemClock.now());
  if (pipeline && monitoring) output.print(closingReport(pipeline, monitoring, output.colors));
  const file =
    pipeline && monitoring ? saveMonitoring(pipeline, monitoring, directory, print) : undefined;
  if (file !== undefined) output.print(`\nAll details are in ${file}.`);
  const resume = resumeOf(outcome, place);
  if (failure && exitCode === 1) print(failure.message);
  for (const line of missingLines(outcome, resume)) print(line);
  output.printJson?.(
    localJson(outcome, {
      ...{ stack: place.stack, problems },
      ...(resume !== undefined && { resume }),
      ...(pipeline && { access: pipeline.access() }),
      ...(monitoring && { alarms: monitoring.alarms }),
      ...(file !== undefined && { monitoring: file }),
    }),
  );
  if (failure && exitCode !== 1) throw failure;
  return exitCode;
}

/** @returns undefined if there is nothing to deliver any more */
function resumeOf({ directory, records }: RunOutcome, place: RunPlace): string | undefined {
  const isLeft = records.missing > records.unreadable && existsSync(directory);
  return isLeft ? resumeCommand(place, directory) : undefined;
}

function missingLines({ directory, records }: RunOutcome, resume: string | undefined): string[] {
  const { missing, unreadable, hasUnknownLoss } = records;
  if (!existsSync(directory))
    return [`${directory} was removed while the run used it: nothing can be delivered from it.`];
  const left = missing - unreadable;
  return [
    ...(unreadable > 0 || hasUnknownLoss
      ? ["Accepted records cannot be read because files of their stream are damaged; see above."]
      : []),
    ...(resume === undefined
      ? []
      : [
          `${counted(left, "record")} ${left === 1 ? "was" : "were"} accepted and not delivered.`,
          `To continue: ${resume}`,
        ]),
  ];
}

/** @returns its path relative to the working directory; undefined if it could not be written */
function saveMonitoring(
  pipeline: Pipeline,
  snapshot: MonitoringSnapshot,
  directory: string,
  print: (line: string) => void,
): string | undefined {
  const file = path.join(directory, "monitoring.json");
  const content = { ...snapshot, access: pipeline.access() };
  try {
    writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
  } catch (error) {
    print(`${file} cannot be written: ${(error as Error).message}`);
    return undefined;
  }
  return path.relative(process.cwd(), file);
}
