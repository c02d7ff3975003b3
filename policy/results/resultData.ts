import type { Exemption } from "../exemptions/exemption";

// The protocol of CrossGuard has no place for undecided results, exemptions and the types that rules look
// at. They cross as JSON in the reason of a `notApplicable`, on a line after the text. The Pulumi CLI shows
// neither. engine/policy/resultData.ts reads it; a pack without it works, too.

/** The version of the structure. A reader ignores versions that it does not know. */
const version = 1;

/** What a rule reports in addition to violations. Nothing in it is a value of a resource. */
export interface ResultData {
  readonly undecided?: readonly UndecidedData[];
  /** Violations that an exemption suppresses. */
  readonly exempt?: readonly ExemptData[];
  /** The exemptions in effect; only from `exemptions-are-valid`. */
  readonly exemptions?: readonly ExemptionData[];
  /** Messages of advisory violations that repeat this data for people; a reader leaves them out. */
  readonly notices?: readonly string[];
  /** The types of resources that the rules of this run looked at; only from `results-are-decided`. */
  readonly evaluatedTypes?: readonly string[];
  /** Which resources each rule evaluated; only from `results-are-decided`, and only if asked for. */
  readonly evaluated?: EvaluatedData;
}

/** The resources that the rules of a run evaluated, whatever the result. */
export interface EvaluatedData {
  readonly urns: readonly string[];
  /** By rule: indexes into `urns`. A rule without resources has an empty list, or none. */
  readonly rules: Readonly<Record<string, readonly number[]>>;
}

/** An undecided result of a rule for one resource. */
export interface UndecidedData {
  /** Absent: the resource that the rule was called for. */
  readonly urn?: string;
  /** What the result depends on: property paths, or nouns such as "the bucket policy". */
  readonly values: readonly string[];
  /** The same in words. */
  readonly reason: string;
  /** Whether an exemption from the rule is in effect for the resource. Default: false. */
  readonly isExempt?: boolean;
}

export interface ExemptData {
  readonly urn: string;
  /** The message of the violation. */
  readonly message: string;
  readonly expires: string;
  /** Why the violation is accepted. */
  readonly reason: string;
}

export interface ExemptionData extends Exemption {
  /** The file or policy config that contains it. */
  readonly file: string;
  /** How many violations it suppresses. */
  readonly violations: number;
  /** Whole days until its last day: 0 on that day. */
  readonly daysLeft: number;
  /** Whether it ends so soon that somebody must act. */
  readonly endsSoon: boolean;
}

/** A reason with data after its text. */
export function withData(text: string, data: ResultData): string {
  return `${text}\n${JSON.stringify({ streamlake: version, ...data })}`;
}

/** The text and the data of a reason that this pack wrote. */
export function readReason(reason: string): { readonly text: string; readonly data: ResultData } {
  // Most reasons have no data, and a stack has a reason for each resource and rule.
  const end = reason.endsWith("}") ? reason.lastIndexOf(`\n{"streamlake":${version},`) : -1;
  if (end < 0) return { text: reason, data: {} };
  return { text: reason.slice(0, end), data: JSON.parse(reason.slice(end)) as ResultData };
}
