import assert from "node:assert/strict";
import { join } from "node:path";
import type { Properties, PropertyValue } from "../../../engine/graph/resourceGraph";
import { Secret } from "../../../engine/graph/resourceGraph";
import { checkAssetPaths } from "../../../engine/program/assetPaths";
import { SIGNATURE } from "../../../engine/wire";
import { withFiles } from "../support/fixtures";

const asset = (value: Properties): Properties => ({
  [SIGNATURE]: "c44067f5952c0a294b673a41bacd8c17",
  ...value,
});
const archive = (value: Properties): Properties => ({
  [SIGNATURE]: "0def7320c3a5731c473e5ecbe6d01bc7",
  ...value,
});

/** The message about a resource with this input, in which DIR stands for the program's directory. */
function problemOf(code: PropertyValue): string | undefined {
  const files = { "app/index.js": "", "app.zip": "", "app.js": "" };
  return withFiles(files, (directory) => {
    const resource = {
      urn: "urn:pulumi:dev::shop::aws:lambda/function:Function::handler",
      type: "aws:lambda/function:Function",
      name: "handler",
      custom: true,
      external: false,
      dependencies: [],
      propertyDependencies: {},
      inputs: { code },
      outputs: {},
      options: {},
    };
    try {
      checkAssetPaths(resource, directory);
      return undefined;
    } catch (error) {
      return (error as Error).message.replaceAll(directory, "DIR");
    }
  });
}

describe("checkAssetPaths", () => {
  const fine: readonly [title: string, value: PropertyValue][] = [
    ["a file", asset({ path: "app.js" })],
    ["a directory as an archive", archive({ path: "./app" })],
    ["an archive file", archive({ path: "app.zip" })],
    ["text", asset({ text: "exports.handler = 1" })],
    ["a remote archive", archive({ uri: "https://example.com/missing.zip" })],
    ["an object that only has a path", { path: "none" }],
  ];
  for (const [title, value] of fine)
    it(`accepts ${title}`, () => {
      assert.equal(problemOf(value), undefined);
    });

  it("accepts absolute paths", () => {
    assert.equal(problemOf(archive({ path: join(__dirname, "..") })), undefined);
  });

  const bad: readonly [title: string, value: PropertyValue, message: string][] = [
    [
      "an asset that does not exist",
      asset({ path: "dist/index.js" }),
      "the asset dist/index.js (DIR/dist/index.js) does not exist. If a build creates it, run the build first.",
    ],
    [
      "an archive that does not exist, inside an archive and a secret",
      new Secret(archive({ assets: { ".": archive({ path: "dist.zip" }) } })),
      "the archive dist.zip (DIR/dist.zip) does not exist. If a build creates it, run the build first.",
    ],
    [
      "a directory as an asset",
      asset({ path: "app" }),
      "the asset app is a directory. Use pulumi.asset.FileArchive for a directory.",
    ],
    [
      "a file as an archive",
      archive({ path: "app.js" }),
      "the archive app.js is neither a directory nor a .zip, .jar, .tar, .tar.gz or .tgz file.",
    ],
  ];
  for (const [title, value, message] of bad)
    it(`rejects ${title}`, () => {
      assert.equal(problemOf(value), `aws:lambda/function:Function "handler": ${message}`);
    });

  it("lists all problems of a resource at once", () => {
    const message = problemOf([asset({ path: "a.js" }), asset({ path: "b.js" })]);
    assert.equal(message?.split("\n").length, 2);
  });
});
