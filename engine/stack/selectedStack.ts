import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { Project } from "./projectFile";

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
