import { writeFileSync } from "node:fs";
import { extname } from "node:path";
import type { PolicyOptions } from "../options";
import { jsonText } from "../reports/printable";
import type { Layout } from "../reports/terminal";
import { complianceMarkdown } from "./complianceMarkdown";
import { compliancePage } from "./compliancePage";
import { type ComplianceReport, complianceReport } from "./complianceReport";
import { complianceText } from "./complianceText";
import { complianceData } from "./controls";
import { evidenceOf } from "./ruleEvidence";
import { type EvaluatedStack, scopeOf } from "./scope";

type ComplianceOptions = Pick<PolicyOptions, "compliance" | "complianceReport"> & {
  readonly json?: boolean;
};

/** Formats of the file, by the end of its name. */
const FORMATS: Readonly<Record<string, (report: ComplianceReport) => string>> = {
  ".html": compliancePage,
  ".json": complianceJson,
  ".md": complianceMarkdown,
};

/**
 * Checks the options before anything starts.
 *
 * @throws Error if the file cannot be written in any format, or if there is no framework
 */
export function checkComplianceOptions({ compliance, complianceReport: file }: ComplianceOptions) {
  if (file === undefined) return;
  if (compliance === undefined)
    throw new Error("--compliance-report needs --compliance, which specifies the framework.");
  if (!Object.hasOwn(FORMATS, extname(file)))
    throw new Error(
      `The name of the compliance report ${file} must end with ${Object.keys(FORMATS).join(", ")}, which specifies the format.`,
    );
}

/**
 * The compliance report of a stack for standard output; undefined if none was asked for. Also writes the
 * file of `--compliance-report`.
 *
 * @param from completes relative paths
 * @throws Error if the pack does not report its evidence, or the file cannot be written
 */
export function showCompliance(
  stack: EvaluatedStack,
  { compliance, complianceReport: file, json = false }: ComplianceOptions,
  from: (path: string) => string,
  layout: Pick<Layout, "columns" | "colors">,
): string | undefined {
  if (compliance === undefined) return undefined;
  const data = complianceData();
  const evidence = evidenceOf(stack.report, stack.graph);
  const report = complianceReport(compliance, data, evidence, scopeOf(stack, data));
  if (file !== undefined) write(from(file), (FORMATS[extname(file)] ?? complianceJson)(report));
  return json ? complianceJson(report) : complianceText(report, layout);
}

function complianceJson(report: ComplianceReport): string {
  return `${jsonText(report)}\n`;
}

function write(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new Error(`Cannot write the compliance report: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
