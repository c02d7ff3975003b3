import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { policyPackFor } from "../../cli/policyPack";

describe("the policy pack of a project", () => {
  let project: string;
  beforeEach(() => {
    project = realpathSync(mkdtempSync(join(tmpdir(), "streamlake-test-")));
  });
  afterEach(() => {
    rmSync(project, { recursive: true });
  });

  const write = (...path: readonly string[]): void => {
    const file = join(project, ...path);
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(file, "{}");
  };

  it("is the given directory, relative to the project", () => {
    write("policy", "PulumiPolicy.yaml");
    assert.equal(policyPackFor(project, "gate"), join(project, "gate"));
  });

  it("is policy by default, even if the package is installed", () => {
    write("policy", "PulumiPolicy.yaml");
    write("node_modules/@streamlake/policy/package.json");
    assert.equal(policyPackFor(project, undefined), join(project, "policy"));
  });

  it("is the installed package if policy is not a pack", () => {
    write("policy", "rules.json");
    write("node_modules/@streamlake/policy/package.json");
    assert.equal(
      policyPackFor(project, undefined),
      join(project, "node_modules/@streamlake/policy"),
    );
  });

  it("is required, and the error contains the command that installs it", () => {
    assert.throws(() => policyPackFor(project, undefined), {
      message: /There is no policy pack: .*npm install --save-dev @streamlake\/policy$/,
    });
  });
});
