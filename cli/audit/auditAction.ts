import { basename } from "node:path";
import { auditStack } from "../../engine/auditStack";
import { stackSettings } from "../plan/settings/stackSettings";
import type { PolicyOptions } from "../policyOptions";
import { isBlocking } from "../reports/findings";
import { columnsOf, type ReportOutput } from "../reports/reportOutput";
import { reportedFile } from "../reports/reportedFile";
import { writeReports } from "../reports/writeReports";
import { auditDocument } from "./auditDocument";
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
