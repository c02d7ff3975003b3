import { basename } from "node:path";
import { auditStack, type StackAudit } from "../../engine/auditStack";
import type { PolicyOptions } from "../options";
import { stackSettings } from "../plan/settings/effectiveSettings";
import { isBlocking } from "../reports/findings";
import { columnsOf, type ReportOutput } from "../reports/terminal";
import { reportedFile, writeReports } from "../reports/writeReports";
import { auditReport } from "./auditReport";

export interface AuditOptions extends PolicyOptions {
  readonly json?: boolean;
}

/**
 * Lets the policies judge what is deployed, and prints what they say.
 *
 * @param stackExport file of `pulumi stack export`
 * @returns the exit code: 1 if a mandatory policy is violated, else 0
 * @throws Error if the file is no export, or the policy pack fails
 */
export async function audit(
  stackExport: string,
  options: AuditOptions,
  output: ReportOutput,
): Promise<number> {
  const { stdout, stderr, colors } = output;
  const { policyPack, policyConfig, sarif, markdown } = options;
  const directory = process.cwd();
  const request = { stackExport, policyPack, policyConfig, directory };
  const judged = await auditStack(request, (text) => stderr.write(text));
  const { graph, report } = judged;
  const basis = `as exported to ${basename(stackExport)}`;
  const style = { basis, columns: columnsOf(output), colors };
  stdout.write(options.json === true ? auditDocument(judged) : auditReport(judged, style));
  writeReports(
    { sarif, markdown },
    {
      ...judged,
      file: reportedFile({ directory, ...graph }, stackExport),
      basis,
      settings: stackSettings(graph),
    },
  );
  return report.violations.some(isBlocking) ? 1 : 0;
}

/** An audit as one JSON document; violations and undecided as in that of a plan. */
function auditDocument({ graph, report }: StackAudit): string {
  const { project, stack } = graph;
  const { violations, undecided } = report;
  return `${JSON.stringify({ project, stack, violations, undecided }, null, 2)}\n`;
}
