import type { TargetProcessing } from "../../records/target/processing";
import type { TallyResult } from "../../records/verify/recordTally";
import { counted, grouped } from "../../records/amounts";

/** What became of the records that were sent and are not in the bucket. */
export interface MissingAccount {
  /** Processors of the run removed them, e.g. a function that returned `Dropped`. */
  readonly dropped: number;
  /** A function may have changed them into as many records that were never sent. */
  readonly changed: number;
  /** The others. */
  readonly unexplained: number;
}

/**
 * Accounts for missing records with what a target knows of its processing. These are counts: which of the
 * records were dropped is unknown, also whether they are those of this input.
 */
export function missingAccount(
  { missing, unexpected }: TallyResult,
  { steps, droppedRecords = 0 }: TargetProcessing,
): MissingAccount {
  const dropped = Math.min(missing, droppedRecords);
  const changes = steps?.has("transform") === true;
  const changed = changes ? Math.min(missing - dropped, unexpected) : 0;
  return { dropped, changed, unexplained: missing - dropped - changed };
}

/** Follows the number of missing records; empty if nothing explains them. */
export function accountText(account: MissingAccount | undefined): string {
  const parts = [
    ...(account && account.dropped > 0 ? [`${grouped(account.dropped)} dropped`] : []),
    ...(account && account.changed > 0 ? [`${grouped(account.changed)} changed`] : []),
  ];
  if (account === undefined || parts.length === 0) return "";
  return ` (${[...parts, `${grouped(account.unexplained)} unexplained`].join(", ")})`;
}

/** Says what the explanation rests on. */
export function accountNote(account: MissingAccount | undefined): readonly string[] {
  if (account === undefined) return [];
  const { dropped, changed } = account;
  return [
    ...(dropped > 0
      ? [
          "",
          `The run counted ${counted(dropped, "dropped record")} or more: its processors remove records on`,
          "purpose. Which ones is unknown.",
        ]
      : []),
    ...(changed > 0
      ? [
          "",
          "A function changes records, so they cannot be found by their content: as many",
          "unexpected records as missing ones may be those.",
        ]
      : []),
  ];
}
