import assert from "node:assert/strict";
import { readFunction } from "../../../aws/lambda/lambdaFunction";
import { ARCHIVE, ASSET, SIGNATURE } from "../../../engine/graph/assets";
import { type Properties, Secret, Unknown } from "../../../engine/graph/resourceGraph";

const arn = "arn:aws:lambda:eu-central-1:123456789012:function:redact-1a2b3c4";
const code = { [SIGNATURE]: ARCHIVE, path: "code" };
const minimal = { code, runtime: "nodejs22.x", handler: "index.handler" };

function read(inputs: Properties) {
  return readFunction({
    urn: "urn:pulumi:dev::shop::aws:lambda/function:Function::redact",
    ...{ type: "aws:lambda/function:Function", name: "redact", custom: true, external: false },
    ...{ dependencies: [], propertyDependencies: {}, options: {}, inputs },
    outputs: { arn, name: "redact-1a2b3c4" },
  });
}

describe("a declared function", () => {
  it("has the defaults of Lambda", () => {
    assert.deepEqual(read(minimal), {
      ...{ name: "redact-1a2b3c4", arn, runtime: "nodejs22.x", handler: "index.handler" },
      ...{ timeoutSeconds: 3, memoryMiB: 128, environment: {}, hasLayers: false },
      code: { type: "archive", archive: { type: "path", path: "code" } },
    });
  });

  it("has what is declared, with its secrets", () => {
    const variables = new Secret({ KEY: "value", OTHER: new Secret("secret") });
    const layers = ["arn:aws:lambda:eu-central-1:123456789012:layer:a:1"];
    const found = read({
      ...{ ...minimal, timeout: 30, memorySize: 512, layers },
      environment: { variables },
      code: {
        [SIGNATURE]: ARCHIVE,
        assets: {
          "__index.js": { [SIGNATURE]: ASSET, text: "code" },
          "empty.js": { [SIGNATURE]: ASSET, text: "" },
          node_modules: { [SIGNATURE]: ARCHIVE, path: "node_modules" },
        },
      },
    });
    assert.ok("code" in found);
    const { timeoutSeconds, memoryMiB, environment, hasLayers } = found;
    assert.deepEqual([timeoutSeconds, memoryMiB, hasLayers], [30, 512, true]);
    assert.deepEqual(environment, { KEY: "value", OTHER: "secret" });
    assert.deepEqual(found.code, {
      type: "archive",
      archive: {
        type: "assets",
        assets: {
          "__index.js": { type: "text", text: "code" },
          "empty.js": { type: "text", text: "" },
          node_modules: { type: "path", path: "node_modules" },
        },
      },
    });
  });

  for (const [what, changes, expected] of [
    ["is an image", { packageType: "Image", imageUri: "image" }, /^is a container image/u],
    [
      "has its code in a bucket",
      { code: null, s3Bucket: "b", s3Key: "k" },
      /^has its code in a bucket/u,
    ],
    ["has no code", { code: null }, /^has no code in the program$/u],
    ["has no runtime", { runtime: null }, /^has no runtime$/u],
    ["has an unknown handler", { handler: new Unknown() }, /handler is unknown until deployment/u],
    [
      "has an unknown variable",
      { environment: { variables: { KEY: new Unknown() } } },
      /environment\.variables\.KEY is unknown until deployment/u,
    ],
  ] as const)
    it(`cannot run if it ${what}`, () => {
      const found = read({ ...minimal, ...changes });
      assert.ok("reason" in found);
      assert.match(found.reason, expected);
    });
});
