import type { Evidence, PartName, Parts } from "./evidence";

/** How commands name the pipeline that is diagnosed. */
export interface Place {
  readonly kind: "deployed" | "local";
  /** Absent if the delivery stream is named without its stack. */
  readonly stack?: string;
  readonly region?: string;
  /** Whether a role that the stack does not create makes the calls. Default: no. */
  readonly existingRole?: boolean;
  /** Options of `streamlake` that name the pipeline, as words, e.g. `["--stack", "prod"]`. */
  readonly options: readonly string[];
  /** Options of the AWS CLI for its calls, as words, e.g. `["--region", "eu-central-1"]`. */
  readonly awsOptions: readonly string[];
}

/** A way to fix it: a command that works as it is, or a step in words. */
export type Fix = { readonly command: string } | { readonly step: string };

/** Why records do not arrive, or do not arrive in time. */
export interface Finding {
  /** Name of the cause, e.g. `denied-call`. */
  readonly cause: string;
  readonly title: string;
  readonly evidence: readonly string[];
  /** In order. */
  readonly fix: readonly Fix[];
  /** Firehose's error codes that follow from it. */
  readonly explains?: readonly string[];
  /** The error code that it reports: then it becomes evidence of a finding that explains it. */
  readonly code?: string;
}

/** One possible cause: evidence in, findings out. */
export interface Cause<Needed extends PartName = PartName> {
  readonly name: string;
  /** What it means, as a clause. */
  readonly about: string;
  /** Without one of them, it is not checked. */
  readonly needs: readonly Needed[];
  /**
   * Cases that a local run cannot have, e.g. `a delivery stream that is still being created`: its delivery
   * streams exist as soon as it is up. Tests produce all others in a local run. Default: none.
   */
  readonly deployedOnly?: readonly string[];
  /**
   * What it looks at, with what is found if all is well, e.g. `delivery stream is ACTIVE`; undefined if that
   * is not worth a word.
   */
  fine(evidence: Evidence & Pick<Parts, Needed>): string | undefined;
  /** Empty if it is not the cause. */
  examine(evidence: Evidence & Pick<Parts, Needed>, place: Place): readonly Finding[];
}
