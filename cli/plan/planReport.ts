import type { GraphNote, NoteKind, ResourceGraph } from "../../engine/graph/resourceGraph";
import { type Gate, gateOf } from "../reports/gate";
import { groupedBy } from "../reports/groupedBy";
import { conclusion, policySection } from "../reports/policySection";
import { printable, printableGraph, printableRedactor } from "../reports/printable";
import { urnTitle } from "../reports/resourceTitle";
import { sourceLines } from "../reports/sourceLines";
import type { Colors, Layout } from "../reports/terminal";
import { cut, wrap } from "../reports/wrapText";
import { accessConclusion, accessSection } from "./access/accessSection";
import type { PlanWithAccess } from "./access/planWithAccess";
import { shownValue } from "./resources/inputValue";
import { resourceTree } from "./resources/resourceTree";
import { otherOutputs } from "./settings/reportedSettings";
import { settingsReport } from "./settings/settingsReport";

export interface ReportStyle {
  readonly preview: boolean;
  readonly columns: number;
  readonly colors: Colors;
}

/** A plan as text for a person: resources, settings, outputs, access, policy findings. */
export function planReport(
  plan: PlanWithAccess,
  style: ReportStyle,
  gate: Gate = gateOf(plan),
): string {
  const { access } = plan;
  const layout = { ...style, redact: printableRedactor(plan.graph) };
  const graph = printableGraph(plan.graph);
  const { colors } = style;
  return [
    `${colors.bold(printable(`${graph.project}/${graph.stack}`))}, ${plannedOffline(style)}`,
    "",
    ...resourceTree(graph, layout),
    "",
    ...settingsReport(graph, layout),
    ...outputs(graph, layout),
    ...accessSection(access, layout),
    ...notesSection(graph.notes ?? [], layout),
    ...policySection(gate, { ...layout, sources: sourceLines(plan.graph) }),
    ...conclusion(gate, graph, layout),
    ...accessConclusion(access, layout),
    "",
  ].join("\n");
}

/** How the values of a plan came about. */
export function plannedOffline({ preview }: Pick<ReportStyle, "preview">): string {
  return `planned offline; IDs and ARNs are ${preview ? "unknown" : "placeholders"}`;
}

function outputs(graph: ResourceGraph, { columns, colors, redact }: Layout): string[] {
  const entries = Object.entries(otherOutputs(graph)).map(
    ([name, value]) => [printable(name), value] as const,
  );
  if (entries.length === 0) return [];
  const width = Math.max(...entries.map(([name]) => name.length));
  const lines = entries.flatMap(([name, value]) => {
    const text = redact(shownValue(value)).replace(/\s+/g, " ");
    const shown = text === "" ? '""' : cut(text, columns - 4);
    const oneLine = `  ${name.padEnd(width)}  ${shown}`;
    return oneLine.length <= columns ? [oneLine] : [`  ${name}`, `    ${shown}`];
  });
  return [colors.bold("Outputs"), ...lines, ""];
}

const TITLES: Readonly<Record<NoteKind, string>> = {
  "not evaluated": "Not evaluated",
  assumed: "Assumed",
  input: "Unknown inputs",
  "unused answer": "Unused answers",
};

/** What the resources of a plan do not show: parts that are missing, values that are made up. */
function notesSection(notes: readonly GraphNote[], { columns, colors, redact }: Layout): string[] {
  if (notes.length === 0) return [];
  const kinds = Object.keys(TITLES) as readonly NoteKind[];
  const sections = kinds.flatMap((kind) => {
    const entries = groupedBy(
      notes.filter((note) => note.kind === kind),
      ({ subject }) => subject,
    );
    const lines = entries.flatMap(([subject, group]) => [
      `    ${urnTitle(subject)}`,
      ...group.flatMap(({ message }) =>
        wrap(redact(message), columns - 6).map((line) => `      ${line}`),
      ),
    ]);
    return lines.length === 0 ? [] : [`  ${colors.cyan(TITLES[kind])}`, ...lines];
  });
  return [colors.bold("Notes"), ...sections, ""];
}
