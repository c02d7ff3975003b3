import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020";
import { parse } from "yaml";
import { settingsSchema } from "../components/settings/schema";
import { type StackConfigFile, saved } from "./components/support/pulumiCli";
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

  for (const file of stackFiles)
    it(`accepts ${file} as the Pulumi CLI saves it, with single values as strings`, () => {
      const { config: values } = parse(readFileSync(file, "utf8")) as { config: StackConfigFile };
      assert.ok(validate({ config: saved(values) }), JSON.stringify(validate.errors));
    });

  it("accepts the types that the Pulumi CLI writes, and no others", () => {
    const threshold = (value: unknown) =>
      config({ "streamlake:alarms": { deliverySuccess: { threshold: value } } });
    const tagged = (value: unknown) => config({ "streamlake:tags": { "cost-center": value } });
    const account = (bucketAccountId: unknown) =>
      config({ "streamlake:existing": { bucketArn: "arn:aws:s3:::lake", bucketAccountId } });
    for (const stack of [threshold("0.95"), threshold(0.95), tagged(12345), tagged(true)])
      assert.ok(validate(stack), JSON.stringify(validate.errors));
    for (const stack of [account(123456789012), account("012345678901"), tagged("0.95")])
      assert.ok(validate(stack), JSON.stringify(validate.errors));
    for (const stack of [
      ...[threshold("high"), threshold(true), tagged(0.95), tagged(null), tagged({ secure: "x" })],
      ...[account(12345678901), account(1.5), config({ "streamlake:protect": "yes" })],
      config({ "streamlake:delivery": { timeZone: 7 } }),
      config({ "streamlake:delivery": { compression: 7 } }),
    ])
      assert.ok(!validate(stack), JSON.stringify(stack));
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

describe("requiredPulumiVersion", () => {
  const isTracked = (path: string): boolean => !/(^|\/)(node_modules|dist|bin|test)\//.test(path);
  const projects = [".", "cli/template", "examples"]
    .flatMap((directory) =>
      readdirSync(directory, { withFileTypes: true, recursive: directory !== "." })
        .filter(({ name }) => name === "Pulumi.yaml")
        .map((entry) => join(entry.parentPath, entry.name)),
    )
    .filter(isTracked);

  // Error hooks exist since 3.217, get every error since 3.244, and are in @pulumi/pulumi for Node.js.
  it("is what error hooks need in every project whose program has one", () => {
    const withHooks = projects.filter((path) => {
      const program = join(path, "../index.ts");
      return existsSync(program) && readFileSync(program, "utf8").includes("awaitIamPropagation(");
    });
    assert.deepEqual(withHooks.sort(), [
      "Pulumi.yaml",
      "cli/template/Pulumi.yaml",
      "examples/existing/Pulumi.yaml",
      "examples/logs/Pulumi.yaml",
      "examples/parquet/Pulumi.yaml",
      "examples/partitioned/Pulumi.yaml",
      "examples/redaction/Pulumi.yaml",
      "examples/replacement/Pulumi.yaml",
      "examples/transforms/Pulumi.yaml",
      "examples/typescript/Pulumi.yaml",
    ]);
    for (const path of withHooks) {
      const project = parse(readFileSync(path, "utf8")) as { requiredPulumiVersion?: string };
      assert.equal(project.requiredPulumiVersion, ">=3.244.0", path);
    }
  });

  it("is what the pages say", () => {
    for (const page of ["README.md", "components/README.md", "cli/template/README.md"])
      assert.match(readFileSync(page, "utf8"), /\b3\.244\b/, page);
  });
});
