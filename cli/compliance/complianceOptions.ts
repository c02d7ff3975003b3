import { execFileSync } from "node:child_process";
import { lazyImport } from "../lazyImport";
import type { PolicyOptions } from "../options";
import type { Layout } from "../reports/terminal";
import { REPORT_FORMATS, reportFormat } from "./reportFormat";
import type { EvaluatedStack } from "./scope";

type ComplianceOptions = Pick<PolicyOptions, "compliance" | "complianceReport"> & {
  readonly json?: boolean;
};

/**
 * Checks the options before anything starts, and without loading what a report needs.
 *
 * @throws Error if the file cannot be written in any format, or if there is no framework
 */
export function checkComplianceOptions({ compliance, complianceReport: file }: ComplianceOptions) {
  if (file === undefined) return;
  if (compliance === undefined)
    throw new Error("--compliance-report needs --compliance, which specifies the framework.");
  if (reportFormat(file) === undefined)
    throw new Error(
      `The name of the compliance report ${file} must end with ${REPORT_FORMATS.join(", ")}, which specifies the format.`,
    );
}

interface ComplianceStack extends Omit<EvaluatedStack, "commit"> {
  /** The directory of the evaluated program; absent if that can be another version of it. */
  readonly program?: string;
}

/**
 * What `--compliance` prints, instead of the findings; undefined without it. Also writes the file of
 * `--compliance-report`.
 *
 * @param from completes relative paths
 * @throws Error if the pack does not report its evidence, or the file cannot be written
 */
export async function complianceOutput(
  { program, ...stack }: ComplianceStack,
  options: ComplianceOptions,
  from: (path: string) => string,
  layout: Pick<Layout, "columns" | "colors">,
): Promise<string | undefined> {
  const { compliance } = options;
  if (compliance === undefined) return undefined;
  type Compliance = typeof import("./showCompliance");
  const report = await lazyImport<Compliance>(module, "./showCompliance");
  const commit = program && commitOf(program);
  return report.showCompliance({ ...stack, commit }, compliance, options, from, layout);
}

/** The commit of a directory, and whether files differ from it; undefined without Git. */
function commitOf(directory: string): string | undefined {
  const git = (...args: string[]): string =>
    execFileSync("git", args, { cwd: directory, stdio: ["ignore", "pipe", "ignore"] })
      .toString()
      .trim();
  try {
    const changed = git("status", "--porcelain", "--untracked-files=no", ".") !== "";
    return `${git("rev-parse", "HEAD")}${changed ? " with uncommitted changes" : ""}`;
  } catch {
    return undefined;
  }
}
