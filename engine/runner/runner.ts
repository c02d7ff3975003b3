import { createRequire } from "node:module";
import { join } from "node:path";
import type { Project } from "../stack/projectFile";
import type { StackSettings } from "../stack/stackFile";
import { preload } from "./childProcess";
import { esModuleArguments } from "./esModules";

/** The stack settings that a program or a policy pack gets. */
export interface RunnerSettings extends Pick<StackSettings, "stack" | "config" | "secretKeys"> {
  readonly project: Pick<Project, "name" | "directory" | "typescript">;
}

/** The environment variables about the stack that a runner of @pulumi/pulumi reads. */
export function runnerEnvironment(settings: RunnerSettings): Record<string, string> {
  const { project, stack, config, secretKeys } = settings;
  return {
    // The CLI's value when Pulumi Cloud does not store the state.
    PULUMI_NODEJS_ORGANIZATION: "organization",
    PULUMI_NODEJS_PROJECT: project.name,
    PULUMI_NODEJS_ROOT_DIRECTORY: project.directory,
    PULUMI_NODEJS_STACK: stack,
    PULUMI_NODEJS_DRY_RUN: "true",
    PULUMI_NODEJS_TYPESCRIPT: String(project.typescript),
    PULUMI_CONFIG: JSON.stringify(config),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(secretKeys),
  };
}

/**
 * Node.js arguments that start a runner from the copy of @pulumi/pulumi that the program or pack
 * uses.
 *
 * @throws Error if its dependencies are not installed
 */
export function runnerArguments(directory: string, runner: "run" | "run-policy-pack"): string[] {
  const file = runnerFile(directory, runner);
  return [preload("preload"), ...esModuleArguments(directory, file), file];
}

function runnerFile(directory: string, runner: string): string {
  try {
    return createRequire(join(directory, "index.js")).resolve(`@pulumi/pulumi/cmd/${runner}`);
  } catch {
    throw new Error(
      `@pulumi/pulumi is not installed for ${directory}. Run npm install (or npm ci) there.`,
    );
  }
}
