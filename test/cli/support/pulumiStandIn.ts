import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

/**
 * Puts a fake `pulumi` on the PATH, before all others, until `remove` is called. It knows one stack,
 * `dev`, with these outputs; with undefined there is no `pulumi` at all.
 */
export function pulumiStandIn(outputs: Readonly<Record<string, unknown>> | undefined): {
  readonly remove: () => void;
} {
  return pulumiPrinting(outputs && JSON.stringify(outputs));
}

/** The same with anything that `pulumi` may print for the outputs of `dev`. */
export function pulumiPrinting(stdout: string | undefined): { readonly remove: () => void } {
  const directory = mkdtempSync(join(tmpdir(), "streamlake-pulumi-"));
  const { PATH: path = "" } = process.env;
  if (stdout !== undefined) {
    const script = `#!${process.execPath}
const args = process.argv.slice(2).join(" ");
if (args !== "stack output --json --non-interactive --stack dev") {
  console.error("error: no stack named like that: " + args);
  process.exit(255);
}
console.log(${JSON.stringify(stdout)});`;
    writeFileSync(join(directory, "pulumi"), script);
    chmodSync(join(directory, "pulumi"), 0o755);
  }
  process.env["PATH"] = stdout === undefined ? directory : `${directory}${delimiter}${path}`;
  return {
    remove: () => {
      process.env["PATH"] = path;
      rmSync(directory, { recursive: true });
    },
  };
}
