import assert from "node:assert/strict";
import { join } from "node:path";
import pc from "picocolors";
import { plan, type PlanOptions } from "../../../../cli/plan/planAction";

const shop = {
  cwd: join(__dirname, "../../fixtures/shop"),
  policyPack: "../../../engine/fixtures/packs/strict",
};

interface Result {
  readonly stdout: string;
  readonly stderr: string;
  /** Exit code, or why there is none. */
  readonly exit: number | string;
}

/** Compares stack dev, with the output caught. */
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

  it("prints what differs in settings, resources and verdicts", () => {
    assert.equal(
      text.stdout,
      `
shop/dev beside prod, planned offline; ids and ARNs are made up

Settings of clicks       dev                        prod
  stream.retentionHours  24                         168

Resources                dev                        prod
  clicks  aws:kinesis:Stream
    retention            24 h                       168 h

Policies

  mandatory high  retention  only in dev
    clicks  aws:kinesis:Stream
    Streams keep records long enough.
    24 is less than 48 hours.

dev and prod differ in 1 setting, 1 resource, 1 verdict
mandatory violations: 1 in dev, 0 in prod
`.trimStart(),
    );
  });

  it("exits with 1 on a mandatory violation of either stack", () => {
    assert.equal(text.exit, 1);
  });

  it("says which stack printed what, and redacts it", () => {
    const lines = text.stderr.split("\n").sort();
    assert.deepEqual(lines, [
      "",
      "dev: opened, [secret]",
      "dev: strict is loaded",
      "prod: opened, [secret]",
      "prod: strict is loaded",
    ]);
  });

  it("says which stack cannot be planned, and prints no comparison", async () => {
    const broken = await compared({ ...shop, compare: "broken" });
    assert.equal(broken.exit, "the shop is closed");
    assert.equal(broken.stdout, "");
    assert.match(broken.stderr, /^Stack broken cannot be planned:\n$/m);
    assert.doesNotMatch(broken.stderr, /Stack dev/);
  });

  it("fails before anything runs if the other stack is not there, or is the same", async () => {
    const [none, same] = [
      await compared({ ...shop, compare: "none" }),
      await compared({ ...shop, compare: "dev" }),
    ];
    assert.match(String(none.exit), /^There is no stack "none"\. .*: broken, dev, prod\.$/);
    assert.match(String(same.exit), /^--compare dev compares the stack with itself\. /);
    assert.equal(none.stderr + same.stderr, "");
  });
});
