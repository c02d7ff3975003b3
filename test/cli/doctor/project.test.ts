import assert from "node:assert/strict";
import { chmodSync, mkdirSync, utimesSync } from "node:fs";
import { join } from "node:path";
import type { Check } from "../../../cli/doctor/check";
import type { Finding } from "../../../cli/doctor/finding";
import { dependencies } from "../../../cli/doctor/checks/dependencies";
import { packConfig } from "../../../cli/doctor/checks/packConfig";
import { plugins } from "../../../cli/doctor/checks/plugins";
import { programBuild } from "../../../cli/doctor/checks/programBuild";
import { stackProgram } from "../../../cli/doctor/checks/stackProgram";
import { FakeProject } from "./support/fakeProject";

const SDK = { peerDependencies: { typescript: ">= 3.8.3 < 7", "ts-node": ">= 7.0.1 < 12" } };

describe("the checks of a project", () => {
  let project: FakeProject;
  const before = { path: process.env["PATH"], home: process.env["PULUMI_HOME"] };
  beforeEach(() => {
    project = new FakeProject({ "index.ts": "" });
    project.install("@pulumi/pulumi", "3.248.0", SDK);
    project.install("typescript", "5.9.3");
    process.env["PULUMI_HOME"] = join(project.directory, "home");
    process.env["PATH"] = join(project.directory, "bin");
  });
  afterEach(() => {
    project.remove();
    process.env["PATH"] = before.path;
    if (before.home === undefined) delete process.env["PULUMI_HOME"];
    else process.env["PULUMI_HOME"] = before.home;
  });

  async function only(check: Check): Promise<Finding> {
    const findings = await project.findings(check);
    const [finding] = findings;
    assert.ok(finding !== undefined && findings.length === 1, JSON.stringify(findings));
    return finding;
  }

  describe("of its program", () => {
    it("pass a compiler that Pulumi accepts", async () => {
      project.install("ts-node", "10.9.2");
      const { status, message } = await only(programBuild);
      assert.equal(status, "ok");
      assert.match(message, /typescript 5\.9\.3, ts-node 10\.9\.2/u);
    });

    it("fail for TypeScript 7, also with an SDK that does not say so", async () => {
      project.install("typescript", "7.0.2");
      for (const manifest of [SDK, {}]) {
        project.install("@pulumi/pulumi", "3.248.0", manifest);
        const { status, fix } = await only(programBuild);
        assert.equal(status, "error");
        assert.equal(fix, "npm install --save-dev typescript@5.9");
      }
    });

    it("warn if Pulumi has to use its own compiler", async () => {
      const other = new FakeProject({ "index.ts": "" });
      other.install("@pulumi/pulumi", "3.248.0", SDK);
      const [finding] = await other.findings(programBuild);
      other.remove();
      assert.equal(finding?.status, "warning");
      assert.match(finding.message, /its own TypeScript 3\.8/u);
    });

    it("fail without installed dependencies, with the command of the project's package manager", async () => {
      for (const [lock, command] of [
        ["package-lock.json", "npm ci"],
        ["pnpm-lock.yaml", "pnpm install"],
      ] as const) {
        const other = new FakeProject({ "index.ts": "", [lock]: "{}" });
        const [finding] = await other.findings(programBuild);
        other.remove();
        assert.equal(finding?.status, "error");
        assert.equal(finding.fix, command);
      }
    });

    it("fail for compiled files that are missing, or older than a source", async () => {
      project.write({ "package.json": { main: "bin/index.js", scripts: { build: "tsc" } } });
      const missing = await only(programBuild);
      assert.match(missing.message, /not built: package\.json names bin\/index\.js/u);
      assert.equal(missing.fix, "npm run build");
      project.write({ "bin/index.js": "" });
      const [early, late] = [new Date(2026, 0, 1), new Date(2026, 0, 2)];
      utimesSync(join(project.directory, "bin/index.js"), early, early);
      utimesSync(join(project.directory, "index.ts"), late, late);
      assert.match((await only(programBuild)).message, /^index\.ts was edited after/u);
      utimesSync(join(project.directory, "index.ts"), early, early);
      assert.equal((await only(programBuild)).status, "ok");
    });
  });

  describe("of its packages", () => {
    beforeEach(() => {
      project.write({ "package.json": { dependencies: { "@acme/lake": "^1.0.0" } } });
      project.install("@acme/lake", "1.0.0");
    });

    const lock = (version: string) => ({
      "package-lock.json": { packages: { "node_modules/@acme/lake": { version } } },
    });

    it("pass what the lock file has", async () => {
      project.write(lock("1.0.0"));
      const { status, message } = await only(dependencies);
      assert.equal(status, "ok");
      assert.match(message, /1 direct dependency as locked; one @pulumi\/pulumi 3\.248\.0/u);
    });

    it("warn about two copies of the SDK, and name who uses the other one", async () => {
      project.write(lock("1.0.0"));
      project.install("@pulumi/pulumi", "3.200.0", {}, "node_modules/@acme/lake");
      const { status, message, fix } = await only(dependencies);
      assert.equal(status, "warning");
      assert.match(message, /3\.248\.0 \(the program\), 3\.200\.0 \(@acme\/lake\)/u);
      assert.equal(fix, "npm dedupe");
    });

    it("warn about installed versions that are not the locked ones", async () => {
      project.write(lock("1.2.0"));
      const { message, fix } = await only(dependencies);
      assert.match(message, /@acme\/lake 1\.0\.0 instead of 1\.2\.0/u);
      assert.equal(fix, "npm ci");
    });

    it("do not take a leading v for another version", async () => {
      project.write(lock("1.0.0"));
      project.install("@acme/lake", "v1.0.0");
      assert.equal((await only(dependencies)).status, "ok");
    });

    it("warn about no lock file, and about two", async () => {
      assert.match((await only(dependencies)).message, /There is no lock file/u);
      project.write({ ...lock("1.0.0"), "yarn.lock": "" });
      assert.match((await only(dependencies)).message, /lock files of npm and yarn/u);
    });

    it("fail for a package that is not installed", async () => {
      project.write({
        ...lock("1.0.0"),
        "package.json": { dependencies: { "@acme/lake": "1", "@acme/gone": "1" } },
      });
      const { status, message } = await only(dependencies);
      assert.equal(status, "error");
      assert.match(message, /@acme\/gone: not installed/u);
    });

    it("fail for a lock file or a package.json that is not JSON, without a stack trace", async () => {
      project.write({ "package-lock.json": "{" });
      assert.match((await only(dependencies)).message, /is not valid\. Write it anew/u);
      project.write({ "package.json": "{" });
      assert.match((await only(dependencies)).message, /is not a valid package\.json/u);
    });
  });

  describe("of its plugins", () => {
    beforeEach(() => {
      project.write({ "package.json": { dependencies: { "@pulumi/aws": "7.48.0" } } });
      const pulumi = { resource: true, name: "aws", version: "7.48.0" };
      project.install("@pulumi/aws", "7.48.0", { pulumi });
    });

    const plugin = (): string => join(project.directory, "home", "plugins", "resource-aws-v7.48.0");

    it("warn about one that the first deployment would download", async () => {
      const { status, fix } = await only(plugins);
      assert.equal(status, "warning");
      assert.equal(fix, "pulumi plugin install resource aws 7.48.0");
    });

    it("fail if nothing may be downloaded", async () => {
      process.env["PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION"] = "true";
      try {
        assert.equal((await only(plugins)).status, "error");
      } finally {
        delete process.env["PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION"];
      }
    });

    it("pass one that is installed, but not one that is partly downloaded", async () => {
      mkdirSync(plugin(), { recursive: true });
      assert.equal((await only(plugins)).status, "ok");
      project.write({ "home/plugins/resource-aws-v7.48.0.partial": "" });
      assert.match((await only(plugins)).message, /only partly downloaded/u);
    });

    it("warn about one on the PATH, which Pulumi prefers", async () => {
      project.write({ "bin/pulumi-resource-aws": "" });
      chmodSync(join(project.directory, "bin/pulumi-resource-aws"), 0o755);
      assert.match((await only(plugins)).message, /because it is on the PATH/u);
    });
  });

  describe("of its stack", () => {
    it("fail for a stack that does not exist, with those that do", async () => {
      const [finding] = await project.findings(stackProgram, { stack: "prd" });
      assert.equal(finding?.status, "error");
      assert.match(finding.message, /There is no stack "prd"/u);
    });

    it("fail for a file that is not YAML, while others only need it", async () => {
      project.write({ "Pulumi.dev.yaml": "config: [" });
      assert.equal((await only(stackProgram)).status, "error");
      assert.deepEqual(await only(packConfig), {
        status: "not checked",
        message: "there is no valid stack",
      });
    });
  });
});
