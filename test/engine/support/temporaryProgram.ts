import { symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import type { ResourceGraph } from "../../../engine/graph/resourceGraph";
import { runProgram } from "../../../engine/program/runProgram";
import { madeUpProvider } from "../../../engine/provider/madeUpProvider";
import { readStack } from "../../../engine/stack/stackFile";
import { withFilesAsync } from "./fixtures";

export interface TemporaryRun {
  readonly graph: ResourceGraph;
  readonly printed: string;
}

/**
 * Runs a program that consists of these files, with the packages that this repository has installed.
 *
 * @param files also `Pulumi.yaml`, if it is not the default one, and stack files
 */
export function runFiles(
  files: Readonly<Record<string, string>>,
  stack = "dev",
): Promise<TemporaryRun> {
  const project = { "Pulumi.yaml": "name: shop\nruntime: nodejs\n", "package.json": "{}" };
  return withFilesAsync({ ...project, ...files }, async (directory) => {
    symlinkSync(resolve(__dirname, "../../../node_modules"), join(directory, "node_modules"));
    let printed = "";
    const graph = await runProgram(readStack(directory, stack), madeUpProvider("us-east-1"), {
      print: (text) => (printed += text),
      signal: new AbortController().signal,
    });
    return { graph, printed };
  });
}
