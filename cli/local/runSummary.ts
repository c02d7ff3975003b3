import path from "node:path";
import type { RecordCounts } from "../../local/run/recordCounts";
import type { SendSummary } from "../../records/send/sendRecords";
import type { TallyResult } from "../../records/verify/recordTally";
import type { LakeReport } from "../../records/verify/verifyLake";
import { interrupted } from "../interruptible";
import { byteSize, counted, grouped } from "../../records/amounts";
import { printable } from "../reports/printable";
import { badCount, factLines } from "../reports/reportLines";
import type { Colors } from "../reports/terminal";
import { unsent } from "../send/sendReport";
import { comparisonNote, corruptObjects, packedNote } from "../verify/verifyReport";
import type { FunctionTotals } from "./deliveryProgress";
import type { OutputFound, OutputResult } from "./expectedOutput";
import type { InputResult } from "./sendThrough";

/** What a run has achieved, however it ended. */
export interface RunOutcome {
  readonly directory: string;
  readonly records: RecordCounts;
  /** Objects of destinations. */
  readonly objects: number;
  /** Objects of backups; absent without one. */
  readonly backupObjects?: number;
  /** Absent if no function was called. */
  readonly functions?: FunctionTotals;
  /** Absent without an input, or if the run ended before the input was sent. */
  readonly input?: InputResult;
  /** Whether it was interrupted before its delivery streams or the sending of its input had ended. */
  readonly isCutShort: boolean;
}

/**
 * @returns 0 if everything that was accepted is delivered; 1 if something is not, or the input could
 *   not be sent as a whole; 130 if the run was interrupted before all of the input was sent
 */
export function exitCodeOf({ records, input, isCutShort }: RunOutcome): number {
  if (records.missing > 0 || records.hasUnknownLoss) return 1;
  if (input && !isSound(input)) return 1;
  return isCutShort || input?.sending.stopped ? interrupted : 0;
}

/** Whether nothing went wrong; an interruption is not wrong. */
function isSound({ sending, outputs }: InputResult): boolean {
  const isSent = sending.rejected.length === 0 && (isInterrupted(sending) || isAccepted(sending));
  return isSent && outputs.every(isComplete);
}

function isComplete({ found, backup }: OutputResult): boolean {
  const isFound = !found || (found.comparison.missing === 0 && found.lake.corrupt.length === 0);
  return isFound && (backup?.missing ?? 0) === 0;
}

function isAccepted({ failed, stopped }: SendSummary): boolean {
  return failed.length === 0 && !stopped;
}

function isInterrupted({ stopped }: SendSummary): boolean {
  return stopped?.reason === "interrupted";
}

/** The end of every run: one fact per line, then what of the input could not be sent or read. */
export function runSummary(outcome: RunOutcome, colors: Colors): string {
  const { records, objects, backupObjects, input, directory } = outcome;
  const { received, missing, unreadable, hasUnknownLoss } = records;
  const outputs = input?.outputs ?? [];
  const lakes = outputs.flatMap(({ found }) => found?.lake ?? []);
  const prefixes = [...new Set(lakes.flatMap((lake) => lake.prefixes))];
  const under = prefixes.length > 0 ? ` under ${printable(prefixes.join(" "))}` : "";
  return [
    ...factLines([
      ...(input ? sentFacts(input.sending, colors) : []),
      ["Received", counted(received, "record")],
      ["Delivered", grouped(received - missing)],
      ["Missing", badCount(missing, colors)],
      ...(unreadable > 0 || hasUnknownLoss ? [unreadableFact(records, colors)] : []),
      ["Objects", `${grouped(objects)}${under}`],
      ...(backupObjects === undefined
        ? []
        : [["Backup", counted(backupObjects, "object")] as Fact]),
      ...(outcome.functions ? functionFacts(outcome.functions, colors) : []),
      ...outputs.flatMap((output) => outputFacts(output, outputs.length > 1, colors)),
      ["Directory", printable(path.relative(process.cwd(), directory) || ".")],
    ]),
    ...outputs.flatMap(({ found }) => comparisonNote(found?.comparison)),
    ...(input ? unsent(input.sending, colors) : []),
    ...lakes.flatMap((lake) => [...packedNote(lake), ...corruptObjects(lake)]),
  ].join("\n");
}

type Fact = readonly [name: string, value: string];

function sentFacts({ sent, bytes, rejected, failed }: SendSummary, colors: Colors): Fact[] {
  return [
    ["Sent", `${counted(sent, "record")} (${byteSize(bytes)})`],
    ["Rejected", badCount(rejected.length + failed.length, colors)],
  ];
}

function unreadableFact({ unreadable, hasUnknownLoss }: RecordCounts, colors: Colors): Fact {
  const count = unreadable > 0 ? `${grouped(unreadable)} of the missing records` : "";
  const unknown = hasUnknownLoss ? "an unknown number of records" : "";
  return ["Unreadable", colors.red([count, unknown].filter(Boolean).join(" and "))];
}

function functionFacts(totals: FunctionTotals, colors: Colors): Fact[] {
  const { calls, failedCalls, okRecords, droppedRecords, failedRecords } = totals;
  const failed = failedCalls > 0 ? `, ${colors.red(`${grouped(failedCalls)} failed`)}` : "";
  return [
    ["Function", `${counted(calls, "call")}${failed}`],
    ["Transformed", grouped(okRecords)],
    ["Dropped", grouped(droppedRecords)],
    ["Failed", badCount(failedRecords, colors)],
  ];
}

/** @param isNamed whether there are others, so that this one needs the names of its delivery streams */
function outputFacts(output: OutputResult, isNamed: boolean, colors: Colors): Fact[] {
  const { deliveryStreams, found, backup } = output;
  return [
    ...(isNamed ? [["Written by", printable(deliveryStreams.join(" and "))] as Fact] : []),
    ...(found ? [["Found", foundText(found.comparison, colors)] as Fact] : []),
    ...(found ? failedFacts(found.lake, colors) : []),
    ...(backup ? [["In the backup", foundText(backup, colors)] as Fact] : []),
    ...(found ? foundFacts(found) : []),
  ];
}

function foundFacts({ lake, comparison }: OutputFound): Fact[] {
  const { duplicated } = comparison;
  const packed = lake.bytes > 0 ? Math.round((100 * lake.storedBytes) / lake.bytes) : 100;
  return [
    ["Duplicated", grouped(duplicated)],
    ["Data", byteSize(lake.bytes)],
    ["Stored", `${byteSize(lake.storedBytes)} (${packed} %)`],
  ];
}

/** Records below the error prefix, by their codes; nothing without any. */
function failedFacts({ errors }: LakeReport, colors: Colors): Fact[] {
  if (errors.records === 0) return [];
  const codes = Object.entries(errors.byCode).map(
    ([code, records]) => `${code} ${grouped(records)}`,
  );
  return [
    ["Failed", colors.red(`${counted(errors.records, "record")}: ${printable(codes.join(", "))}`)],
  ];
}

function foundText({ sent, missing, delivered }: TallyResult, colors: Colors): string {
  const found = `${grouped(delivered)} of ${grouped(sent)} sent`;
  return missing === 0 ? colors.green(found) : colors.red(found);
}
