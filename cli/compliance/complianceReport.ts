import { type Control, type ComplianceData, controlPage, unmetCondition } from "./controls";
import type { Framework } from "./framework";
import type { RuleEvidence, RuleStatus } from "./ruleEvidence";
import type { Fact } from "./scope";

/** The result for a control or a requirement. */
export type Status = RuleStatus | "not covered";

/** The worst first: a requirement has the status of its worst control that rules implement. */
export const STATUSES = [
  "failed",
  "undecided",
  "not checked",
  "exempt",
  "passed",
  "not applicable",
  "not covered",
] as const satisfies readonly Status[];

export interface ControlResult {
  readonly id: string;
  readonly title: string;
  readonly page: string;
  readonly status: Status;
  /** Why it is not checked or not covered; empty otherwise. */
  readonly reasons: readonly string[];
  /** How the rules differ from the control. */
  readonly limits: readonly string[];
  readonly rules: readonly RuleEvidence[];
}

export interface RequirementResult {
  readonly id: string;
  readonly status: Status;
  /** The controls that AWS relates to it, of those in the data. */
  readonly controls: readonly { readonly id: string; readonly status: Status }[];
}

/** How a stack does with regard to a framework, with its evidence. */
export interface ComplianceReport {
  readonly framework: { readonly id: Framework; readonly title: string; readonly version: string };
  /** What was evaluated, when and by what. */
  readonly scope: readonly Fact[];
  readonly sources: readonly string[];
  readonly counts: Readonly<Record<Status, number>>;
  readonly requirements: readonly RequirementResult[];
  readonly controls: readonly ControlResult[];
  readonly disclaimer: readonly string[];
}

/**
 * Decides each requirement of a framework by the controls that AWS relates to it, and each control by
 * the rules that implement it.
 *
 * @param evidence what a rule found
 */
export function complianceReport(
  framework: Framework,
  data: ComplianceData,
  evidence: (rule: string) => RuleEvidence,
  scope: readonly Fact[],
): ComplianceReport {
  const related = Object.entries(data.controls).filter(
    ([, { requirements }]) => requirements[framework] !== undefined,
  );
  const controls = related.map(([id, control]) => controlResult(id, control, evidence));
  const results = new Map(controls.map((control) => [control.id, control]));
  const ids = new Set(related.flatMap(([, { requirements }]) => requirements[framework] ?? []));
  const requirements = [...ids].sort(naturally).map((id): RequirementResult => {
    const ofRequirement = related
      .filter(([, control]) => control.requirements[framework]?.includes(id))
      .flatMap(([control]) => results.get(control) ?? [])
      .map((control) => ({ id: control.id, status: control.status }));
    return { id, status: worstOf(ofRequirement), controls: ofRequirement };
  });
  const counts = STATUSES.map((status) => [
    status,
    requirements.filter((requirement) => requirement.status === status).length,
  ]);
  return {
    framework: { id: framework, ...data.frameworks[framework] },
    scope,
    sources: data.sources,
    counts: Object.fromEntries(counts) as ComplianceReport["counts"],
    requirements,
    controls,
    disclaimer: DISCLAIMER,
  };
}

const DISCLAIMER = [
  "This is automated evidence for the technical part of some requirements. It is not a certification, and a requirement that passed here is supported, not met: AWS relates these controls to it, and does not call them sufficient.",
  "Rules evaluate what the stack declares. Changes outside Pulumi, the rest of the account, processes and people are not evaluated. The report lists the requirements that AWS relates to controls on services around a data pipeline, not the whole framework.",
  "Requirements are named by their ids; their text is in the framework.",
];

function controlResult(
  id: string,
  control: Control,
  evidence: (rule: string) => RuleEvidence,
): ControlResult {
  const described = { id, title: control.title, page: controlPage(id) };
  if ("notCovered" in control)
    return {
      ...{ ...described, status: "not covered", reasons: [control.notCovered] },
      ...{ limits: [], rules: [] },
    };
  const { when = [], account = false, partly = false, limits = [] } = control;
  const rules = control.rules.map(evidence);
  const unmet = when.flatMap((condition) => {
    const { settings = {}, status } = rules.find(({ rule }) => rule === condition.rule) ?? {};
    return status === "not checked" ? [] : (unmetCondition(condition, settings) ?? []);
  });
  const status = statusOf(rules, unmet.length > 0, account);
  const reasons = [
    ...rules.filter(({ reason }) => reason !== "").map(({ rule, reason }) => `${rule}: ${reason}`),
    ...unmet,
    ...(account && rules.every((rule) => rule.status === "not applicable")
      ? ["an account's setting, which this stack does not declare"]
      : []),
  ];
  return {
    ...{ ...described, status, reasons: status === "not applicable" ? [] : reasons },
    limits: [...(partly ? ["The rules evaluate only a part of the control."] : []), ...limits],
    rules,
  };
}

/**
 * What violates a rule with looser settings, violates the control as well. What passes such a rule, is
 * not checked.
 */
function statusOf(rules: readonly RuleEvidence[], isUnmet: boolean, isOfAccount: boolean): Status {
  const isAbsent = rules.every(({ status }) => status === "not applicable");
  if (isAbsent) return isOfAccount ? "not checked" : "not applicable";
  const worst = worstOf(rules);
  return isUnmet && worst !== "failed" && worst !== "undecided" ? "not checked" : worst;
}

function worstOf(results: readonly { readonly status: Status }[]): Status {
  const worst = STATUSES.find((status) => results.some((result) => result.status === status));
  return worst ?? "not covered";
}

/** `AC-2` before `AC-10`, and `AC-3` before `AC-3(7)`. */
function naturally(one: string, other: string): number {
  return one.localeCompare(other, "en", { numeric: true });
}
