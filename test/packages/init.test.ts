import assert from "node:assert/strict";
import { readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join, relative } from "node:path";
import { packRules } from "../../policy/pack";
import { testGitHubRuns, testGitLabRuns } from "../cli/init/support/workflowRuns";
import { describeEveryInstallation } from "./support/everyInstallation";
import { Installation } from "./support/installation";
import { linkPackages } from "./support/linkedPackages";
import { packInfo } from "./support/packInfo";
import { succeed } from "./support/run";

const COMMAND = join(__dirname, "../../cli/streamlake.cjs");

/** The pack that `init` writes, extended by a rule of an organization that every stream violates. */
const extendedPack = `
const { startPack } = require("@streamlake/policy/pack");
const { resourceRule, resourceTypes, rules } = require("@streamlake/policy/rules");

const streamsHaveAnOwner = resourceRule({
  name: "acme-streams-have-an-owner",
  title: "Streams have an owner",
  description: "Every stream has the tag owner.",
  severity: "low",
  references: { wellArchitected: ["operational-excellence"] },
  remediationSteps: "Set the tag owner.",
  url: "https://example.com/streams",
  types: [resourceTypes.streamType],
  evaluate({ props }, verdict) {
    if (props.tags?.owner === undefined) verdict.violation("tags.owner is absent: set it.");
  },
});

startPack({ directory: __dirname, rules: [...rules, streamsHaveAnOwner] });
`;

describeEveryInstallation(
  "a project of streamlake init, with the packages installed from tarballs",
  () => {
    let project: Installation;
    /** Types are checked when it compiles and by the plan of dev. */
    let compiled: Installation;
    let written: Readonly<Record<string, string>>;
    before(async () => {
      project = await Installation.create();
      compiled = project.withoutTypeCheck();
      await succeed(project.directory, process.execPath, [COMMAND, "init", "--name", "my-lake"]);
      written = filesIn(project.directory);
      linkPackages(project.directory);
      await project.install([]);
    });
    after(() => {
      project.remove();
    });

    it("is the same as one that the installed command writes", async () => {
      const { exitCode, stderr } = await project.streamlake("init", "again", "--name", "my-lake");
      assert.equal(exitCode, 0, stderr);
      assert.deepEqual(filesIn(join(project.directory, "again")), written);
    });

    it("compiles", async () => {
      await project.node("node_modules/typescript/bin/tsc", "--project", ".");
    });

    for (const stack of ["dev", "prod"])
      it(`has a plan of stack ${stack} without a violation of a mandatory rule`, async () => {
        const { exitCode, stdout, stderr } = await (
          stack === "dev" ? project : compiled
        ).streamlake("plan", "--stack", stack);
        assert.equal(exitCode, 0, stderr);
        assert.match(stdout, /streamlake:index:DeliveryPipeline/);
      });

    it("delivers the sample events in a local run", async () => {
      const args = ["local", "--stack", "dev", "--interval", "1"];
      const { exitCode, stdout, stderr } = await compiled.streamlake(...args);
      assert.equal(exitCode, 0, stderr);
      assert.match(stdout, /^Delivered +2,400$/m);
    });

    describe("and its workflows for GitHub", () => {
      testGitHubRuns(() => project.directory, ["dev", "prod"]);
    });

    describe("and those for GitLab", () => {
      const gitlab = (): string => join(project.directory, "gitlab");
      before(async () => {
        await project.streamlake("init", "gitlab", "--name", "my-lake", "--ci", "gitlab");
        symlinkSync(join(project.directory, "node_modules"), join(gitlab(), "node_modules"), "dir");
      });
      testGitLabRuns(gitlab);
    });

    describe("and its policy pack", () => {
      const pack = (): string => join(project.directory, "policy");

      it("starts as the Pulumi engine starts it, with every rule", async () => {
        const { name, version, policiesList } = await packInfo(pack());
        assert.deepEqual([name, version], ["streamlake", "1.0.0"]);
        assert.deepEqual(
          policiesList.map((policy) => policy.name),
          packRules().map((rule) => rule.name),
        );
      });

      it("evaluates the rules that the project adds", async () => {
        project.write("policy/index.js", extendedPack);
        const { violations } = await compiled.plan("--stack", "prod");
        const own = violations.filter(({ policy }) => policy === "acme-streams-have-an-owner");
        assert.equal(own.length, 1);
        assert.match(own[0]?.urn ?? "", /aws:kinesis\/stream:Stream::/);
      });

      it("applies the exemptions of the project to them", async () => {
        const exemption = {
          policy: "acme-streams-have-an-owner",
          resource: "*",
          reason: "The team has no name yet.",
          owner: "team-lake",
          expires: "2999-12-31",
        };
        project.write("policy/index.js", extendedPack);
        project.write("policy/exemptions.json", JSON.stringify([exemption]));
        const { violations } = await compiled.plan("--stack", "prod");
        const own = violations.filter(({ policy }) => policy === "acme-streams-have-an-owner");
        assert.deepEqual(own, []);
      });
    });
  },
);

/** Path -> content of every file. */
function filesIn(directory: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    readdirSync(directory, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => [relative(directory, file), readFileSync(file, "utf8")]),
  );
}
