import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { readExemptions } from "../../policy/exemptions/readExemptions";
import { rules } from "../../policy/rules";

const schema = (name: string) =>
  new Ajv({ strict: false }).compile(
    JSON.parse(readFileSync(`policy/${name}.schema.json`, "utf8")) as object,
  );
const json = (path: string): unknown => JSON.parse(readFileSync(path, "utf8"));

const exemption = {
  ...{ policy: "s3-buckets-are-encrypted", resource: "old", reason: "Old.", owner: "me" },
  expires: "2026-12-31",
};

describe("the JSON schema of exemptions", () => {
  const isValid = schema("exemptions");
  const names = rules.map(({ name }) => name);

  for (const [what, entry, expected] of [
    ["an entry", exemption, true],
    ["all fields", { ...exemption, project: "a", stack: "b", ticket: "SEC-7" }, true],
    ["a misspelled field", { ...exemption, expire: "2026-12-31" }, false],
    ["no owner", { ...exemption, owner: undefined }, false],
    ["no date", { ...exemption, expires: "soon" }, false],
    ["an empty reason", { ...exemption, reason: "" }, false],
  ] as const)
    it(`${expected ? "accepts" : "rejects"} ${what}, as the pack does`, () => {
      const entries = JSON.parse(JSON.stringify([entry])) as unknown;
      for (const content of [entries, { $schema: "x", exemptions: entries }]) {
        assert.equal(isValid(content), expected);
        const { problems } = readExemptions("e.json", JSON.stringify(content), names);
        assert.equal(problems.length === 0, expected);
      }
    });

  it("accepts the files of the pack and of new projects, which name it", () => {
    for (const path of ["policy/exemptions.json", "cli/template/policy/exemptions.json"]) {
      assert.ok(isValid(json(path)), path);
      assert.match(readFileSync(path, "utf8"), /"\$schema": ".*exemptions\.schema\.json"/);
    }
  });

  it("lists the names of the rules, so that editors complete them", () => {
    const text = readFileSync("policy/exemptions.schema.json", "utf8");
    for (const name of names) assert.ok(text.includes(`"${name}"`), name);
  });
});

describe("the JSON schema of policy configs", () => {
  const isValid = schema("config");

  it("accepts the files of the pack and of new projects", () => {
    for (const directory of ["policy/config", "cli/template/policy/config"])
      for (const file of readdirSync(directory))
        assert.ok(isValid(json(join(directory, file))), `${directory}/${file}`);
  });

  const { policy: rule, ...withoutRule } = exemption;
  for (const [what, config, expected] of [
    ["a level", { [rule]: "advisory" }, true],
    ["a required decision", { [rule]: { undecided: "mandatory" } }, true],
    ["exemptions", { [rule]: { exemptions: [withoutRule] } }, true],
    ["a rule of another pack", { "acme-streams-are-small": { maxShards: 2 } }, true],
    ["a level that does not exist", { [rule]: "strict" }, false],
    ["a misspelled setting", { [rule]: { allowedAlgorithm: ["AES256"] } }, false],
    ["a value that is not allowed", { [rule]: { allowedAlgorithms: ["DES"] } }, false],
    ["an incomplete exemption", { [rule]: { exemptions: [{ resource: "old" }] } }, false],
  ] as const)
    it(`${expected ? "accepts" : "rejects"} ${what}`, () => {
      assert.equal(isValid(config), expected);
    });

  it("is named in the settings of the editor, because Pulumi rejects $schema in the file", () => {
    const settings = json("cli/template/.vscode/settings.json") as {
      "json.schemas": readonly { fileMatch: readonly string[]; url: string }[];
    };
    const [{ fileMatch, url } = { fileMatch: [], url: "" }] = settings["json.schemas"];
    assert.deepEqual(fileMatch, ["policy/config/*.json"]);
    assert.equal(url, "./node_modules/@streamlake/policy/config.schema.json");
  });
});
