import type { StackAudit } from "../../engine/auditStack";
import { type ResourceGraph, Secret, Unknown, valuesIn } from "../../engine/graph/resourceGraph";
import { redactorOf } from "../../engine/graph/redaction";
import { counted } from "../reports/amounts";
import { conclusion, policySection } from "../reports/policySection";
import { wrap } from "../reports/wrapText";
import type { Colors } from "../reports/terminal";

export interface AuditStyle {
  /** What was judged, e.g. `as exported to prod.json`. */
  readonly basis: string;
  readonly columns: number;
  readonly colors: Colors;
}

/** An audit as text for a person. */
export function auditReport({ graph, report }: StackAudit, style: AuditStyle): string {
  const { basis, columns, colors } = style;
  const { project, stack, resources } = graph;
  const encrypted = report.undecided.length === 0 ? 0 : encryptedValues(graph);
  return [
    `${colors.bold(`${project}/${stack}`)}, ${basis}`,
    "",
    ...policySection(report, { columns, colors, redact: redactorOf(graph) }),
    ...(encrypted === 0 ? [] : [...wrap(encryptedNote(encrypted), columns), ""]),
    ...conclusion(report, resources.length, style),
    "",
  ].join("\n");
}

function encryptedNote(count: number): string {
  return (
    `The export has ${counted(count, "encrypted value")}, which no policy can read. To decide on ` +
    "them, export with --show-secrets, and delete the file afterwards: it has them in plain text."
  );
}

function encryptedValues({ resources }: ResourceGraph): number {
  const everything = resources.flatMap(({ inputs, outputs }) => [inputs, outputs]);
  return [...valuesIn(everything)].filter(
    (value) => value instanceof Secret && value.reveal() instanceof Unknown,
  ).length;
}
