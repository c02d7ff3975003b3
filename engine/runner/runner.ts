import { createRequire } from "node:module";
import { join } from "node:path";
import type { Project } from "../stack/projectFile";
import type { StackSettings } from "../stack/stackFile";

/** What a program or a policy pack is told about its stack. */
export interface RunnerSettings extends Pick<StackSettings, "stack" | "config" | "secretKeys"> {
  readonly project: Pick<Project, "name" | "directory" | "typescript">;
}

/** What a runner of @pulumi/pulumi reads from its environment about the stack. */
export function runnerEnvironment(settings: RunnerSettings): Record<string, string> {
  const { project, stack, config, secretKeys } = settings;
  return {
    // What the CLI says when state is not kept in Pulumi Cloud.
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
 * Errors in plain text. The runners print them in colour, and Node.js 20.20 then loops until its
 * memory is full if the stack has a frame like `node_modules/@pulumi/output.ts`, as the source maps
 * of @pulumi/pulumi have it: half a minute for any error inside an `apply`.
 */
const PLAIN_ERRORS = `data:text/javascript,${encodeURIComponent(`
  import util from "node:util";
  const { inspect } = util;
  const plain = (value, options, ...rest) =>
    inspect(value, typeof options === "object" ? { ...options, colors: false } : options, ...rest);
  util.inspect = Object.assign(plain, inspect);
`)}`;

/**
 * Arguments of Node.js for a runner, in the copy of @pulumi/pulumi that the program or pack uses.
 *
 * @throws Error when dependencies are not installed there.
 */
export function runnerArguments(directory: string, runner: "run" | "run-policy-pack"): string[] {
  try {
    const { resolve } = createRequire(join(directory, "index.js"));
    return [`--import=${PLAIN_ERRORS}`, resolve(`@pulumi/pulumi/cmd/${runner}`)];
  } catch {
    throw new Error(
      `@pulumi/pulumi is not installed for ${directory}. Run npm install (or npm ci) there.`,
    );
  }
}
