import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { selectedStack } from "../../../engine/stack/stackName";
import { readStack } from "../../../engine/stack/stackFile";

describe("the selected stack", () => {
  const variables = ["PULUMI_HOME", "PULUMI_STACK"] as const;
  const before = variables.map((name) => [name, process.env[name]] as const);
  let home: string;
  let project: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "streamlake-test-"));
    project = join(home, "shop");
    mkdirSync(project);
    process.env["PULUMI_HOME"] = home;
    delete process.env["PULUMI_STACK"];
    writeFileSync(join(project, "Pulumi.yaml"), "name: shop\nruntime: nodejs\n");
  });
  afterEach(() => {
    rmSync(home, { recursive: true });
    for (const [name, value] of before) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  });

  const stacks = (...names: readonly string[]): void => {
    for (const name of names) writeFileSync(join(project, `Pulumi.${name}.yaml`), "config: {}\n");
  };
  /** What `pulumi stack select` writes. */
  const select = (content: string): void => {
    const hash = createHash("sha1").update(join(project, "Pulumi.yaml")).digest("hex");
    mkdirSync(join(home, "workspaces"), { recursive: true });
    writeFileSync(join(home, "workspaces", `shop-${hash}-workspace.json`), content);
  };
  const selected = (): string | undefined => selectedStack({ name: "shop", directory: project });

  it("is the one of PULUMI_STACK, or else of pulumi stack select", () => {
    assert.equal(selected(), undefined);
    select('{"stack":"acme/shop/prod"}');
    assert.equal(selected(), "prod");
    process.env["PULUMI_STACK"] = "dev";
    assert.equal(selected(), "dev");
  });

  for (const content of ["{", "{}", '{"stack":5}', '{"stack":""}', "null"])
    it(`is none if the file of the Pulumi CLI contains ${content}`, () => {
      select(content);
      assert.equal(selected(), undefined);
    });

  it("is the default of every command", () => {
    stacks("dev", "prod");
    select('{"stack":"prod"}');
    assert.equal(readStack(project).stack, "prod");
    assert.equal(readStack(project, "dev").stack, "dev");
  });

  it("is not needed if there is only one stack", () => {
    stacks("staging");
    assert.equal(readStack(project).stack, "staging");
  });

  it("is needed if there are several, and the error lists them", () => {
    stacks("prod", "dev");
    assert.throws(() => readStack(project), {
      message: "No stack is selected. Specify one of dev, prod: --stack dev",
    });
  });

  it("cannot be chosen if there is no stack file", () => {
    assert.throws(() => readStack(project), {
      message: /^There is no Pulumi\.<stack>\.yaml in .* Specify one: --stack dev$/,
    });
  });
});
