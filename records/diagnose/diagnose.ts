import { alarms } from "./causes/alarms";
import { bucketState } from "./causes/bucketState";
import { deliveryStreamState } from "./causes/deliveryStreamState";
import { deniedCalls } from "./causes/deniedCalls";
import { endedRun } from "./causes/endedRun";
import { errorLog } from "./causes/errorLog";
import { failedRecords } from "./causes/failedRecords";
import { failingCalls } from "./causes/failingCalls";
import { functionFails } from "./causes/functionFails";
import { keyState } from "./causes/keyState";
import { lag } from "./causes/lag";
import { nothingSent } from "./causes/nothingSent";
import { notRead } from "./causes/notRead";
import { partitionLimit } from "./causes/partitionLimit";
import { retention } from "./causes/retention";
import { stillBuffering } from "./causes/stillBuffering";
import { streamState } from "./causes/streamState";
import { throttling } from "./causes/throttling";
import { wiring } from "./causes/wiring";
import type { Evidence, Gap, PartName, Parts } from "./evidence";
import type { Cause, Finding, Place } from "./finding";

/** What a diagnosis found, most likely cause first. */
export interface Diagnosis {
  /** When the evidence was collected, in milliseconds since 1970. */
  readonly at: number;
  readonly findings: readonly Finding[];
  /** What was checked and is as it should be, as clauses. */
  readonly fine: readonly string[];
  readonly notChecked: readonly Gap[];
}

/**
 * All causes, the most likely reason for an empty bucket first: what stops everything, then what stops some
 * records, then what only delays them, then what only reports it.
 */
export const causes: readonly Cause[] = [
  ...[deliveryStreamState, endedRun, streamState, wiring, bucketState, deniedCalls, keyState],
  ...[failingCalls, errorLog, functionFails, failedRecords, partitionLimit],
  ...[notRead, nothingSent, stillBuffering, throttling, retention, lag, alarms],
];

/** Compares the evidence with all causes. */
export function diagnose(evidence: Evidence, place: Place): Diagnosis {
  const findings: Finding[] = [];
  const fine: string[] = [];
  for (const cause of causes) {
    if (!hasAll(evidence, cause)) continue;
    const found = cause.examine(evidence, place);
    findings.push(...found);
    const checked = found.length === 0 ? cause.fine(evidence) : undefined;
    if (checked !== undefined) fine.push(checked);
  }
  return { at: evidence.at, findings: merged(findings), fine, notChecked: evidence.gaps };
}

function hasAll<Needed extends PartName>(
  evidence: Evidence,
  { needs }: Cause<Needed>,
): evidence is Evidence & Pick<Parts, Needed> {
  return needs.every((part) => evidence[part] !== undefined);
}

/**
 * What a failing call, an error log or an error object shows of another finding becomes evidence of that one.
 * Findings of one cause do not explain each other: two calls can fail with the same code.
 */
function merged(findings: readonly Finding[]): readonly Finding[] {
  const explaining = (finding: Finding): Finding | undefined => {
    const { code } = finding;
    if (code === undefined) return undefined;
    return findings.find(
      (other) => other.cause !== finding.cause && other.explains?.includes(code),
    );
  };
  return findings
    .filter((finding) => explaining(finding) === undefined)
    .map((finding) => {
      const symptoms = findings.filter((other) => explaining(other) === finding);
      const evidence = symptoms.map(({ title, evidence: [first = ""] }) => `${title}: ${first}`);
      return { ...finding, evidence: [...finding.evidence, ...evidence] };
    });
}
