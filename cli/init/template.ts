import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { packagePath } from "../packagePath";

/** A file of a project, with its path from the project's directory. */
export interface ProjectFile {
  readonly path: string;
  readonly content: string;
}

/** What the files of a new project contain. */
export interface ProjectValues {
  readonly name: string;
  readonly region: string;
  /** Major version of Node.js. */
  readonly node: number;
}

/** Whose workflows a project gets. */
export type CiSystem = "github" | "gitlab" | "none";

/**
 * What Git ignores in a project. npm leaves files of this name out of packages, so it is written from
 * here; the template for `pulumi new` contains a generated copy.
 */
export const gitignore = ["node_modules/", ".streamlake/", ""].join("\n");

/** The workflows of GitHub, and what those of every CI system run. */
const ofGitHub = /^\.github\//u;
const ofEveryCi = /^ci\//u;

/** The parts of a project that gate its changes, for a project that exists. */
const gate = /^(?:policy|ci|\.github|\.gitlab|\.vscode)\/|^\.gitlab-ci\.yml$/u;

/** How the workflows name the policy pack of the template, and its config. */
const packOptions = '--policy-pack policy --policy-pack-config "policy/config/$STACK.json"';

/** All files of a new project. Those for GitHub are a template of `pulumi new`. */
export function newProject(values: ProjectValues, ci: CiSystem): readonly ProjectFile[] {
  const files = filesWith(ci).map(({ path, content }) => ({
    path,
    content: path === "Pulumi.yaml" ? withoutTemplate(content) : content,
  }));
  return [{ path: ".gitignore", content: gitignore }, ...files].map((file) => filled(file, values));
}

/**
 * The policy pack and the workflows for a project that exists: each of its stacks has a policy config,
 * which contains the defaults.
 *
 * @param otherPack the pack that the project evaluates instead, from its directory; then only the workflows
 */
export function gateOf(
  stacks: readonly string[],
  ci: CiSystem,
  otherPack?: string,
): readonly ProjectFile[] {
  const ofTemplate = /^policy\/config\//u;
  const shared = filesWith(ci)
    .filter(({ path }) => gate.test(path) && !ofTemplate.test(path))
    .map(({ path, content }) => ({ path, content: forStacks(content, stacks) }));
  if (otherPack === undefined)
    return [
      ...shared,
      ...stacks.map((stack) => ({ path: `policy/config/${stack}.json`, content: "{}\n" })),
    ];
  return shared
    .filter(({ path }) => !/^(?:policy|\.vscode)\//u.test(path))
    .map(({ path, content }) => ({
      path,
      content: content.replaceAll(packOptions, `--policy-pack ${otherPack}`),
    }));
}

/**
 * The workflows with other stacks than dev and prod. GitLab has jobs for each stack: those of prod, which
 * are started by hand, are repeated, because nothing is known of the stacks.
 */
function forStacks(content: string, stacks: readonly string[]): string {
  const listed = content.replaceAll("[dev, prod]", `[${stacks.map(yamlString).join(", ")}]`);
  const begin = listed.indexOf("preview dev:");
  if (begin < 0) return listed;
  const jobs = listed.slice(listed.indexOf("preview prod:"));
  const repeated = stacks.map((stack) =>
    jobs.replaceAll("STACK: prod", `STACK: ${yamlString(stack)}`).replaceAll("prod", stack),
  );
  return listed.slice(0, begin) + repeated.join("\n");
}

/** Quoted where YAML would read something else than a string, such as 1.0 or on. */
function yamlString(stack: string): string {
  const isPlain =
    /^[a-z][\w-]*$/iu.test(stack) && !/^(?:y|n|yes|no|on|off|true|false|null)$/iu.test(stack);
  return isPlain ? stack : JSON.stringify(stack);
}

function filesWith(ci: CiSystem): readonly ProjectFile[] {
  const template = filesBelow(packagePath("template"));
  if (ci === "github") return template;
  const others = template.filter(({ path }) => !ofGitHub.test(path));
  if (ci === "none") return others.filter(({ path }) => !ofEveryCi.test(path));
  return byPath([...filesBelow(packagePath("gitlab")), ...others]);
}

function filesBelow(root: string): readonly ProjectFile[] {
  const files = readdirSync(root, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name !== ".gitignore")
    .map(({ parentPath, name }) => {
      const file = join(parentPath, name);
      return {
        path: relative(root, file).split(sep).join("/"),
        content: readFileSync(file, "utf8"),
      };
    });
  return byPath(files);
}

function byPath(files: readonly ProjectFile[]): readonly ProjectFile[] {
  return [...files].sort((one, other) => (one.path < other.path ? -1 : 1));
}

/** Without what only `pulumi new` reads: the last mapping of the file. */
function withoutTemplate(content: string): string {
  return content.slice(0, content.indexOf("template:"));
}

function filled({ path, content }: ProjectFile, { name, region, node }: ProjectValues) {
  const description = "Events from a Kinesis data stream into an S3 data lake through Firehose";
  const text = content
    .replaceAll("${PROJECT}", name)
    .replaceAll("${DESCRIPTION}", description)
    .replaceAll("aws:region: us-east-1", `aws:region: ${region}`);
  // @pulumi/pulumi requires Node.js 22 since 3.249.
  return { path, content: node < 22 ? text.replace('"^3.248.0"', '"3.248.0"') : text };
}
