import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

/**
 * Puts a `pulumi` of our own first on the PATH until `remove` is called. It knows one stack, `dev`,
 * and answers for that with the outputs; with undefined there is no pulumi at all.
 */
export function pulumiStandIn(outputs: Readonly<Record<string, unknown>> | undefined): {
  readonly remove: () => void;
} {
  const folder = mkdtempSync(join(tmpdir(), "streamlake-pulumi-"));
  const { PATH: path = "" } = process.env;
  if (outputs) {
    const script = `#!${process.execPath}
const args = process.argv.slice(2).join(" ");
if (args !== "stack output --json --non-interactive --stack dev") {
  console.error("error: no stack named like that: " + args);
  process.exit(255);
}
console.log(${JSON.stringify(JSON.stringify(outputs))});`;
    writeFileSync(join(folder, "pulumi"), script);
    chmodSync(join(folder, "pulumi"), 0o755);
  }
  process.env["PATH"] = outputs ? `${folder}${delimiter}${path}` : folder;
  return {
    remove: () => {
      process.env["PATH"] = path;
      rmSync(folder, { recursive: true });
    },
  };
}
