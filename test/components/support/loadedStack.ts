import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { stringify } from "yaml";
import { loadConfig, type StackConfig } from "../../../components/stackConfig";
import { readStack } from "../../../engine/stack/stackFile";
import type { StackConfigFile } from "./pulumiCli";

/** Sets up the mocks of Pulumi for a project and a stack, once for many configs. */
export async function mockStack(project: string, stack: string): Promise<void> {
  await pulumi.runtime.setMocks(
    { call: () => ({}), newResource: () => ({ id: undefined, state: {} }) },
    project,
    stack,
  );
}

/** A stack file, or its `config:`, in which all strings are quoted, as the CLI does where it must. */
export function stackYaml(config: StackConfigFile): string {
  return stringify(
    { config },
    { defaultStringType: "QUOTE_DOUBLE", defaultKeyType: "QUOTE_DOUBLE" },
  );
}

let created: string | undefined;

/** One for all stack files of this process: creating and removing it takes longer than reading them. */
function stackDirectory(): string {
  if (created !== undefined) return created;
  const directory = mkdtempSync(join(tmpdir(), "streamlake-test-"));
  process.once("exit", () => {
    rmSync(directory, { recursive: true, force: true });
  });
  return (created = directory);
}

/**
 * Reads a stack file as `loadConfig` does in a program: the file is read, passed on as Pulumi does, and
 * checked.
 */
export function loadStack(yaml: string, project = "streamlake", stack = "dev"): StackConfig {
  const directory = stackDirectory();
  const start = process.cwd();
  try {
    writeFileSync(join(directory, "Pulumi.yaml"), `name: ${project}\nruntime: nodejs\n`);
    writeFileSync(join(directory, `Pulumi.${stack}.yaml`), yaml);
    const { config, secretKeys } = readStack(directory, stack);
    process.chdir(directory);
    process.env["PULUMI_CONFIG_SECRET_KEYS"] = JSON.stringify(secretKeys);
    pulumi.runtime.setAllConfig({ ...config });
    return loadConfig();
  } finally {
    process.chdir(start);
    pulumi.runtime.setAllConfig({});
    delete process.env["PULUMI_CONFIG_SECRET_KEYS"];
    rmSync(join(directory, `Pulumi.${stack}.yaml`));
  }
}
