import assert from "node:assert/strict";
import { runFiles } from "../support/temporaryProgram";

const yaml = "name: shop\nruntime: nodejs\nconfig:\n  protect: { type: boolean, default: true }\n";
const bucket = (options: string) =>
  `const s3 = require("@pulumi/aws/s3");\nnew s3.Bucket("lake", ${options});\n`;

describe("runProgram with a stack's config", () => {
  it("reports what Pulumi rejects together with what the program rejects", async () => {
    const files = {
      "Pulumi.yaml": yaml,
      "Pulumi.dev.yaml": "config: { protect: sometimes, size: 0 }\n",
      "index.js": `throw new (require("@pulumi/pulumi").RunError)("size is 0");`,
    };
    await assert.rejects(runFiles(files), {
      message:
        'shop:protect is "sometimes", but Pulumi.yaml declares it as type boolean. ' +
        "Fix: pulumi config rm protect --stack dev\n\nsize is 0",
    });
  });

  it("fails if Pulumi rejects the config, whatever the program does", async () => {
    const files = {
      "Pulumi.yaml": yaml,
      "Pulumi.dev.yaml": "config: { protect: sometimes }\n",
      "index.js": "",
    };
    await assert.rejects(runFiles(files), { message: /^shop:protect is "sometimes".*dev$/ });
  });

  it("notes the region that it assumes, if a resource is created there", async () => {
    const { graph } = await runFiles({
      "Pulumi.dev.yaml": "config: {}\n",
      "index.js": bucket("{}"),
    });
    const [note, ...others] = graph.notes ?? [];
    assert.deepEqual(others, []);
    assert.equal(note?.subject, "aws:region");
    assert.match(
      note.message,
      /us-east-1 is assumed.*: pulumi config set aws:region us-east-1 --stack dev$/,
    );
  });

  for (const [what, config, program] of [
    ["the stack sets the region", "{ aws:region: eu-west-1 }", bucket("{}")],
    ["the resource sets its region", "{}", bucket('{ region: "eu-west-1" }')],
    ["there are no resources of AWS", "{}", ""],
  ] as const)
    it(`assumes no region if ${what}`, async () => {
      const files = { "Pulumi.dev.yaml": `config: ${config}\n`, "index.js": program };
      assert.deepEqual((await runFiles(files)).graph.notes ?? [], []);
    });
});
