import type { PolicyReport, Undecided, Violation } from "../../engine/policy/policyReport";
import {
  type Finding,
  findingsOf,
  isBlocking,
  evaluatedText,
  packTitle,
  verdictText,
} from "./findings";
import { groupedBy } from "./groupedBy";
import { urnTitle } from "./resourceTitle";
import type { Colors, Layout } from "./terminal";
import { wrap } from "./wrapText";

/** What the policies say of a stack, as text for a person: violations first, by resource. */
export function policySection(report: PolicyReport, layout: Layout): string[] {
  const { colors, columns, redact } = layout;
  const { violations, exemptions, undecided } = findingsOf(report);
  return [
    `${colors.bold("Policies")} of ${packTitle(report)}`,
    "",
    ...report.remediations.flatMap(({ policy, urn, description }) =>
      policyEntry(
        {
          title: `${colors.green("remediated")}  ${colors.bold(policy)}`,
          urn,
          text: redact(description),
        },
        columns,
      ),
    ),
    ...groupedBy(violations, urnOf).flatMap(([urn, entries]) => [
      `  ${urnTitle(urn)}`,
      ...groupedBy(entries, ({ policy, level }) => `${policy} ${level}`).flatMap(([, findings]) =>
        findingLines(findings, layout),
      ),
      "",
    ]),
    ...titled("Exemptions in force", exemptions, (text) => lines("", text, 4, layout), colors),
    ...titled(
      "Undecided, and so not passed",
      groupedBy(undecided, urnOf),
      ([urn, entries]) => undecidedLines(urn, entries, layout),
      colors,
    ),
  ];
}

/** How a report ends: what was judged, and with which result. */
export function conclusion(
  report: PolicyReport,
  resources: number,
  { columns, colors }: Omit<Layout, "redact">,
): string[] {
  const findings = findingsOf(report);
  const { violations } = findings;
  const paint = violations.some(isBlocking)
    ? colors.red
    : violations.length > 0
      ? colors.yellow
      : colors.green;
  const { remediations } = report;
  const remediated = remediations.length > 0 ? `, ${remediations.length} remediated` : "";
  const text = `${evaluatedText(resources, report)}: ${verdictText(findings)}${remediated}`;
  return wrap(text, columns).map(paint);
}

/** What one policy says of one resource, with the fix once. */
function findingLines(findings: readonly Finding[], layout: Layout): string[] {
  const [first] = findings;
  if (first === undefined) return [];
  const { fix, link } = first;
  return [
    `    ${violationTitle(first, layout.colors)}`,
    ...findings.flatMap(({ reason }) => lines("", reason, 6, layout)),
    ...(fix === "" ? [] : lines("fix: ", fix, 6, layout)),
    ...(link === undefined ? [] : [`      ${layout.colors.dim(link)}`]),
  ];
}

function undecidedLines(urn: string, entries: readonly Undecided[], layout: Layout): string[] {
  return [
    `    ${urnTitle(urn)}`,
    ...groupedBy(entries, ({ reason }) => reason).flatMap(([reason, group]) => {
      const policies = group.map(({ policy }) => policy).join(", ");
      return lines("", `${reason}: ${policies}`, 6, layout);
    }),
  ];
}

function urnOf({ urn }: { readonly urn: string }): string {
  return urn;
}

function titled<Entry>(
  title: string,
  entries: readonly Entry[],
  show: (entry: Entry) => string[],
  colors: Colors,
): string[] {
  return entries.length === 0 ? [] : [`  ${colors.cyan(title)}`, ...entries.flatMap(show), ""];
}

/** A text that begins with a mark; what does not fit on its first line is set below the text. */
function lines(mark: string, text: string, indent: number, { columns, redact }: Layout): string[] {
  const margin = " ".repeat(indent);
  return wrap(redact(text), columns - indent - mark.length).map(
    (line, index) => `${margin}${index === 0 ? mark : " ".repeat(mark.length)}${line}`,
  );
}

/** What a policy says of a resource, under its title, with an empty line after it. */
export function policyEntry(
  { title, urn, text }: { readonly title: string; readonly urn: string; readonly text: string },
  columns: number,
): string[] {
  return [
    `  ${title}`,
    `    ${urnTitle(urn)}`,
    ...wrap(text, columns - 4).map((line) => `    ${line}`),
    "",
  ];
}

export function violationTitle(
  { policy, level, severity }: Omit<Violation, "message">,
  colors: Colors,
): string {
  const paint = isBlocking({ level }) ? colors.red : colors.yellow;
  const weight = severity === "unspecified" ? "" : severity;
  return `${paint([level, weight].join(" ").trim())}  ${colors.bold(policy)}`;
}

export function undecidedTitle({ policy }: Undecided, colors: Colors): string {
  return `${colors.cyan("undecided")}  ${colors.bold(policy)}`;
}
