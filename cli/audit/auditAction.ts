import { basename, resolve } from "node:path";
import { auditStack } from "../../engine/auditStack";
import type { ResourceGraph } from "../../engine/graph/resourceGraph";
import { applyBaselineOptions } from "../baseline/baselineOptions";
import { checkComplianceOptions, complianceOutput } from "../compliance/complianceOptions";
import type { PolicyOptions } from "../options";
import { packEnvironment, policyPackFor } from "../policyPack";
import { stackSettings } from "../plan/settings/reportedSettings";
import { type Gate, gateDocument, gateOf } from "../reports/gate";
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
 * @param now the time of a compliance report
 * @returns the exit code: 1 if a mandatory rule is violated or a finding is one of `--fail-on`, otherwise 0
 * @throws Error if the file is not a stack export, or the policy pack fails
 */
export async function audit(
  stackExport: string,
  options: AuditOptions,
  output: ReportOutput,
  now = new Date(),
): Promise<number> {
  const { stdout, stderr, colors } = output;
  const { policyConfig, sarif, markdown } = options;
  checkComplianceOptions(options);
  const directory = process.cwd();
  const policyPack = policyPackFor(directory, options.policyPack);
  const from = (path: string): string => resolve(directory, path);
  const environment = packEnvironment(options, from);
  const request = {
    stackExport,
    policyPack,
    policyConfig,
    directory,
    packEnvironment: environment,
  };
  const stackAudit = await auditStack(request, (text) => stderr.write(text));
  const { graph } = stackAudit;
  const print = (text: string): unknown => stderr.write(text);
  const baseline = await applyBaselineOptions(stackAudit, options, from, print);
  const gate = gateOf(stackAudit, { failOn: options.failOn, baseline });
  const basis = `as exported to ${basename(stackExport)}`;
  const style = { basis, columns: columnsOf(output), colors };
  // Without the program: what was deployed need not be what is in this directory.
  const evaluated = { ...stackAudit, basis, isDeployed: true, now };
  stdout.write(
    (await complianceOutput(evaluated, options, from, style)) ??
      (options.json === true ? auditDocument(graph, gate) : auditReport(stackAudit, style, gate)),
  );
  writeReports(
    { sarif, markdown },
    {
      graph,
      ...gate,
      isDeployed: true,
      directory,
      policyPack,
      file: reportedFile({ directory, ...graph }, stackExport),
      basis,
      settings: stackSettings(graph),
    },
  );
  return gate.fails ? 1 : 0;
}

/** An audit as one JSON document; findings and exemptions as in the plan document. */
function auditDocument({ project, stack }: ResourceGraph, gate: Gate): string {
  const { violations, undecided, exemptions, exempted } = gate.report;
  const findings = { violations, undecided, exemptions, exempted, ...gateDocument(gate) };
  return `${jsonText({ project, stack, ...findings })}\n`;
}
