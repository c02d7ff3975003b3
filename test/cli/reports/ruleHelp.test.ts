import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { readRuleHelp } from "../../../cli/reports/ruleHelp";
import { packRules } from "../../../policy/pack";

const PACK = resolve("policy");

describe("readRuleHelp", () => {
  let directory: string;
  before(() => {
    directory = mkdtempSync(join(tmpdir(), "streamlake-test-"));
  });
  after(() => {
    rmSync(directory, { recursive: true });
  });

  it("reads why every rule of @streamlake/policy exists, its page, and the page that it is based on", () => {
    const help = readRuleHelp(PACK, "nodejs");
    assert.deepEqual(
      [...help.keys()],
      packRules().map(({ name }) => name),
    );
    for (const { name, awsPage } of packRules()) {
      assert.match(help.get(name)?.why ?? "", /^[A-Z].*\.$/);
      assert.equal(help.get(name)?.page, `https://streamlake.example/docs/rules/${name}.md`);
      assert.equal(help.get(name)?.source, awsPage);
    }
  });

  it("has a correct program in the language of the project, otherwise in YAML", () => {
    const programOf = (runtime: unknown) =>
      readRuleHelp(PACK, runtime).get("s3-buckets-have-versioning")?.program;
    assert.equal(programOf("nodejs")?.language, "typescript");
    assert.match(programOf({ name: "nodejs" })?.text ?? "", /new aws\.s3\.BucketVersioning\(/);
    assert.match(programOf("python")?.text ?? "", /versioning_configuration=/);
    assert.match(programOf("go")?.text ?? "", /type: aws:s3:BucketVersioning/);
    assert.equal(programOf(undefined)?.language, "yaml");
  });

  it("finds the installed package for a pack that only starts its rules", () => {
    const thin = join(directory, "policy");
    const installed = join(directory, "node_modules/@streamlake/policy");
    for (const path of [thin, installed]) mkdirSync(path, { recursive: true });
    for (const file of ["package.json", "ruleHelp.json"])
      cpSync(join(PACK, file), join(installed, file));
    assert.equal(readRuleHelp(thin, "python").size, packRules().length);
  });

  it("has nothing for a pack without the file, or with an invalid one", () => {
    const other = mkdtempSync(join(tmpdir(), "streamlake-test-"));
    assert.equal(readRuleHelp(other, "nodejs").size, 0);
    for (const content of ["{", "[]", '{"retention": {"why": 3}}']) {
      writeFileSync(join(other, "ruleHelp.json"), content);
      assert.equal(readRuleHelp(other, "nodejs").size, 0, content);
    }
    rmSync(other, { recursive: true });
    assert.equal(readRuleHelp(undefined, "nodejs").size, 0);
  });
});
