import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { planStack, type StackPlan } from "../../../engine/planStack";
import { javascriptOf } from "./evaluateProgram";

/**
 * Plans programs in TypeScript as one stack, with the pack. The names of their resources in Pulumi and in
 * AWS, which can be equal, get the name of the program.
 */
export async function planPrograms(programs: ReadonlyMap<string, string>): Promise<StackPlan> {
  const directory = mkdtempSync(join(tmpdir(), "streamlake-test-"));
  const write = (file: string, text: string) => {
    writeFileSync(join(directory, file), text);
  };
  try {
    symlinkSync(resolve("node_modules"), join(directory, "node_modules"));
    write("Pulumi.yaml", "name: examples\nruntime: nodejs\n");
    write("Pulumi.test.yaml", "config:\n  aws:region: eu-central-1\n");
    // As the engine would compile it: a compiler in its process takes several times as long.
    write("package.json", '{ "main": "index.js" }');
    for (const [name, text] of programs) write(`${name}.js`, javascriptOf(named(text, name)));
    write("index.js", [...programs.keys()].map((name) => `require("./${name}");`).join("\n"));
    const request = { directory, stack: "test", preview: false, policyPack: resolve("policy") };
    return await planStack(request, () => undefined);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function named(text: string, name: string): string {
  return text
    .replace(/(new aws\.\w+\.\w+\(")/gu, `$1${name}/`)
    .replace(/"orders-lake"/gu, JSON.stringify(`orders-lake-${name}`));
}
