import { writeFileSync } from "node:fs";
import type { PolicyReport } from "../../engine/policy/policyReport";
import type { ResourceGraph } from "../../engine/graph/resourceGraph";
import { markdownReport, type ShownSetting } from "./markdown/markdownReport";
import { sarifLog } from "./sarif/sarifLog";

/** Reports that a command writes beside what it prints; paths as they are to be opened. */
export interface ReportFiles {
  readonly sarif: string | undefined;
  readonly markdown: string | undefined;
}

/** What the reports tell of. */
export interface JudgedStack {
  readonly graph: ResourceGraph;
  readonly report: PolicyReport;
  /** See `SarifSource`. */
  readonly file: string;
  /** See `MarkdownSource`. */
  readonly basis: string;
  readonly settings: readonly ShownSetting[];
  /** See `MarkdownSource`. */
  readonly denied?: readonly string[];
}

/** @throws Error that names the file that cannot be written */
export function writeReports({ sarif, markdown }: ReportFiles, judged: JudgedStack): void {
  const { graph, report, file, basis, settings, denied = [] } = judged;
  const { project, stack, resources } = graph;
  if (sarif !== undefined)
    write(
      "SARIF",
      sarif,
      `${JSON.stringify(sarifLog({ project, stack, report, file }), null, 2)}\n`,
    );
  if (markdown !== undefined)
    write(
      "Markdown",
      markdown,
      markdownReport({
        project,
        stack,
        report,
        resources: resources.length,
        basis,
        settings,
        denied,
      }),
    );
}

function write(what: string, path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new Error(`Cannot write the ${what} report: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
