import assert from "node:assert/strict";
import { join } from "node:path";
import pc from "picocolors";
import { plan } from "../../../../cli/plan/planAction";
import type { PlanOptions } from "../../../../cli/plan/showPlan";
import { assertSnapshot } from "../../../support/snapshot";

const shop = {
  cwd: join(__dirname, "../../fixtures/shop"),
  policyPack: "../../../engine/fixtures/packs/strict",
};

interface Result {
  readonly stdout: string;
  readonly stderr: string;
  /** Exit code, or the message of the error. */
  readonly exit: number | string;
}

/** Compares stack dev with another stack, and captures the output. */
async function compared(options: Omit<PlanOptions, "stack">): Promise<Result> {
  let [stdout, stderr] = ["", ""];
  const output = {
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: (text: string) => (stderr += text) },
    colors: pc.createColors(false),
  };
  const exit = await plan({ stack: "dev", ...options }, output).catch(
    (error: unknown) => (error as Error).message,
  );
  return { stdout, stderr, exit };
}

describe("streamlake plan --compare", () => {
  let text: Result;
  before(async () => {
    text = await compared({ ...shop, compare: "prod" });
  });

  it("prints differences in settings, resources and policy findings", () => {
    assertSnapshot("compare/command.txt", text.stdout);
  });

  it("exits with 1 if either stack has a mandatory violation", () => {
    assert.equal(text.exit, 1);
  });

  it("labels printed lines with their stack, and redacts them", () => {
    const lines = text.stderr.split("\n").sort();
    assert.deepEqual(lines, [
      "",
      "dev: opened, [secret]",
      "dev: strict is loaded",
      "prod: opened, [secret]",
      "prod: strict is loaded",
    ]);
  });

  it("names the stack that cannot be planned, and prints no comparison", async () => {
    const broken = await compared({ ...shop, compare: "broken" });
    assert.equal(broken.exit, "the shop is closed");
    assert.equal(broken.stdout, "");
    assert.match(broken.stderr, /^Stack broken cannot be planned:\n$/m);
    assert.doesNotMatch(broken.stderr, /Stack dev/);
  });

  it("rejects a missing or identical other stack before it runs a program", async () => {
    const [none, same] = [
      await compared({ ...shop, compare: "none" }),
      await compared({ ...shop, compare: "dev" }),
    ];
    assert.match(
      String(none.exit),
      /^There is no stack "none"\. To use a stack without config, create an empty Pulumi\.none\.yaml\. Stacks in .*: broken, dev, prod\.$/,
    );
    assert.match(String(same.exit), /^--compare dev compares the stack with itself\. /);
    assert.equal(none.stderr + same.stderr, "");
  });
});
