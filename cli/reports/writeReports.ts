import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { redactorOf } from "../../engine/graph/redaction";
import type { ResourceGraph } from "../../engine/graph/resourceGraph";
import { readYamlMapping } from "../../engine/stack/yamlFile";
import { webLink } from "./findings";
import type { Gate } from "./gate";
import { type MarkdownSource, markdownReport } from "./markdown/markdownReport";
import { type SarifSource, sarifLog } from "./sarif/sarifLog";
import { noSourceLines, sourceLines } from "./sourceLines";
import { writeOutput } from "./writeOutput";

type RuleHelpFile = typeof import("./ruleHelp");

/** Paths of the reports to write, in addition to standard output. */
export interface ReportFiles {
  readonly sarif: string | undefined;
  readonly markdown: string | undefined;
}

/** The stack that the reports are about. */
export interface EvaluatedStack
  extends
    Gate,
    Pick<SarifSource, "file">,
    Pick<MarkdownSource, "basis" | "settings" | "isDeployed" | "denied" | "difference"> {
  readonly graph: ResourceGraph;
  /** Directory that may contain the project. */
  readonly directory: string;
  /** Directory of the evaluated pack; undefined without one. */
  readonly policyPack: string | undefined;
}

/**
 * Writes the reports of an evaluated pack; none without a pack.
 *
 * @throws Error that names the file that cannot be written
 */
export function writeReports({ sarif, markdown }: ReportFiles, evaluated: EvaluatedStack): void {
  const { graph, file, directory, policyPack, ...source } = evaluated;
  const { pack } = source.report;
  if (pack === undefined) return;
  const { project, stack, resources, notes = [] } = graph;
  const place = containsProject({ directory, project, stack }) ? placeOf(directory) : undefined;
  const lines = place === undefined ? noSourceLines : sourceLines(graph, place.path);
  if (sarif !== undefined) {
    const { known, unevaluated } = source;
    // Loaded here: few plans write SARIF, and the schema of the help takes long to load.
    const { readRuleHelp } = module.require("./ruleHelp") as RuleHelpFile;
    const redact = redactorOf(graph);
    const log = sarifLog({
      ...{ project, stack, report: { ...source.report, pack }, notes, file, unevaluated, lines },
      ...(known && { known }),
      informationUri: homepageOf(policyPack),
      help: readRuleHelp(
        policyPack,
        place && readYamlMapping(join(directory, "Pulumi.yaml"))["runtime"],
      ),
      ...(place && { linesOf: (path: string) => linesOf(join(place.root, path), redact) }),
    });
    writeOutput("the SARIF report", sarif, `${JSON.stringify(log, null, 2)}\n`);
  }
  if (markdown !== undefined) {
    const comment = markdownReport({
      ...source,
      project,
      stack,
      resources: resources.length,
      notes,
      lines,
    });
    writeOutput("the Markdown report", markdown, comment);
  }
}

interface ReportedStack {
  /** Directory that may contain the project. */
  readonly directory: string;
  readonly project: string;
  readonly stack: string;
}

/**
 * The file that represents a stack on code-scanning pages: the stack's own, otherwise the project's.
 *
 * @param fallback file to use if the directory does not contain the project
 * @returns path relative to the root of the repository, with slashes
 */
export function reportedFile(reported: ReportedStack, fallback: string): string {
  const { directory, stack } = reported;
  const candidates = containsProject(reported) ? [`Pulumi.${stack}.yaml`, "Pulumi.yaml"] : [];
  const paths = candidates.map((name) => join(directory, name));
  const file = resolve(paths.find((path) => existsSync(path)) ?? fallback);
  return relative(repositoryRoot(dirname(file)), file)
    .split(sep)
    .join("/");
}

/** The root of the repository of a directory, and the path from there, with slashes. */
function placeOf(directory: string): { readonly root: string; readonly path: string } {
  const root = repositoryRoot(directory);
  return { root, path: relative(root, resolve(directory)).split(sep).join("/") };
}

/** The lines of a program's file. Those of an audit can be newer than what is deployed. */
function linesOf(path: string, redact: (text: string) => string): readonly string[] | undefined {
  try {
    const text = readFileSync(path, "utf8");
    const lines = redact(text).split(/\r?\n/);
    // A secret of several lines moves what follows it.
    return lines.length === text.split(/\r?\n/).length ? lines : undefined;
  } catch {
    return undefined;
  }
}

/** The web page that the package of a policy pack names. */
function homepageOf(policyPack: string | undefined): string | undefined {
  try {
    const manifest: unknown = JSON.parse(
      readFileSync(join(policyPack ?? "", "package.json"), "utf8"),
    );
    const { homepage } = manifest as { readonly homepage?: unknown };
    return typeof homepage === "string" ? webLink(homepage) : undefined;
  } catch {
    return undefined;
  }
}

function containsProject({ directory, project }: ReportedStack): boolean {
  const path = join(directory, "Pulumi.yaml");
  return existsSync(path) && readYamlMapping(path)["name"] === project;
}

/** The nearest parent directory with `.git`; without Git, the directory itself. */
function repositoryRoot(directory: string): string {
  for (let at = resolve(directory); ; at = dirname(at)) {
    if (existsSync(join(at, ".git"))) return at;
    if (at === dirname(at)) return resolve(directory);
  }
}
