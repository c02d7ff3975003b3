import { counted } from "../../records/amounts";
import { printable } from "../reports/printable";
import { urnTitle } from "../reports/resourceTitle";
import type { Colors, Layout } from "../reports/terminal";
import { fill, wrap, wrapAfter } from "../reports/wrapText";
import {
  type ComplianceReport,
  type ControlResult,
  type RequirementResult,
  type Status,
  STATUSES,
} from "./complianceReport";
import type { ResourceEvidence, RuleEvidence } from "./ruleEvidence";

/** A compliance report as text for a person: the worst first, and what passed as counts. */
export function complianceText(
  report: ComplianceReport,
  layout: Pick<Layout, "columns" | "colors">,
): string {
  const { framework, scope, requirements, controls, disclaimer } = report;
  const { columns, colors } = layout;
  const title = `${framework.title} ${framework.version}`;
  return [
    colors.bold(title),
    "",
    ...scope.flatMap(({ name, value }) =>
      wrapAfter(`  ${name.padEnd(14)}`, printable(value), columns),
    ),
    "",
    colors.bold("Requirements"),
    "",
    ...byStatus(requirements).flatMap(([status, group]) => [
      `  ${statusColor(status, colors)(status)} (${group.length})`,
      ...group.flatMap((requirement) => requirementLines(requirement, columns)),
      "",
    ]),
    colors.bold("Controls"),
    "",
    ...byStatus(controls).flatMap(([, group]) =>
      group.flatMap((control) => [...controlLines(control, layout), ""]),
    ),
    ...disclaimer.flatMap((paragraph) => [...wrap(paragraph, columns), ""]),
    ...wrap(`${title}: ${requirementCounts(report)}`, columns).map(colors.bold),
    "",
  ].join("\n");
}

/** How many requirements have each status, e.g. `12 requirements: 2 failed, 10 passed`. */
export function requirementCounts({ requirements, counts }: ComplianceReport): string {
  const parts = STATUSES.filter((status) => counts[status] > 0).map(
    (status) => `${counts[status]} ${status}`,
  );
  return `${counted(requirements.length, "requirement")}: ${parts.join(", ")}`;
}

/** The controls of a requirement; those with another status than the requirement show it. */
export function relatedControls({ status, controls }: RequirementResult): readonly string[] {
  const groups = byStatus(controls);
  const own = groups.filter(([ofGroup]) => ofGroup === status);
  const others = groups.filter(([ofGroup]) => ofGroup !== status);
  return [
    ...own.map(([, group]) => group.map(({ id }) => id).join(", ")),
    ...others.map(([ofGroup, group]) => `${ofGroup}: ${group.map(({ id }) => id).join(", ")}`),
  ];
}

export function byStatus<Result extends { readonly status: Status }>(
  results: readonly Result[],
): readonly (readonly [Status, readonly Result[]])[] {
  return STATUSES.map(
    (status) => [status, results.filter((result) => result.status === status)] as const,
  ).filter(([, group]) => group.length > 0);
}

/** The level, severity and settings of a rule, e.g. `advisory, high, minHours 168`. */
export function ruleFacts({ facts, settings }: RuleEvidence): string {
  if (facts === undefined) return "";
  const { level, severity } = facts;
  return [
    level,
    ...(severity === "unspecified" ? [] : [severity]),
    ...Object.entries(settings).map(([name, value]) => `${name} ${JSON.stringify(value)}`),
  ].join(", ");
}

/** What was found for a resource, in one line. */
export function evidenceText({ messages, exemption }: ResourceEvidence): string {
  const { owner = "", ticket = "", expires = "", reason = "" } = exemption ?? {};
  const origin = [owner, ticket].filter((part) => part !== "").join(", ");
  return [
    messages.join(" "),
    ...(exemption
      ? [`Accepted until ${expires}${origin === "" ? "" : ` (${origin})`}: ${reason}`]
      : []),
  ].join(" ");
}

function requirementLines(requirement: RequirementResult, columns: number): string[] {
  const [first = "", ...more] = fill(relatedControls(requirement), columns - 16, "; ");
  return [
    `    ${requirement.id.padEnd(11)} ${first}`,
    ...more.map((line) => `${" ".repeat(16)}${line}`),
  ];
}

function controlLines(
  { id, title, status, reasons, limits, rules }: ControlResult,
  { columns, colors }: Pick<Layout, "columns" | "colors">,
): string[] {
  const color = statusColor(status, colors);
  const [first = "", ...more] = wrapAfter("  ", `${status}  ${id}  ${title}`, columns);
  return [
    first.replace(`${status}  ${id}`, () => `${color(status)}  ${colors.bold(id)}`),
    ...more,
    ...reasons.flatMap((reason) => wrapAfter("    ", printable(reason), columns)),
    ...rules
      .filter(({ resources }) => resources.length > 0)
      .flatMap((rule) => ruleLines(rule, columns, colors)),
    ...(status === "not applicable"
      ? []
      : limits.flatMap((limit) => wrapAfter("    ", `Limit: ${limit}`, columns))),
  ];
}

function ruleLines(rule: RuleEvidence, columns: number, colors: Colors): string[] {
  const passed = rule.resources.filter(({ status }) => status === "passed");
  return [
    ...wrapAfter("    ", `${printable(rule.rule)} (${printable(ruleFacts(rule))})`, columns),
    ...rule.resources
      .filter(({ status }) => status !== "passed")
      .flatMap((entry) => [
        `      ${statusColor(entry.status, colors)(entry.status)}  ${urnTitle(entry.urn)}`,
        ...wrapAfter("        ", printable(evidenceText(entry)), columns),
      ]),
    ...(passed.length === 0
      ? []
      : wrapAfter("      ", `passed  ${passedText(passed.map(({ urn }) => urn))}`, columns)),
  ];
}

/** How many passed resources a terminal shows by name; the other formats show all. */
const SHOWN_PASSES = 3;

function passedText(urns: readonly string[]): string {
  const names = urns.slice(0, SHOWN_PASSES).map((urn) => urnTitle(urn).replace(/ {2}/, " "));
  const more = urns.length - names.length;
  return [...names, ...(more > 0 ? [`and ${counted(more, "more resource")}`] : [])].join(", ");
}

function statusColor(status: Status, colors: Colors): (text: string) => string {
  if (status === "failed") return colors.red;
  if (status === "passed") return colors.green;
  return status === "undecided" || status === "exempt" || status === "not checked"
    ? colors.yellow
    : colors.dim;
}
