import assert from "node:assert/strict";
import { cpSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { temporaryFolder } from "../local/support/temporaryFolder";
import { streamlakeHere } from "./support/streamlakeHere";

/** Commands that run a stack, with the shortest run of each. */
const commands = {
  plan: ["plan", "--no-policy", "--json"],
  simulate: ["simulate", "--rate", "1/s", "--duration", "10m", "--json"],
  local: ["local", "--input", "-", "--interval", "0", "--json"],
} as const;

describe("a command without --stack", () => {
  const directory = temporaryFolder();
  const several = join(directory, "several");
  const one = join(directory, "one");
  const program = JSON.stringify(resolve("test/cli/fixtures/clicks/index.cjs"));
  before(() => {
    for (const project of [several, one])
      cpSync("test/cli/fixtures/clicks", project, { recursive: true });
    rmSync(join(one, "Pulumi.endless.yaml"));
    for (const project of [several, one])
      writeFileSync(
        join(project, "Pulumi.yaml"),
        `name: clicks
runtime: nodejs
main: ${program}
`,
      );
  });

  /** The environment of somebody who has selected no stack with the Pulumi CLI. */
  const env = { PULUMI_HOME: directory, PULUMI_STACK: undefined };

  for (const [name, args] of Object.entries(commands)) {
    it(`runs the only stack (${name})`, async () => {
      const run = await streamlakeHere([...args, "--cwd", one], '{"id":1}\n', env);
      assert.equal(run.exitCode, 0, run.stderr);
      assert.equal(stackOf(JSON.parse(run.stdout)), "dev");
    });

    it(`runs the selected stack (${name})`, async () => {
      const selected = { ...env, PULUMI_STACK: "dev" };
      const run = await streamlakeHere([...args, "--cwd", several], '{"id":1}\n', selected);
      assert.equal(run.exitCode, 0, run.stderr);
      assert.equal(stackOf(JSON.parse(run.stdout)), "dev");
    });

    it(`lists the stacks if none is selected, and runs none (${name})`, async () => {
      const run = await streamlakeHere([...args, "--cwd", several], "", env);
      assert.equal(run.exitCode, 2);
      assert.equal(run.stdout, "");
      assert.match(
        run.stderr,
        /^No stack is selected\. Specify one of dev, endless: --stack dev$/m,
      );
    });
  }
});

/** The stack in the JSON that a command prints. */
function stackOf(printed: unknown): unknown {
  const { stack, settings } = printed as { stack?: unknown; settings?: { stack?: unknown } };
  return stack ?? settings?.stack;
}
