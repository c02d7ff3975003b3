import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { readExemptionFiles, readExemptions } from "../../../policy/exemptions/readExemptions";
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
const inFile = (entry: object) => ({ ...entry, file: "e.json" });
const read = (content: unknown) => readExemptions("e.json", JSON.stringify(content), policies);
const problemOf = (change: object): string => read([{ ...good, ...change }]).problems.join();

describe("reading an exemption file", () => {
  it("accepts valid entries with and without the optional fields", () => {
    const everywhere = { ...good, stack: undefined };
    const full = { ...good, project: "house-*", ticket: "SEC-7" };
    assert.deepEqual(read([good, everywhere, full]), {
      exemptions: [good, JSON.parse(JSON.stringify(everywhere)) as object, full].map(inFile),
      problems: [],
    });
    assert.deepEqual(read([]), { exemptions: [], problems: [] });
  });

  it("accepts an object that names a schema, so that editors complete the fields", () => {
    const content = { $schema: "./exemptions.schema.json", exemptions: [good] };
    assert.deepEqual(read(content), { exemptions: [inFile(good)], problems: [] });
  });

  const noList =
    "e.json is neither a JSON list nor an object with the list in exemptions: no exemption in it is in effect.";
  const broken: readonly (readonly [string, string])[] = [
    ["[{]", "e.json is not valid JSON: no exemption in it is in effect."],
    ["", "e.json is not valid JSON: no exemption in it is in effect."],
    ["{}", noList],
    ["null", noList],
    ['{"exemptions":{}}', noList],
    [
      '{"exemptions":[],"entries":[]}',
      "e.json contains entries; only $schema and exemptions are supported: no exemption in it is in effect.",
    ],
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
      '"until" is not a field of an exemption: use policy, resource, project, stack, reason, owner, ticket, expires',
    ],
    [
      { expires: undefined, expire: "2026-12-31" },
      '"expire" is not a field of an exemption: use "expires"',
    ],
    [{ Tickets: "SEC-7" }, '"Tickets" is not a field of an exemption: use "ticket"'],
    [{ project: "" }, 'project is "", not a string that is not empty'],
  ];
  for (const [change, problem] of wrong) {
    it(`reports "${problem}" for ${JSON.stringify(change)}`, () => {
      assert.equal(problemOf(change), `In e.json, exemption 1 is not in effect: ${problem}.`);
    });
  }

  it("reports all problems of an entry together, and keeps the other entries", () => {
    const { exemptions, problems } = read([{ policy: "lamps-are-on", owner: "" }, good, 7]);
    assert.deepEqual(exemptions, [inFile(good)]);
    assert.deepEqual(problems, [
      'In e.json, exemption 1 is not in effect: resource is absent; reason is absent; owner is "", not a string that is not empty; expires is absent.',
      "In e.json, exemption 3 is not in effect: it is not an object.",
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

  it("reads several files, and reports those that cannot be read", () => {
    const directory = mkdtempSync(path.join(tmpdir(), "exemptions-"));
    try {
      const [one = "", other = "", none = ""] = ["one.json", "other.json", "none.json"].map(
        (name) => path.join(directory, name),
      );
      writeFileSync(one, JSON.stringify([good]));
      writeFileSync(other, JSON.stringify({ exemptions: [good] }));
      const { exemptions, problems } = readExemptionFiles([one, none, other], policies);
      assert.deepEqual(
        exemptions.map(({ file }) => file),
        [one, other],
      );
      assert.match(
        problems.join(),
        /none\.json cannot be read \(ENOENT.*\): no exemption in it is in effect\.$/,
      );
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  it("finds no problem in the pack's own file", () => {
    const file = path.resolve(__dirname, "../../../policy/exemptions.json");
    const names = packRules().map(({ name }) => name);
    assert.deepEqual(readExemptionFiles([file], names).problems, []);
  });
});
