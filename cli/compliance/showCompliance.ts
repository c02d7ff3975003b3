import { jsonText } from "../reports/printable";
import type { Layout } from "../reports/terminal";
import { writeOutput } from "../reports/writeOutput";
import { complianceMarkdown } from "./complianceMarkdown";
import { compliancePage } from "./compliancePage";
import { type ComplianceReport, complianceReport } from "./complianceReport";
import { complianceText } from "./complianceText";
import { complianceData } from "./controls";
import type { Framework } from "./framework";
import { type ReportFormat, reportFormat } from "./reportFormat";
import { evidenceOf } from "./ruleEvidence";
import { type EvaluatedStack, scopeOf } from "./scope";

interface ShownOptions {
  readonly complianceReport?: string;
  readonly json?: boolean;
}

const FORMATS: Readonly<Record<ReportFormat, (report: ComplianceReport) => string>> = {
  ".html": compliancePage,
  ".json": complianceJson,
  ".md": complianceMarkdown,
};

/**
 * The compliance report of a stack for standard output. Also writes the file of `--compliance-report`.
 *
 * @param framework of `--compliance`
 * @param from completes relative paths
 * @throws Error if the pack does not report its evidence, or the file cannot be written
 */
export function showCompliance(
  stack: EvaluatedStack,
  framework: Framework,
  { complianceReport: file, json = false }: ShownOptions,
  from: (path: string) => string,
  layout: Pick<Layout, "columns" | "colors">,
): string {
  const data = complianceData();
  const evidence = evidenceOf(stack.report, stack.graph);
  const report = complianceReport(framework, data, evidence, scopeOf(stack, data));
  if (file !== undefined)
    writeOutput(
      "the compliance report",
      from(file),
      FORMATS[reportFormat(file) ?? ".json"](report),
    );
  return json ? complianceJson(report) : complianceText(report, layout);
}

function complianceJson(report: ComplianceReport): string {
  return `${jsonText(report)}\n`;
}
