import assert from "node:assert/strict";
import { readPolicyConfig } from "../../../engine/policy/policyConfig";
import { withFiles } from "../support/fixtures";

describe("readPolicyConfig", () => {
  const read = (content: string) =>
    withFiles({ "policies.json": content }, (directory) =>
      readPolicyConfig(`${directory}/policies.json`),
    );

  it("reads levels, and objects of level and properties", () => {
    const content = '{"all":"advisory","retention":{"enforcementLevel":"remediate","minHours":24}}';
    assert.deepEqual(read(content), {
      all: { level: "advisory", properties: {} },
      retention: { level: "remediate", properties: { minHours: 24 } },
    });
    assert.deepEqual(read('{"retention":{"minHours":24}}'), {
      retention: { properties: { minHours: 24 } },
    });
  });

  const invalid: readonly [title: string, content: string, message: RegExp][] = [
    ["rejects a file that is not JSON", "{", /^Cannot read the policy config .*policies\.json: /],
    ["rejects JSON that is not an object", "[]", /policies\.json must be a JSON object/],
    [
      "rejects an invalid level",
      '{"all":"strict"}',
      /all: "strict" is not a valid level\. Levels: advisory, mandatory, remediate, disabled\.$/,
    ],
    [
      "rejects an entry that is neither a level nor an object",
      '{"retention":168}',
      /retention: 168 is neither a level nor an object/,
    ],
    [
      "rejects Pulumi ESC environments",
      '{"environments":["shop/dev"]}',
      /Pulumi ESC environments cannot be read offline/,
    ],
  ];
  for (const [title, content, message] of invalid)
    it(title, () => {
      assert.throws(() => read(content), { message });
    });

  it("rejects a missing file", () => {
    assert.throws(() => readPolicyConfig("/nowhere/policies.json"), {
      message: /^Cannot read the policy config \/nowhere\/policies\.json: ENOENT/,
    });
  });
});
