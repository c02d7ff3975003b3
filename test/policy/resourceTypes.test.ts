import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as resourceTypes from "../../policy/resourceTypes";

const tokens = [...new Set(Object.values(resourceTypes).flat())];

describe("the type tokens of the pack", () => {
  for (const token of tokens) {
    it(`include ${token}, which exists in the AWS provider`, () => {
      const [, file = "", name = ""] = token.split(":");
      // Read without loading the provider, which would take seconds.
      const source = readFileSync(require.resolve(`@pulumi/aws/${file}`), "utf8");
      assert.ok(source.includes(`exports.${name} = ${name}`));
      assert.ok(source.includes(`__pulumiType = '${token}'`));
    });
  }

  it("include the V2 token of every S3 type that has one", () => {
    for (const token of tokens.filter((type) => type.startsWith("aws:s3/") && !/V2:/.test(type))) {
      const v2 = token.replace(/^(.*):(\w+)$/, "$1V2:$2V2");
      const [, file = ""] = v2.split(":");
      const exists = (() => {
        try {
          return require.resolve(`@pulumi/aws/${file}`) !== "";
        } catch {
          return false;
        }
      })();
      assert.equal(tokens.includes(v2 as (typeof tokens)[number]), exists, token);
    }
  });
});
