import path from "node:path";
import type { AlarmResult } from "../../aws/cloudwatch/alarms/evaluateAlarms";
import type { AccessReport } from "../../local/run/firehoseAccess";
import type { TallyResult } from "../../records/verify/recordTally";
import { jsonText } from "../reports/printable";
import type { OutputResult } from "./expectedOutput";
import { exitCodeOf, type RunOutcome } from "./runSummary";

/** What a run that has started knows in addition. */
export interface RunDetails {
  readonly stack: string;
  /** Lines about what has failed. */
  readonly problems: readonly string[];
  /** The command that delivers what is missing; absent if nothing can be delivered any more. */
  readonly resume?: string;
  readonly access?: AccessReport;
  readonly alarms?: readonly AlarmResult[];
  /** File with all metrics, alarms and calls; absent if it could not be written. */
  readonly monitoring?: string;
}

/** Changes with the meaning or the name of a member, not with an additional one. */
const formatVersion = 1;

/** The document that `--json` prints. Paths are relative to the working directory. */
export function localJson(outcome: RunOutcome, details: RunDetails): string {
  const { records, objects, backupObjects, functions, input, directory } = outcome;
  const { received, missing, unreadable, hasUnknownLoss } = records;
  const { stack, problems, resume, access, alarms = [], monitoring } = details;
  const document = {
    version: formatVersion,
    stack,
    exitCode: exitCodeOf(outcome),
    directory: path.relative(process.cwd(), directory) || ".",
    records: { received, delivered: received - missing, missing, unreadable, hasUnknownLoss },
    objects,
    ...(backupObjects !== undefined && { backupObjects }),
    ...(functions && { functions }),
    ...(input && { input: inputOf(input) }),
    ...(resume !== undefined && { resume }),
    problems,
    deniedCalls: access?.denied ?? [],
    alarms: alarms.map((alarm) => ({
      name: alarm.resource,
      state: "notEvaluated" in alarm ? "NOT_EVALUATED" : alarm.state,
    })),
    ...(monitoring !== undefined && { monitoring }),
  };
  return jsonText(document);
}

function inputOf({ sending, outputs }: NonNullable<RunOutcome["input"]>): object {
  const { sent, bytes, rejected, failed, skippedBlank, stopped } = sending;
  const [only, ...others] = outputs;
  const found = only && others.length === 0 ? foundIn(only) : {};
  return {
    ...{ sent, bytes, skippedBlank, rejected, failed },
    ...(stopped && { stopped }),
    ...(Object.keys(found).length > 0 && { found }),
    ...(others.length > 0 && {
      outputs: outputs.map((output) => ({
        deliveryStreams: output.deliveryStreams,
        ...foundIn(output),
      })),
    }),
  };
}

function foundIn({ found, backup }: OutputResult): object {
  return {
    ...(found && {
      ...countsOf(found.comparison),
      bytes: found.lake.bytes,
      storedBytes: found.lake.storedBytes,
      corrupt: found.lake.corrupt,
    }),
    ...(backup && { backup: countsOf(backup) }),
  };
}

function countsOf({ delivered, missing, duplicated }: TallyResult): object {
  return { records: delivered, missing, duplicated };
}
