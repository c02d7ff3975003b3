import type { StackAudit } from "../../engine/auditStack";

/** An audit as one JSON document; violations and undecided as in that of a plan. */
export function auditDocument({ graph, report }: StackAudit): string {
  const { project, stack } = graph;
  const { violations, undecided } = report;
  return `${JSON.stringify({ project, stack, violations, undecided }, null, 2)}\n`;
}
