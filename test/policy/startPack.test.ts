import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { startPack } from "../../policy/pack";
import { rules } from "../../policy/rules";
import { startPack as startInEngine } from "../../engine/policy/startPack";
import type { PolicyReport } from "../../engine/policy/policyReport";
import { readStack } from "../../engine/stack/stackFile";
import { fixture } from "../engine/support/fixtures";

describe("startPack", () => {
  let directory: string;
  before(() => {
    directory = mkdtempSync(join(tmpdir(), "streamlake-test-"));
  });
  after(() => {
    rmSync(directory, { recursive: true });
  });

  it("rejects two rules with one name, and starts nothing", () => {
    const [rule] = rules;
    assert.ok(rule);
    assert.throws(
      () => {
        startPack({ directory, rules: [rule, ...rules.slice(1), { ...rule }] });
      },
      { message: `Two rules of the pack have the same name: ${rule.name}. Rename one of them.` },
    );
  });

  /** Starts a thin pack with the first two rules, and evaluates an empty stack. */
  async function reportOf(files: Readonly<Record<string, string>>): Promise<PolicyReport> {
    const pack = mkdtempSync(join(directory, "pack-"));
    // What npm installs: the packages of this repository.
    symlinkSync(resolve("node_modules"), join(pack, "node_modules"), "dir");
    const program =
      'const { startPack } = require("@streamlake/policy/pack");\n' +
      'const { rules } = require("@streamlake/policy/rules");\n' +
      'startPack({ name: "thin", directory: __dirname, rules: rules.slice(0, 2) });\n';
    const all = {
      "PulumiPolicy.yaml": "runtime: nodejs\n",
      "package.json": '{"name":"thin","version":"3.2.1","main":"index.js"}',
      "index.js": program,
      ...files,
    };
    for (const [name, content] of Object.entries(all)) writeFileSync(join(pack, name), content);
    const end = new AbortController();
    try {
      const stack = readStack(fixture("lake"), "dev");
      const started = await startInEngine(pack, stack, { config: {}, signal: end.signal });
      return await started.evaluate({ project: "lake", stack: "dev", resources: [], outputs: {} });
    } finally {
      end.abort();
    }
  }

  it("serves the rules that it gets, and the ones about exemptions and results", async () => {
    const { pack, policies, violations } = await reportOf({});
    assert.deepEqual(pack, { name: "thin", version: "3.2.1" });
    assert.deepEqual(
      policies.map(({ name }) => name),
      [...rules.slice(0, 2).map(({ name }) => name), "exemptions-are-valid", "results-are-decided"],
    );
    // There is no exemptions.json, which is not a problem.
    assert.deepEqual(violations, []);
  });

  it("reads exemptions.json in the directory of the pack", async () => {
    const { violations } = await reportOf({ "exemptions.json": "{}" });
    assert.deepEqual(
      violations.map(({ policy }) => policy),
      ["exemptions-are-valid"],
    );
    assert.match(violations[0]?.message ?? "", /exemptions\.json is neither a JSON list/);
  });

  it("is separate from the library, which starts nothing", () => {
    const script = `console.log(require(${JSON.stringify(resolve("policy/bin/library.js"))}).rules.length)`;
    const printed = execFileSync(process.execPath, ["-e", script], { encoding: "utf8" });
    assert.equal(printed, `${rules.length}\n`);
  });
});
