import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { Project } from "./projectFile";

/**
 * The stack of a project without the name of one: the selected one, otherwise the only one.
 *
 * @throws Error if none is selected and there is not exactly one
 */
export function chosenStack(project: Pick<Project, "name" | "directory">): string {
  const [only, ...others] = stackNames(project.directory);
  const selected = selectedStack(project);
  if (selected !== undefined) return selected;
  if (only === undefined)
    throw new Error(
      `There is no Pulumi.<stack>.yaml in ${project.directory}, and no stack is selected. Specify one: --stack dev`,
    );
  if (others.length === 0) return only;
  const known = [only, ...others].join(", ");
  throw new Error(`No stack is selected. Specify one of ${known}: --stack ${only}`);
}

/**
 * The name of the stack that is selected for a project: by the environment variable `PULUMI_STACK`,
 * or by `pulumi stack select`, which the Pulumi CLI saves in its home directory.
 *
 * @returns undefined if none is selected
 */
export function selectedStack(project: Pick<Project, "name" | "directory">): string | undefined {
  const stack = process.env["PULUMI_STACK"] ?? savedSelection(project);
  // A stack of Pulumi Cloud is selected as organization/project/stack.
  return stack?.split("/").at(-1) || undefined;
}

function savedSelection({ name, directory }: Pick<Project, "name" | "directory">) {
  const home = process.env["PULUMI_HOME"] ?? join(homedir(), ".pulumi");
  const project = join(directory, "Pulumi.yaml");
  const hash = createHash("sha1").update(project).digest("hex");
  const file = join(home, "workspaces", `${name}-${hash}-workspace.json`);
  if (!existsSync(file)) return undefined;
  try {
    const { stack } = JSON.parse(readFileSync(file, "utf8")) as { readonly stack?: unknown };
    return typeof stack === "string" ? stack : undefined;
  } catch {
    return undefined;
  }
}

/** @throws Error if it is not the name of a stack */
export function checkStackName(name: string): void {
  if (isStackName(name)) return;
  throw new Error(
    `${JSON.stringify(name)} is not the name of a stack. Names consist of up to 100 letters, digits, hyphens, underscores and periods.`,
  );
}

/**
 * Whether a string is the name of a stack. It becomes part of file names, so it must not be a path.
 *
 * Source: `ParseStackName` in sdk/go/common/tokens of pulumi/pulumi.
 */
export function isStackName(name: string): boolean {
  return /^(?!\.{1,2}$)[\w.-]{1,100}$/.test(name);
}

/** The stacks of a project that have a file, sorted. */
export function stackNames(directory: string): string[] {
  return readdirSync(directory)
    .map((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1])
    .filter((name) => name !== undefined)
    .sort();
}
