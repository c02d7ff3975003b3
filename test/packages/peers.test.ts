import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { skip } from "../support/skip";
import { describeEveryInstallation } from "./support/everyInstallation";
import { highestPeers, Installation, lowestPeers, typescript } from "./support/installation";
import { linkPackages } from "./support/linkedPackages";
import { run } from "./support/run";

const PNPM = [
  "npm",
  "exec",
  "--yes",
  "--prefer-offline",
  "--package",
  "pnpm@10.34.9",
  "--",
  "pnpm",
];

describeEveryInstallation("the packages, installed with", () => {
  describe("the lowest versions of Pulumi and the provider", () => {
    const project = foreignProgram();
    before(async () => {
      linkPackages(project().directory, { except: ["@pulumi/aws"] });
      await project().install([...lowestPeers, typescript]);
    });

    it("plan a program", async () => {
      await expectPlan(project(), lowestPeers);
    });

    it("construct the component", async () => {
      project().write(
        "index.cjs",
        `const { DeliveryPipeline } = require("streamlake");
         new DeliveryPipeline("orders", { delivery: { bufferSizeMiB: 5 } });`,
      );
      const { resources } = await project().plan("--stack", "dev");
      const types = resources.map(({ type }) => type);
      assert.ok(types.includes("streamlake:index:DeliveryPipeline"));
      assert.ok(types.includes("aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream"));
      assert.ok(types.includes("aws:cloudwatch/metricAlarm:MetricAlarm"));
    });
  });

  describe("pnpm", () => {
    const project = foreignProgram();

    it("plan a program", async function () {
      const [command = "", ...args] = PNPM;
      const { exitCode, stderr } = await run(project().directory, command, [...args, "--version"]);
      if (exitCode !== 0) skip(this, `npm cannot start pnpm: ${stderr.split("\n")[0] ?? ""}`);
      const add = [...PNPM, "add", "--prefer-offline"];
      await project().install([...highestPeers, typescript], add);
      await expectPlan(project(), highestPeers);
      const inside = join(project().directory, "node_modules/.pnpm");
      assert.ok(
        existsSync(inside),
        "pnpm installs packages where only those that declare them find them",
      );
    });
  });
});

/** An installation for the tests of a `describe`, which is removed after them. */
function foreignProgram(): () => Installation {
  let project: Installation;
  before(async () => {
    project = await Installation.ofForeignProgram();
  });
  after(() => {
    project.remove();
  });
  return () => project;
}

async function expectPlan(project: Installation, peers: readonly string[]): Promise<void> {
  const versions = await Promise.all(
    ["@pulumi/pulumi", "@pulumi/aws"].map(async (it) => `${it}@${await project.version(it)}`),
  );
  assert.deepEqual(versions, peers);
  const { resources, violations } = await project.plan("--stack", "dev");
  assert.equal(resources.length, 6);
  const violated = violations.map(({ policy }) => policy);
  assert.ok(violated.includes("kinesis-streams-are-encrypted"));
}
