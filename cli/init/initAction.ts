import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { readProject } from "../../engine/stack/projectFile";
import { stackNames } from "../../engine/stack/stackName";
import { shellWord } from "../../records/shellWord";
import { jsonText } from "../reports/printable";
import { type CiSystem, gateOf, newProject, type ProjectFile } from "./template";

export interface InitOptions {
  /** Default: the name of the directory. */
  readonly name?: string;
  /** Default: us-east-1. */
  readonly region?: string;
  /** Default: github. */
  readonly ci?: CiSystem;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/**
 * Writes a new project into an empty directory, or the policy gate and the workflows into a project that
 * exists. Files that exist stay as they are.
 *
 * @returns what was written, and the next steps
 * @throws Error if the directory contains something else, or an option is not valid; nothing is written
 */
export function init(directory: string, options: InitOptions): string {
  const target = resolve(directory);
  if (statSync(target, { throwIfNoEntry: false })?.isDirectory() === false)
    throw new Error(`${target} is a file. Specify a directory: npx @streamlake/cli init my-lake`);
  const isProject = existsSync(join(target, "Pulumi.yaml"));
  const files = isProject ? gateFiles(target, options) : projectFiles(target, options);
  const missing = files.filter(({ path }) => !existsSync(join(target, path)));
  if (options.dryRun !== true) for (const file of missing) write(target, file);
  if (options.json === true) {
    const all = files.map((file) => ({ path: file.path, existed: !missing.includes(file) }));
    return jsonText({ directory: target, written: options.dryRun !== true, files: all });
  }
  return [
    ...files.map((file) => `${actionFor(file, missing, options)}  ${file.path}`),
    "",
    ...(isProject && hasOtherPack(target)
      ? ["policy contains something else, so no policy pack was added: rename it to add one.", ""]
      : []),
    ...(missing.length === 0
      ? ["Nothing to write: all files exist."]
      : options.dryRun === true
        ? ["Nothing was written. Leave out --dry-run to write the files."]
        : ["Next:", ...enter(target), ...(isProject ? gateSteps(target) : projectSteps)]),
    ...gitlabNote(target, options),
    ...rootNote(target, options),
  ].join("\n");
}

function gateFiles(target: string, options: InitOptions): readonly ProjectFile[] {
  const { runtime } = readProject(target);
  for (const option of ["name", "region"] as const) {
    if (options[option] === undefined) continue;
    throw new Error(
      `${target} contains a Pulumi project, which keeps its ${option}. ` +
        `Leave out --${option} to add the gate.`,
    );
  }
  if (runtime.name !== "nodejs") {
    throw new Error(
      `The program in ${target} is written for ${runtime.name}, and the gate of init is for Node.js. ` +
        "To evaluate the policy pack for it: " +
        "npm install --no-save @streamlake/cli @streamlake/policy && npx streamlake plan --stack dev",
    );
  }
  const stacks = stackNames(target);
  if (stacks.length === 0) {
    throw new Error(
      `The project in ${target} has no Pulumi.<stack>.yaml, so there is no stack to check. ` +
        "Create one, e.g. Pulumi.dev.yaml.",
    );
  }
  if (!hasOtherPack(target)) return gateOf(stacks, options.ci ?? "github");
  const isPack = existsSync(join(target, "policy/PulumiPolicy.yaml"));
  const pack = isPack ? "policy" : "node_modules/@streamlake/policy";
  return gateOf(stacks, options.ci ?? "github", pack);
}

/** Whether `policy` contains files that are not from here: together they would break both. */
function hasOtherPack(target: string): boolean {
  const directory = join(target, "policy");
  if (!existsSync(directory) || readdirSync(directory).length === 0) return false;
  const index = join(directory, "index.js");
  return !existsSync(index) || !readFileSync(index, "utf8").includes("@streamlake/policy");
}

/** A pipeline of GitLab that exists includes the jobs, or they do not run. */
function gitlabNote(target: string, { ci, dryRun }: InitOptions): readonly string[] {
  if (ci !== "gitlab") return [];
  const pipeline = join(target, ".gitlab-ci.yml");
  const jobs = ".gitlab/streamlake.yml";
  const isMissing = dryRun === true && !existsSync(pipeline);
  if (isMissing || readFileSync(pipeline, "utf8").includes(jobs)) return [];
  return ["", `.gitlab-ci.yml exists. Add the jobs to it:`, `  include: [{ local: ${jobs} }]`];
}

/** GitHub and GitLab read workflows at the root of a repository only. */
function rootNote(target: string, { ci = "github" }: InitOptions): readonly string[] {
  if (ci === "none") return [];
  let root = target;
  while (!existsSync(join(root, ".git"))) {
    if (root === dirname(root)) return [];
    root = dirname(root);
  }
  if (root === target) return [];
  const path = relative(root, target).split(sep).join("/");
  const [system, files, change] =
    ci === "github"
      ? ["GitHub", ".github", `  below "run:" of its workflows: working-directory: ${path}`]
      : ["GitLab", ".gitlab and .gitlab-ci.yml", `  in .gitlab/streamlake.yml: PROJECT: ${path}`];
  return [
    "",
    `The project is not at the root of its repository, where ${system} reads workflows. Move ${files}`,
    `to ${root}, and set`,
    change,
  ];
}

/** What a new repository may contain before it has a project. */
const harmless =
  /^(?:\.git(?:hub|lab|lab-ci\.yml|ignore|attributes)?|\.vscode|\.idea|README.*|LICENSE.*)$/u;

function projectFiles(
  target: string,
  { name = basename(target), region = "us-east-1", ci = "github" }: InitOptions,
): readonly ProjectFile[] {
  const found = existsSync(target) ? readdirSync(target) : [];
  const other = found.filter((entry) => !harmless.test(entry));
  if (other.length > 0) {
    throw new Error(
      `${target} is neither empty nor a Pulumi project: it contains ${other.slice(0, 3).join(", ")}. ` +
        "Specify a new directory: npx @streamlake/cli init my-lake",
    );
  }
  if (!/^[a-z][a-z0-9-]{0,38}[a-z0-9]$/u.test(name)) {
    throw new Error(
      `The name "${name}" is not valid; allowed: 2 to 40 lowercase letters, digits and hyphens, ` +
        "starting with a letter. Specify one: --name my-lake",
    );
  }
  if (!/^[a-z]{2}(?:-[a-z]+){1,3}-\d$/u.test(region))
    throw new Error(`"${region}" is not an AWS region. Specify one: --region us-east-1`);
  const node = Number(process.versions.node.split(".")[0]);
  return newProject({ name, region, node }, ci);
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
  return path === "" ? [] : [`  cd ${shellWord(path)}`];
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
