import type { StackPlan } from "../../local/engine/planStack";
import type { PolicyReport, Severity, Violation } from "../../local/engine/policy/policyReport";
import { redactorOf } from "../../local/engine/redaction";
import type { ResourceGraph } from "../../local/engine/resourceGraph";
import { shownValue } from "./resourceDetails";
import { type Layout, resourceTree, shortType } from "./resourceTree";
import type { Colors } from "../stdoutColors";
import { wrap } from "./wrapText";

export interface ReportStyle {
  readonly preview: boolean;
  readonly columns: number;
  readonly colors: Colors;
}

/** A plan as text for a person: resources, outputs, then the policies' verdict. */
export function planReport({ graph, report }: StackPlan, style: ReportStyle): string {
  const layout = { ...style, redact: redactorOf(graph) };
  const { colors } = style;
  const values = style.preview ? "unknown" : "made up";
  return [
    `${colors.bold(`${graph.project}/${graph.stack}`)}, planned offline; ids and ARNs are ${values}`,
    "",
    ...resourceTree(graph, layout),
    "",
    ...outputs(graph, layout),
    ...policies(report, graph, layout),
    conclusion(report, graph, colors),
    "",
  ].join("\n");
}

/** Longer outputs are cut: they are documents, and whole in the JSON plan. */
const LONGEST_OUTPUT = 160;
const CUT = "… (--json)";

function outputs({ outputs }: ResourceGraph, { columns, colors, redact }: Layout): string[] {
  const entries = Object.entries(outputs);
  if (entries.length === 0) return [];
  const width = Math.max(...entries.map(([name]) => name.length));
  const lines = entries.flatMap(([name, value]) => {
    const text = redact(shownValue(value));
    const shown =
      text.length > LONGEST_OUTPUT ? `${text.slice(0, columns - 4 - CUT.length)}${CUT}` : text;
    const oneLine = `  ${name.padEnd(width)}  ${shown}`;
    return oneLine.length <= columns ? [oneLine] : [`  ${name}`, `    ${shown}`];
  });
  return [colors.bold("Outputs"), ...lines, ""];
}

function policies(report: PolicyReport, graph: ResourceGraph, layout: Layout): string[] {
  const { colors } = layout;
  const entry = (title: string, urn: string, text: string): string[] => [
    `  ${title}`,
    `    ${resourceTitle(graph, urn)}`,
    ...wrap(layout.redact(text), layout.columns - 4).map((line) => `    ${line}`),
    "",
  ];
  return [
    `${colors.bold("Policies")} of ${report.pack}`,
    "",
    ...report.remediations.flatMap(({ policy, urn, description }) =>
      entry(`${colors.green("remediated")}  ${colors.bold(policy)}`, urn, description),
    ),
    ...report.violations.flatMap((violation) =>
      entry(violationTitle(violation, colors), violation.urn, violation.message),
    ),
    ...report.undecided.flatMap(({ policy, urn, reason }) =>
      entry(`${colors.cyan("undecided")}  ${colors.bold(policy)}`, urn, reason),
    ),
  ];
}

function violationTitle({ policy, level, severity }: Violation, colors: Colors): string {
  const paint = level === "mandatory" ? colors.red : colors.yellow;
  const weight: Severity | "" = severity === "unspecified" ? "" : severity;
  return `${paint([level, weight].join(" ").trim())}  ${colors.bold(policy)}`;
}

function resourceTitle({ resources }: ResourceGraph, urn: string): string {
  const resource = resources.find((candidate) => candidate.urn === urn);
  return resource === undefined ? urn : `${resource.name}  ${shortType(resource.type)}`;
}

function conclusion(report: PolicyReport, graph: ResourceGraph, colors: Colors): string {
  const { violations, undecided, remediations } = report;
  const mandatory = violations.filter(({ level }) => level === "mandatory").length;
  const verdict = [
    violations.length === 0 ? "no violation" : counted(violations.length, "violation"),
    ...(mandatory > 0 ? [`${mandatory} mandatory`] : []),
    ...(undecided.length > 0 ? [`${undecided.length} undecided`] : []),
    ...(remediations.length > 0 ? [`${remediations.length} remediated`] : []),
  ].join(", ");
  const paint = mandatory > 0 ? colors.red : violations.length > 0 ? colors.yellow : colors.green;
  const checked = `${counted(graph.resources.length, "resource")}, ${counted(report.policies, "policy", "policies")}`;
  return paint(`${checked}: ${verdict}`);
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
