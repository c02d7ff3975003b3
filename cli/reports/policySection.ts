import type { ResourceGraph } from "../../engine/graph/resourceGraph";
import type { Violation } from "../../engine/policy/policyReport";
import type { Undecided } from "../../engine/policy/resultData";
import {
  evaluatedText,
  findingCounts,
  isBlocking,
  opaqueComponents,
  packTitle,
  type ReportedViolation,
  resourceCounts,
  sortFindings,
  undecidedUntil,
} from "./findings";
import {
  type FindingGroup,
  resourceNames,
  undecidedGroups,
  violationGroups,
} from "./findingGroups";
import { type Gate, knownText } from "./gate";
import { groupedBy } from "./groupedBy";
import { printable } from "./printable";
import { resourceTitle, urnTitle } from "./resourceTitle";
import { commonLine, noSourceLines, type SourceLines } from "./sourceLines";
import type { Colors, Layout } from "./terminal";
import { unevaluatedTexts, unevaluatedTitle } from "./unevaluated";
import { fill, wrap, wrapAfter, wrapHard } from "./wrapText";

interface PolicyLayout extends Layout {
  /** The stack is deployed, not planned. Default: false. */
  readonly isDeployed?: boolean;
  /** Where the resources are declared. Default: unknown. */
  readonly sources?: SourceLines;
}

/** The findings of a policy pack as text for a person: violations first, equal ones together. */
export function policySection(gate: Gate, layout: PolicyLayout): string[] {
  const { colors, columns, redact, isDeployed = false } = layout;
  const { report, known, unevaluated } = gate;
  const { violations, exemptions, undecided } = sortFindings(report);
  return [
    `${colors.bold("Policy pack")} ${printable(packTitle(report))}`,
    "",
    ...report.remediations.flatMap(({ policy, urn, description }) =>
      policyEntry(
        {
          title: `${colors.green("remediated")}  ${colors.bold(printable(policy))}`,
          urn,
          text: redact(description),
        },
        columns,
      ),
    ),
    ...violationGroups(violations).flatMap((group) => [
      ...groupTitle(group, 2, layout),
      ...groupedBy(group.findings, ({ policy, level }) => `${policy} ${level}`).flatMap(
        ([, entries]) => violationLines(entries, layout),
      ),
      "",
    ]),
    ...titled("Exemptions in effect", exemptions, (text) => lines("", text, 4, layout), colors),
    ...titled(
      `Undecided ${undecidedUntil(isDeployed)}`,
      undecidedGroups(undecided),
      (group) => undecidedLines(group, layout),
      colors,
    ),
    ...(known === undefined ? [] : knownLines(known, layout)),
    ...titled(
      "Not evaluated by any rule",
      unevaluated.length === 0 ? [] : [unevaluatedTexts(unevaluated)],
      (texts) => fill(texts.map(printable), columns - 4).map((line) => `    ${line}`),
      colors,
    ),
  ];
}

/** What the baseline contains, which the rest of the report leaves out. */
function knownLines(known: NonNullable<Gate["known"]>, layout: Layout): string[] {
  const gone = groupedBy(known.gone, urnOf).flatMap(([urn, entries]) => [
    `      ${urnTitle(urn)}`,
    ...entries.flatMap(({ policy, message }) => lines("", `${policy}: ${message}`, 8, layout)),
  ]);
  return titled(
    `Baseline ${printable(known.file)}`,
    [
      `    ${knownText(known)}`,
      ...(gone.length === 0
        ? []
        : ["    No longer found; write the baseline again to remove them:", ...gone]),
    ],
    (line) => [line],
    layout.colors,
  );
}

/** The end of a report: how much was evaluated, and the counts of the findings. */
export function conclusion(
  { report, known, unevaluated, fails, failOnLine }: Gate,
  graph: Pick<ResourceGraph, "resources" | "notes">,
  { columns, colors }: Omit<Layout, "redact">,
): string[] {
  const part = { resources: graph.resources.length, notes: graph.notes };
  const findings = sortFindings(report);
  const { violations } = findings;
  const color =
    fails || violations.some(isBlocking)
      ? colors.red
      : violations.length > 0 || opaqueComponents(graph.notes).length > 0
        ? colors.yellow
        : colors.green;
  const { remediations } = report;
  const remediated = remediations.length > 0 ? `, ${remediations.length} remediated` : "";
  const text =
    report.pack === undefined
      ? `${resourceCounts(part)}, no rules evaluated`
      : `${evaluatedText(part, report)}: ${findingCounts(findings)}${remediated}`;
  const more = [
    ...(known === undefined ? [] : [knownText(known)]),
    ...(unevaluated.length === 0 ? [] : [unevaluatedTitle(unevaluated)]),
    ...(failOnLine === "" ? [] : [failOnLine]),
  ];
  return [text, ...more].flatMap((line) => wrap(line, columns).map(color));
}

/** The violations of one rule for one resource, with the fix once. */
function violationLines(violations: readonly ReportedViolation[], layout: Layout): string[] {
  const [first] = violations;
  if (first === undefined) return [];
  const { fix, link } = first;
  return [
    `    ${violationTitle(first, layout.colors)}`,
    ...violations.flatMap(({ reason }) => lines("", reason, 6, layout)),
    ...(fix === "" ? [] : lines("fix: ", fix, 6, layout)),
    ...(link === undefined ? [] : [`      ${layout.colors.dim(printable(link))}`]),
  ];
}

/**
 * The title of findings: the resource and its line in the program, or the number of resources, the line
 * that declares all of them, and some of their names.
 */
function groupTitle(
  { urns }: FindingGroup<unknown>,
  indent: number,
  { columns, colors, sources = noSourceLines }: PolicyLayout,
): string[] {
  const [first = ""] = urns;
  const margin = " ".repeat(indent);
  const type = printable(resourceTitle(first).type);
  const title = urns.length === 1 ? urnTitle(first) : `${urns.length} resources  ${type}`.trimEnd();
  const line = printable(commonLine(urns, sources) ?? "");
  const head = `${margin}${title}`;
  const isShort = head.length + 2 + line.length <= columns;
  return [
    ...(line === ""
      ? [head]
      : isShort
        ? [`${head}  ${colors.dim(line)}`]
        : [
            head,
            ...wrapHard(line, columns - indent - 2).map((l) => `${margin}  ${colors.dim(l)}`),
          ]),
    ...(urns.length === 1
      ? []
      : fill(resourceNames(urns).map(printable), columns - indent - 2).map(
          (text) => `${margin}  ${text}`,
        )),
  ];
}

function undecidedLines(group: FindingGroup<Undecided>, layout: PolicyLayout): string[] {
  return [
    ...groupTitle(group, 4, layout),
    ...groupedBy(group.findings, ({ reason }) => reason).flatMap(([reason, entries]) => {
      const policies = entries.map(({ policy }) => policy).join(", ");
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

/** Wrapped text after a mark, without secrets. */
function lines(mark: string, text: string, indent: number, { columns, redact }: Layout): string[] {
  return wrapAfter(`${" ".repeat(indent)}${mark}`, redact(text), columns);
}

/** One finding about a resource below its title, followed by an empty line. */
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
  const color = isBlocking({ level }) ? colors.red : colors.yellow;
  const weight = severity === "unspecified" ? "" : severity;
  return `${color([level, weight].join(" ").trim())}  ${colors.bold(printable(policy))}`;
}

export function undecidedTitle({ policy }: Undecided, colors: Colors): string {
  return `${colors.cyan("undecided")}  ${colors.bold(printable(policy))}`;
}
