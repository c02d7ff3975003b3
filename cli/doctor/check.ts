import { type Finding, NotChecked } from "./finding";
import type { Subject } from "./subject";

/** One thing that must be right before a stack can be planned or deployed. */
export interface Check {
  /** Short, for the first column of the report. */
  readonly name: string;
  /** False for a check that says something outside a project, too. */
  readonly ofProject: boolean;
  /**
   * @throws NotChecked if something else must be right first
   * @throws Error whose message is the problem
   */
  run(subject: Subject): Promise<Finding | readonly Finding[]>;
}

/** The findings of one check. */
export interface CheckResult {
  readonly name: string;
  readonly findings: readonly Finding[];
}

/** Runs a check. Whatever it throws becomes a finding, so that the other checks still run. */
export async function runCheck(check: Check, subject: Subject): Promise<CheckResult> {
  const { name } = check;
  try {
    return { name, findings: [await check.run(subject)].flat() };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const status = error instanceof NotChecked ? "not checked" : "error";
    return { name, findings: [{ status, message }] };
  }
}
