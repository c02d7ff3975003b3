import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { readExemptionFile, readExemptions } from "../../../policy/exemptions/readExemptions";
import { packRules } from "../../../policy/pack";

const policies = ["lamps-are-on", "lamps-are-red"];
const good = {
  policy: "lamps-are-on",
  resource: "old-*",
  stack: "dev",
  reason: "To be replaced.",
  owner: "team-light",
  expires: "2026-02-28",
};
const read = (content: unknown) => readExemptions("e.json", JSON.stringify(content), policies);
const problemOf = (change: object): string => read([{ ...good, ...change }]).problems.join();

describe("reading an exemption file", () => {
  it("accepts valid entries with and without a stack", () => {
    const everywhere = { ...good, stack: undefined };
    assert.deepEqual(read([good, everywhere]), {
      exemptions: [good, JSON.parse(JSON.stringify(everywhere))],
      problems: [],
    });
    assert.deepEqual(read([]), { exemptions: [], problems: [] });
  });

  const broken: readonly (readonly [string, string])[] = [
    ["[{]", "e.json is not valid JSON: no exemption is in effect."],
    ["", "e.json is not valid JSON: no exemption is in effect."],
    ["{}", "e.json is not a JSON list: no exemption is in effect."],
    ["null", "e.json is not a JSON list: no exemption is in effect."],
  ];
  for (const [content, problem] of broken) {
    it(`reports one problem for the content ${JSON.stringify(content)}`, () => {
      assert.deepEqual(readExemptions("e.json", content, policies), {
        exemptions: [],
        problems: [problem],
      });
    });
  }

  const wrong: readonly (readonly [object, string])[] = [
    [{ reason: undefined }, "reason is absent"],
    [{ reason: " " }, 'reason is " ", not a string that is not empty'],
    [{ owner: "" }, 'owner is "", not a string that is not empty'],
    [{ owner: 7 }, "owner is 7, not a string that is not empty"],
    [{ resource: undefined }, "resource is absent"],
    [{ stack: "" }, 'stack is "", not a string that is not empty'],
    [{ policy: "lamps-are-of" }, 'policy is "lamps-are-of", not the name of a rule in this pack'],
    [{ expires: undefined }, "expires is absent"],
    [{ expires: "2026-02-29" }, 'expires is "2026-02-29", not a date such as 2026-12-31'],
    [{ expires: "soon" }, 'expires is "soon", not a date such as 2026-12-31'],
    [{ expires: "2026-2-3" }, 'expires is "2026-2-3", not a date such as 2026-12-31'],
    [
      { until: "2026-12-31" },
      '"until" is not one of policy, resource, stack, reason, owner, expires',
    ],
  ];
  for (const [change, problem] of wrong) {
    it(`reports "${problem}" for ${JSON.stringify(change)}`, () => {
      assert.equal(problemOf(change), `e.json: entry 1 is not in effect: ${problem}.`);
    });
  }

  it("reports all problems of an entry together, and keeps the other entries", () => {
    const { exemptions, problems } = read([{ policy: "lamps-are-on", owner: "" }, good, 7]);
    assert.deepEqual(exemptions, [good]);
    assert.deepEqual(problems, [
      'e.json: entry 1 is not in effect: resource is absent; reason is absent; owner is "", not a string that is not empty; expires is absent.',
      "e.json: entry 3 is not in effect: it is not an object.",
    ]);
  });

  it("accepts any string and any JSON without an error", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (content) => {
        const { exemptions, problems } = readExemptions("e.json", content, policies);
        assert.equal(exemptions.length, 0);
        assert.ok(problems.length > 0 || content.trim() === "[]");
      }),
    );
  });

  it("reads a file, or reports that it cannot be read", () => {
    const directory = mkdtempSync(path.join(tmpdir(), "exemptions-"));
    try {
      const file = path.join(directory, "exemptions.json");
      writeFileSync(file, JSON.stringify([good]));
      assert.deepEqual(readExemptionFile(file, policies), { exemptions: [good], problems: [] });
      const { problems } = readExemptionFile(path.join(directory, "none.json"), policies);
      assert.match(
        problems.join(),
        /none\.json cannot be read \(ENOENT.*\): no exemption is in effect\.$/,
      );
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  it("finds no problem in the pack's own file", () => {
    const file = path.resolve(__dirname, "../../../policy/exemptions.json");
    const names = packRules().map(({ name }) => name);
    assert.deepEqual(readExemptionFile(file, names).problems, []);
  });
});
