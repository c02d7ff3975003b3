import type { ResourceGraph } from "../../engine/graph/resourceGraph";
import type { PolicyReport } from "../../engine/policy/policyReport";
import { counted } from "../../records/amounts";
import { opaqueComponents, packTitle } from "../reports/findings";
import { shortType } from "../reports/resourceTitle";
import { unevaluatedTexts, unevaluatedTypes } from "../reports/unevaluated";
import type { ComplianceData } from "./controls";

/** A line about the origin of a report. */
export interface Fact {
  readonly name: string;
  readonly value: string;
}

/** The stack that a compliance report is about. */
export interface EvaluatedStack {
  readonly graph: ResourceGraph;
  readonly report: PolicyReport;
  /** Where the resources come from, e.g. `planned offline`. */
  readonly basis: string;
  /** The stack is deployed, not planned. */
  readonly isDeployed: boolean;
  readonly now: Date;
  /** The commit of the program; absent if it is unknown. */
  readonly commit?: string | undefined;
}

/** What was evaluated, when, and by what. */
export function scopeOf(stack: EvaluatedStack, data: ComplianceData): readonly Fact[] {
  const { graph, report, basis, isDeployed, now, commit } = stack;
  const { project, resources, notes } = graph;
  const managed = resources.filter(({ custom, external }) => custom && !external);
  const referred = resources.filter(({ external }) => external);
  const unevaluated = unevaluatedTypes(graph, report);
  const opaque = opaqueComponents(notes);
  const enabled = report.policies.filter(({ level }) => level !== "disabled").length;
  const { accounts, regions } = isDeployed ? placesOf(graph) : { accounts: [], regions: [] };
  return [
    { name: "Stack", value: `${project}/${graph.stack}, ${basis}` },
    { name: "Account", value: listed(accounts) },
    { name: "Region", value: listed(regions) },
    { name: "Date", value: now.toISOString().replace(/\.\d+Z$/u, "Z") },
    { name: "Commit", value: commit ?? "unknown" },
    { name: "Policy pack", value: `${packTitle(report)}, ${counted(enabled, "rule")}` },
    {
      name: "Lists",
      value: `related requirements of AWS Security Hub of ${data.listsOf}, checked on ${data.checked}`,
    },
    { name: "Evaluated", value: counted(managed.length, "resource") },
    ...some(
      "Referred to",
      referred.map(({ name, type }) => `${name} ${shortType(type)}`),
    ),
    ...some("No rule for", unevaluatedTexts(unevaluated)),
    ...some(
      "Not evaluated",
      opaque.map(({ subject, message }) => `${subject}: ${message}`),
    ),
  ];
}

function some(name: string, values: readonly string[]): readonly Fact[] {
  return values.length === 0 ? [] : [{ name, value: values.join(", ") }];
}

function listed(values: readonly string[]): string {
  return values.length === 0 ? "unknown" : values.join(", ");
}

/** The accounts and Regions in the ARNs of the deployed resources. */
function placesOf({ resources }: ResourceGraph) {
  const places = resources.flatMap(({ outputs, external }) => {
    const { arn } = outputs;
    if (external || typeof arn !== "string") return [];
    const [, region = "", account = ""] = /^arn:[^:]*:[^:]*:([^:]*):(\d*):/u.exec(arn) ?? [];
    return [{ region, account }];
  });
  const distinct = (values: readonly string[]): string[] =>
    [...new Set(values)].filter((value) => value !== "").sort();
  return {
    accounts: distinct(places.map(({ account }) => account)),
    regions: distinct(places.map(({ region }) => region)),
  };
}
