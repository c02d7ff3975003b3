import { basename } from "node:path";
import { auditStack, type StackAudit } from "../../engine/auditStack";
import type { PolicyOptions } from "../options";
import { policyPackFor } from "../policyPack";
import { stackSettings } from "../plan/settings/reportedSettings";
import { isBlocking } from "../reports/findings";
import { jsonText } from "../reports/printable";
import { columnsOf, type ReportOutput } from "../reports/terminal";
import { reportedFile, writeReports } from "../reports/writeReports";
import { auditReport } from "./auditReport";

export interface AuditOptions extends PolicyOptions {
  readonly json?: boolean;
}

/**
 * Evaluates the policy pack for what is deployed, and prints the findings.
 *
 * @param stackExport file of `pulumi stack export`
 * @returns the exit code: 1 if a mandatory rule is violated, otherwise 0
 * @throws Error if the file is not a stack export, or the policy pack fails
 */
export async function audit(
  stackExport: string,
  options: AuditOptions,
  output: ReportOutput,
): Promise<number> {
  const { stdout, stderr, colors } = output;
  const { policyConfig, sarif, markdown } = options;
  const directory = process.cwd();
  const policyPack = policyPackFor(directory, options.policyPack);
  const request = { stackExport, policyPack, policyConfig, directory };
  const stackAudit = await auditStack(request, (text) => stderr.write(text));
  const { graph, report } = stackAudit;
  const basis = `as exported to ${basename(stackExport)}`;
  const style = { basis, columns: columnsOf(output), colors };
  stdout.write(options.json === true ? auditDocument(stackAudit) : auditReport(stackAudit, style));
  writeReports(
    { sarif, markdown },
    {
      ...stackAudit,
      isDeployed: true,
      file: reportedFile({ directory, ...graph }, stackExport),
      basis,
      settings: stackSettings(graph),
    },
  );
  return report.violations.some(isBlocking) ? 1 : 0;
}

/** An audit as one JSON document; findings and exemptions as in the plan document. */
function auditDocument({ graph, report }: StackAudit): string {
  const { project, stack } = graph;
  const { violations, undecided, exemptions, exempted } = report;
  return `${jsonText({ project, stack, violations, undecided, exemptions, exempted })}\n`;
}
