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

/**
 * What Git ignores in a project. npm leaves files of this name out of packages, so it is written from
 * here; the template for `pulumi new` contains a generated copy.
 */
export const gitignore = ["node_modules/", ".streamlake/", ""].join("\n");

/** The parts of a project that gate its changes, for a project that exists. */
const gate = /^(?:policy|\.github|\.vscode)\//u;

/** All files of a new project. The same files are a template of `pulumi new`. */
export function newProject(values: ProjectValues): readonly ProjectFile[] {
  const files = templateFiles().map(({ path, content }) => ({
    path,
    content: path === "Pulumi.yaml" ? withoutTemplate(content) : content,
  }));
  return [{ path: ".gitignore", content: gitignore }, ...files].map((file) => filled(file, values));
}

/**
 * The policy pack and the workflow for a project that exists: each of its stacks has a policy config,
 * which contains the defaults.
 */
export function gateOf(stacks: readonly string[]): readonly ProjectFile[] {
  const ofTemplate = /^policy\/config\//u;
  const shared = templateFiles().filter(({ path }) => gate.test(path) && !ofTemplate.test(path));
  return [
    ...shared.map(({ path, content }) => ({
      path,
      content: content.replace("[dev, prod]", `[${stacks.map(yamlString).join(", ")}]`),
    })),
    ...stacks.map((stack) => ({ path: `policy/config/${stack}.json`, content: "{}\n" })),
  ];
}

/** Quoted where YAML would read something else than a string, such as 1.0 or on. */
function yamlString(stack: string): string {
  const isPlain =
    /^[a-z][\w-]*$/iu.test(stack) && !/^(?:y|n|yes|no|on|off|true|false|null)$/iu.test(stack);
  return isPlain ? stack : JSON.stringify(stack);
}

function templateFiles(): readonly ProjectFile[] {
  const root = packagePath("template");
  return readdirSync(root, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name !== ".gitignore")
    .map(({ parentPath, name }) => {
      const file = join(parentPath, name);
      return {
        path: relative(root, file).split(sep).join("/"),
        content: readFileSync(file, "utf8"),
      };
    })
    .sort((one, other) => (one.path < other.path ? -1 : 1));
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
