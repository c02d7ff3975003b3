import type { StackAudit } from "../../engine/auditStack";
import { type ResourceGraph, Secret, Unknown, valuesIn } from "../../engine/graph/resourceGraph";
import { counted } from "../../records/amounts";
import { type Gate, gateOf } from "../reports/gate";
import { conclusion, policySection } from "../reports/policySection";
import { printable, printableRedactor } from "../reports/printable";
import { sourceLines } from "../reports/sourceLines";
import type { Colors } from "../reports/terminal";
import { wrap } from "../reports/wrapText";

export interface AuditStyle {
  /** Where the evaluated resources come from, e.g. `as exported to prod.json`. */
  readonly basis: string;
  readonly columns: number;
  readonly colors: Colors;
}

/** An audit as text for a person. */
export function auditReport(
  audit: StackAudit,
  style: AuditStyle,
  gate: Gate = gateOf(audit),
): string {
  const { graph } = audit;
  const { basis, columns, colors } = style;
  const { project, stack } = graph;
  const encrypted = gate.report.undecided.length === 0 ? 0 : encryptedValueCount(graph);
  return [
    `${colors.bold(printable(`${project}/${stack}`))}, ${printable(basis)}`,
    "",
    ...policySection(gate, {
      columns,
      colors,
      redact: printableRedactor(graph),
      isDeployed: true,
      sources: sourceLines(graph),
    }),
    ...(encrypted === 0 ? [] : [...wrap(encryptedNote(encrypted), columns), ""]),
    ...conclusion(gate, graph, style),
    "",
  ].join("\n");
}

function encryptedNote(count: number): string {
  return (
    `The export contains ${counted(count, "encrypted value")}, which rules cannot read. To evaluate ` +
    "them, export with --show-secrets. Delete that file afterwards: it contains plain-text secrets."
  );
}

function encryptedValueCount({ resources }: ResourceGraph): number {
  const everything = resources.flatMap(({ inputs, outputs }) => [inputs, outputs]);
  return [...valuesIn(everything)].filter(
    (value) => value instanceof Secret && value.reveal() instanceof Unknown,
  ).length;
}
