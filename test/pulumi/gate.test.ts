import assert from "node:assert/strict";
import { join } from "node:path";
import pc from "picocolors";
import { gate, type GateOptions } from "../../cli/gate/gateAction";
import { urnParts } from "../../engine/graph/urn";
import { gatedLake, type Lake } from "./support/gatedLake";
import { inProject } from "./support/inProject";
import { PulumiProject } from "./support/pulumiProject";

const deployed: Lake = {
  retentionPeriod: 168,
  protect: true,
  hasBucket: true,
  sourceRole: "arn:aws:iam::123456789012:role/reader",
};
const otherRole = "arn:aws:iam::123456789012:role/other-reader";

interface GateDocument {
  readonly findings: readonly { readonly urn: string; readonly kind: string }[];
  readonly errors: readonly { readonly urn?: string; readonly message: string }[];
}

describe("streamlake gate, with previews of the Pulumi CLI", () => {
  const project = inProject(async (port) => {
    const created = new PulumiProject(gatedLake(deployed), port);
    await created.succeed("stack", "init", "prod");
    await created.succeed("up", "--yes", "--skip-preview");
    return created;
  });

  /** Previews the deployed stack with these settings, and runs the gate on what the CLI printed. */
  async function gated(change: Partial<Lake>, words: string[] = [], options: GateOptions = {}) {
    project().write("lake.json", JSON.stringify({ ...deployed, ...change }));
    const { stdout: preview, exitCode: ofPreview } = await project().pulumi(
      ...["preview", "--json", ...words],
    );
    project().write("preview.json", preview);
    let stdout = "";
    const exitCode = await gate(
      join(project().directory, "preview.json"),
      { json: true, ...options },
      {
        stdout: { write: (text) => (stdout += text) },
        stderr: { write: () => true },
        colors: pc.createColors(false),
      },
    );
    const { findings, errors } = JSON.parse(stdout) as GateDocument;
    const found = findings.map(({ urn, kind }) => `${urnParts(urn)?.name ?? urn}: ${kind}`);
    return { exitCode, found, errors, findings, ofPreview };
  }

  it("passes an update that changes nothing", async () => {
    const { exitCode, found, errors } = await gated({});
    assert.deepEqual({ exitCode, found, errors }, { exitCode: 0, found: [], errors: [] });
  });

  it("passes a longer retention period", async () => {
    assert.equal((await gated({ retentionPeriod: 336 })).exitCode, 0);
  });

  it("fails if a retention period becomes shorter", async () => {
    const { exitCode, found } = await gated({ retentionPeriod: 24 });
    assert.deepEqual({ exitCode, found }, { exitCode: 1, found: ["clicks: retention"] });
  });

  it("fails if a resource loses its protection, which Pulumi shows as an unchanged resource", async () => {
    const { exitCode, found } = await gated({ protect: false });
    assert.deepEqual({ exitCode, found }, { exitCode: 1, found: ["clicks: protection"] });
  });

  for (const [what, words] of [
    ["in one step", []],
    ["in three steps", ["--show-replacement-steps"]],
  ] as const)
    it(`fails if a delivery stream is replaced ${what}, until somebody allows it`, async () => {
      const change = { sourceRole: otherRole };
      const { exitCode, found, findings } = await gated(change, [...words]);
      assert.deepEqual({ exitCode, found }, { exitCode: 1, found: ["delivery: replacement"] });
      const allow = findings.map(({ urn }) => urn);
      const allowed = await gated(change, [...words], { allow, reason: "Moved in OPS-12" });
      assert.equal(allowed.exitCode, 0);
    });

  it("fails if a protected bucket is removed, which ends the preview", async () => {
    const { exitCode, errors, ofPreview } = await gated({ hasBucket: false });
    assert.notEqual(ofPreview, 0);
    assert.equal(exitCode, 1);
    assert.match(JSON.stringify(errors), /protect/);
  });
});
