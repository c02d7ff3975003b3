import { existsSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import type { ResourceGraph } from "../../engine/graph/resourceGraph";
import type { PolicyReport } from "../../engine/policy/policyReport";
import { readYamlMapping } from "../../engine/stack/yamlFile";
import { markdownReport, type ShownSetting } from "./markdown/markdownReport";
import { sarifLog } from "./sarif/sarifLog";

/** Reports that a command writes beside what it prints; paths as they are to be opened. */
export interface ReportFiles {
  readonly sarif: string | undefined;
  readonly markdown: string | undefined;
}

/** What the reports tell of. */
export interface EvaluatedStack {
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
export function writeReports({ sarif, markdown }: ReportFiles, judged: EvaluatedStack): void {
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

interface ReportedStack {
  /** Folder where the project may be. */
  readonly directory: string;
  readonly project: string;
  readonly stack: string;
}

/**
 * The file that stands for a stack on code-scanning pages, relative to the repository's root and
 * with slashes: the stack's own, else the project's; `fallback` if the project is not in the folder.
 */
export function reportedFile(reported: ReportedStack, fallback: string): string {
  const { directory, stack } = reported;
  const candidates = holdsProject(reported) ? [`Pulumi.${stack}.yaml`, "Pulumi.yaml"] : [];
  const paths = candidates.map((name) => join(directory, name));
  const file = resolve(paths.find((path) => existsSync(path)) ?? fallback);
  return relative(repositoryRoot(dirname(file)), file)
    .split(sep)
    .join("/");
}

function holdsProject({ directory, project }: ReportedStack): boolean {
  const path = join(directory, "Pulumi.yaml");
  return existsSync(path) && readYamlMapping(path).get("name") === project;
}

/** Where Git has its folder; in a folder without Git, that folder. */
function repositoryRoot(folder: string): string {
  for (let at = resolve(folder); ; at = dirname(at)) {
    if (existsSync(join(at, ".git"))) return at;
    if (at === dirname(at)) return resolve(folder);
  }
}
