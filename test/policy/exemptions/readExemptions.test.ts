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
  it("takes entries in good order, the stack left out or not", () => {
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
  for (const [text, problem] of broken) {
    it(`has one word for the file ${JSON.stringify(text)}`, () => {
      assert.deepEqual(readExemptions("e.json", text, policies), {
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
    it(`says of ${JSON.stringify(change)}: ${problem}`, () => {
      assert.equal(problemOf(change), `e.json: entry 1 is not in effect: ${problem}.`);
    });
  }

  it("names all problems of an entry together, and keeps the other entries", () => {
    const { exemptions, problems } = read([{ policy: "lamps-are-on", owner: "" }, good, 7]);
    assert.deepEqual(exemptions, [good]);
    assert.deepEqual(problems, [
      'e.json: entry 1 is not in effect: resource is absent; reason is absent; owner is "", not a string that is not empty; expires is absent.',
      "e.json: entry 3 is not in effect: it is not an object.",
    ]);
  });

  it("answers for any text, and for any JSON", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        const { exemptions, problems } = readExemptions("e.json", text, policies);
        assert.equal(exemptions.length, 0);
        assert.ok(problems.length > 0 || text.trim() === "[]");
      }),
    );
  });

  it("reads a file, and says when it cannot", () => {
    const folder = mkdtempSync(path.join(tmpdir(), "exemptions-"));
    try {
      const file = path.join(folder, "exemptions.json");
      writeFileSync(file, JSON.stringify([good]));
      assert.deepEqual(readExemptionFile(file, policies), { exemptions: [good], problems: [] });
      const { problems } = readExemptionFile(path.join(folder, "none.json"), policies);
      assert.match(
        problems.join(),
        /none\.json cannot be read \(ENOENT.*\): no exemption is in effect\.$/,
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("finds nothing wrong with the pack's own file", () => {
    const file = path.resolve(__dirname, "../../../policy/exemptions.json");
    const names = packRules().map(({ name }) => name);
    assert.deepEqual(readExemptionFile(file, names).problems, []);
  });
});
