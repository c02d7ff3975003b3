import type { ResourceGraph } from "../../engine/graph/resourceGraph";
import type { PolicyFacts } from "../../engine/policy/policyFacts";
import type { PolicyReport } from "../../engine/policy/policyReport";
import { reasonOf } from "../reports/findings";
import { groupedBy } from "../reports/groupedBy";

/** What a rule found for a resource. */
type ResourceStatus = "failed" | "undecided" | "exempt" | "passed";

export type RuleStatus = ResourceStatus | "not applicable" | "not checked";

export interface ResourceEvidence {
  readonly urn: string;
  readonly status: ResourceStatus;
  /** The messages of violations and undecided results; empty if it passed. */
  readonly messages: readonly string[];
  readonly exemption?: AcceptedUntil;
}

/** Why a violation is accepted, and until when. */
interface AcceptedUntil {
  readonly reason: string;
  /** Empty if the pack does not list the exemption. */
  readonly owner: string;
  readonly ticket?: string;
  readonly expires: string;
}

/** What a rule found in a stack. */
export interface RuleEvidence {
  readonly rule: string;
  readonly status: RuleStatus;
  /** Why it is not checked; empty otherwise. */
  readonly reason: string;
  readonly facts?: Pick<PolicyFacts, "level" | "severity">;
  /** The settings in effect, without exemptions. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly resources: readonly ResourceEvidence[];
}

/** The worst first: a rule has the status of its worst resource. */
const WORST_FIRST: readonly ResourceStatus[] = ["failed", "undecided", "exempt", "passed"];

/**
 * Finds what each rule of a pack found. Resources that are only looked up are no evidence.
 *
 * @throws Error if the pack does not report which resources its rules evaluated
 */
export function evidenceOf(
  report: PolicyReport,
  { resources }: Pick<ResourceGraph, "resources">,
): (rule: string) => RuleEvidence {
  const { evaluated } = report;
  if (evaluated === undefined)
    throw new Error(
      "A compliance report needs to know which resources the rules evaluated, and this pack does not report that. " +
        "Use a pack of @streamlake/policy of the version of this command, and do not disable its rule results-are-decided.",
    );
  const managed = new Set(
    resources.filter(({ custom, external }) => custom && !external).map(({ urn }) => urn),
  );
  const facts = new Map(report.policies.map((policy) => [policy.name, policy]));
  const found = findingsByRule(report, facts);
  return (rule) => {
    const policy = facts.get(rule);
    if (policy === undefined) return notChecked(rule, "the pack does not contain the rule");
    const { level, severity } = policy;
    const described = { facts: { level, severity }, settings: ownSettings(policy) };
    if (level === "disabled") return { ...notChecked(rule, "the rule is disabled"), ...described };
    const ofRule = found.get(rule) ?? new Map<string, ResourceEvidence>();
    const urns = (evaluated[rule] ?? []).filter((urn) => managed.has(urn));
    // A rule can also report the stack, e.g. for an invalid setting.
    const evidence = [...new Set([...urns, ...ofRule.keys()])].map(
      (urn): ResourceEvidence => ofRule.get(urn) ?? { urn, status: "passed", messages: [] },
    );
    const status = WORST_FIRST.find((worst) => evidence.some((entry) => entry.status === worst));
    return {
      ...{ rule, status: status ?? "not applicable", reason: "", ...described },
      resources: WORST_FIRST.flatMap((one) => evidence.filter((entry) => entry.status === one)),
    };
  };
}

function notChecked(rule: string, reason: string): RuleEvidence {
  return { rule, status: "not checked", reason, settings: {}, resources: [] };
}

/** Without the settings of every rule, which the report shows as levels and exemptions. */
function ownSettings({ settings = {} }: PolicyFacts): RuleEvidence["settings"] {
  return Object.fromEntries(
    Object.entries(settings).filter(([name]) => name !== "exemptions" && name !== "undecided"),
  );
}

/** By rule and URN: everything but passes. The worst result of a resource counts. */
function findingsByRule(
  { violations, undecided, exempted, exemptions }: PolicyReport,
  facts: ReadonlyMap<string, PolicyFacts>,
): ReadonlyMap<string, ReadonlyMap<string, ResourceEvidence>> {
  const findings = [
    ...violations.map(({ policy, urn, message }) => ({
      ...{ policy, urn, status: "failed" as const },
      message: reasonOf(message, facts.get(policy)),
    })),
    ...undecided.map(({ policy, urn, reason }) => ({
      ...{ policy, urn, status: "undecided" as const, message: reason },
    })),
    ...exempted.map(({ policy, urn, message, expires, reason }) => {
      const entry = exemptions.find(
        (one) => one.policy === policy && one.expires === expires && one.reason === reason,
      );
      const { owner = "", ticket } = entry ?? {};
      const exemption = { reason, owner, expires, ...(ticket !== undefined && { ticket }) };
      return {
        ...{ policy, urn, status: "exempt" as const, exemption },
        message: reasonOf(message, facts.get(policy)),
      };
    }),
  ];
  return new Map(
    groupedBy(findings, ({ policy }) => policy).map(([policy, ofRule]) => [
      policy,
      new Map(
        groupedBy(ofRule, ({ urn }) => urn).map(([urn, ofResource]) => {
          const status = WORST_FIRST.find((worst) =>
            ofResource.some((finding) => finding.status === worst),
          );
          const worst = ofResource.filter((finding) => finding.status === status);
          const exemption = worst.flatMap((one) => ("exemption" in one ? [one.exemption] : []))[0];
          return [
            urn,
            {
              ...{ urn, status: status ?? "failed", messages: worst.map(({ message }) => message) },
              ...(exemption && { exemption }),
            },
          ];
        }),
      ),
    ]),
  );
}
