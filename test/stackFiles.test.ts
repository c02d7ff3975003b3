import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020";
import { parse } from "yaml";
import { settingsSchema } from "../components/settings/schema";
import { fieldsOf, placeOf } from "../components/settings/schemaTree";

const schema = JSON.parse(readFileSync("components/stack.schema.json", "utf8")) as object;
const validate = new Ajv2020({ allErrors: true }).compile(schema);
const stackFiles = readdirSync(".").filter((file) => /^Pulumi\..+\.yaml$/.test(file));

const config = (settings: object) => ({
  config: { "aws:region": "us-east-1", "streamlake:name": "user-events", ...settings },
});

describe("components/stack.schema.json", () => {
  it("is the schema that each stack file references for editors", () => {
    assert.ok(stackFiles.length >= 4);
    for (const file of stackFiles)
      assert.match(
        readFileSync(file, "utf8"),
        /^# yaml-language-server: \$schema=\.\/components\/stack\.schema\.json\n/,
        file,
      );
  });

  for (const file of stackFiles)
    it(`accepts ${file}`, () => {
      assert.ok(validate(parse(readFileSync(file, "utf8"))), JSON.stringify(validate.errors));
    });

  for (const [what, stack] of Object.entries({
    "a value out of range": config({ "streamlake:stream": { retentionHours: 12 } }),
    "a setting that does not exist": config({ "streamlake:delivery": { bufferSizeMB: 5 } }),
    "a group that does not exist": config({ "streamlake:strem": {} }),
    "an enumerated value in the wrong case": config({
      "streamlake:delivery": { compression: "gzip" },
    }),
    "a tiering step without afterDays": config({
      "streamlake:bucket": { tiering: [{ storageClass: "GLACIER" }] },
    }),
    "a threshold that is not a number": config({
      "streamlake:alarms": { iteratorAge: { threshold: "high" } },
    }),
    "a stack without a name": { config: {} },
  }))
    it(`rejects ${what}`, () => {
      assert.ok(!validate(stack));
    });

  it("accepts other namespaces and other parts of the file", () => {
    assert.ok(validate({ ...config({ "aws:profile": "dev" }), secretsprovider: "awskms://x" }));
  });
});

describe("Pulumi.yaml", () => {
  it("declares every group of settings with its description and an empty default", () => {
    const project = parse(readFileSync("Pulumi.yaml", "utf8")) as {
      config: Record<string, { description: string; default?: unknown }>;
    };
    const { name, ...declared } = project.config;
    assert.ok(name);
    const groups = Object.entries(fieldsOf(settingsSchema));
    assert.deepEqual(
      Object.keys(declared),
      groups.map(([group]) => group),
    );
    for (const [group, field] of groups) {
      const { description, typeName } = placeOf(field);
      assert.equal(declared[group]?.description, description.replace(/\.$/, ""), group);
      if (typeName !== undefined) assert.deepEqual(declared[group].default, {});
    }
  });
});
