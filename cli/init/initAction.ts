import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { stackNames } from "../../engine/stack/stackName";
import { gateOf, newProject, type ProjectFile } from "./template";

export interface InitOptions {
  /** Default: the name of the directory. */
  readonly name?: string;
  readonly region: string;
  readonly dryRun?: boolean;
}

/**
 * Writes a new project into an empty directory, or the policy gate into a project that exists. Files
 * that exist stay as they are.
 *
 * @returns what was written, and the next steps
 * @throws Error if the directory contains something else, or the name is not valid; nothing is written
 */
export function init(directory: string, options: InitOptions): string {
  const target = resolve(directory);
  const isProject = existsSync(join(target, "Pulumi.yaml"));
  const files = isProject ? gateFiles(target, options) : projectFiles(target, options);
  const missing = files.filter(({ path }) => !existsSync(join(target, path)));
  if (options.dryRun !== true) for (const file of missing) write(target, file);
  return [
    ...files.map((file) => `${actionFor(file, missing, options)}  ${file.path}`),
    "",
    ...(missing.length === 0
      ? ["Nothing to write: all files exist."]
      : ["Next:", ...enter(target), ...(isProject ? gateSteps(target) : projectSteps)]),
  ].join("\n");
}

function gateFiles(target: string, { name }: InitOptions): readonly ProjectFile[] {
  if (name !== undefined) {
    throw new Error(
      `${target} contains a Pulumi project, which keeps its name. Leave out --name to add the gate.`,
    );
  }
  const stacks = stackNames(target);
  if (stacks.length === 0)
    throw new Error(
      `The project in ${target} has no Pulumi.<stack>.yaml. Create one: pulumi stack init dev`,
    );
  const files = gateOf(stacks);
  // Another pack is in the directory: files of two packs in one directory would break both.
  const isTaken =
    existsSync(join(target, "policy/PulumiPolicy.yaml")) &&
    !existsSync(join(target, "policy/index.js"));
  return isTaken ? files.filter(({ path }) => !path.startsWith("policy/")) : files;
}

/** What a new repository may contain before it has a project. */
const harmless = /^(?:\.git(?:hub|ignore|attributes)?|\.vscode|\.idea|README.*|LICENSE.*)$/u;

function projectFiles(
  target: string,
  { name = basename(target), region }: InitOptions,
): readonly ProjectFile[] {
  const found = existsSync(target) ? readdirSync(target) : [];
  const other = found.filter((entry) => !harmless.test(entry));
  if (other.length > 0) {
    throw new Error(
      `${target} is neither empty nor a Pulumi project: it contains ${other.slice(0, 3).join(", ")}. ` +
        "Specify a new directory: streamlake init my-lake",
    );
  }
  if (!/^[a-z][a-z0-9-]{0,38}[a-z0-9]$/u.test(name)) {
    throw new Error(
      `The name "${name}" is not valid; allowed: 2 to 40 lowercase letters, digits and hyphens, ` +
        "starting with a letter. Specify one: --name my-lake",
    );
  }
  const node = Number(process.versions.node.split(".")[0]);
  return newProject({ name, region, node });
}

function write(target: string, { path, content }: ProjectFile): void {
  const file = join(target, path);
  mkdirSync(dirname(file), { recursive: true });
  // "wx" rejects a file that another process has created in the meantime.
  writeFileSync(file, content, { flag: "wx" });
}

function actionFor(file: ProjectFile, missing: readonly ProjectFile[], { dryRun }: InitOptions) {
  if (!missing.includes(file)) return "exists ";
  return dryRun === true ? "create " : "created";
}

function enter(target: string): readonly string[] {
  const path = relative(process.cwd(), target);
  return path === "" ? [] : [`  cd ${path}`];
}

const projectSteps = [
  "  npm install",
  "  npx streamlake plan --stack dev",
  "  npx streamlake local --stack dev --interval 5",
];

function gateSteps(target: string): readonly string[] {
  const [stack = "dev"] = stackNames(target);
  return [
    "  npm install --save-dev @streamlake/cli @streamlake/policy",
    `  npx streamlake plan --stack ${stack}`,
  ];
}
