import { existsSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { readYamlMapping } from "../../engine/stack/yamlFile";

export interface ReportedStack {
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
