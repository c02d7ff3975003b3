import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { documentInputs } from "../../../engine/provider/policyDocuments";
import { awsShapes } from "../../../engine/provider/shapes";
import { placeholdersOf, valuesFrom } from "../../../engine/provider/template";
import { type InstalledType, installedType } from "../support/installedProvider";

const PLACES = ["partition", "region", "account", "dnsSuffix"];

/** Ids that differ from the example that the provider imports, and why. */
const idsUnlikeExamples: Readonly<Record<string, string>> = {
  "aws:ecs/cluster:Cluster": "imported by its name",
  "aws:ecs/service:Service": "imported by its names",
  "aws:lambda/alias:Alias": "imported by its names",
  "aws:elasticsearch/domain:Domain": "imported by its name",
  "aws:opensearch/domain:Domain": "imported by its name",
  "aws:cloudwatch/eventTarget:EventTarget": "imported by its names",
  "aws:kinesis/analyticsApplication:AnalyticsApplication": "an account of ten digits",
  "aws:kinesis/stream:Stream": "imported by its name",
  "aws:sqs/queue:Queue": "a legacy URL",
};

describe("the table of ids and ARNs", () => {
  const installed = new Map<string, InstalledType>();
  before(() => {
    for (const token of Object.keys(awsShapes)) {
      const type = installedType(token);
      if (type !== undefined) installed.set(token, type);
    }
  });

  /** The entries for which a statement does not hold. */
  const failing = (holds: (token: string, type: InstalledType) => boolean): readonly string[] =>
    [...installed].filter(([token, type]) => !holds(token, type)).map(([token]) => token);

  it("contains at least 80 types, and types of every service around a data lake", () => {
    const types = Object.keys(awsShapes);
    assert.ok(types.length >= 80, `${types.length} types`);
    const modules = new Set(types.map((type) => type.split(/[:/]/)[1]));
    const services =
      "s3 iam kms kinesis glue lakeformation athena lambda sqs sns sfn dynamodb cloudwatch " +
      "opensearch redshift ecs ecr secretsmanager ssm scheduler";
    assert.deepEqual(
      services.split(" ").filter((service) => !modules.has(service)),
      [],
    );
  });

  it("contains every S3 type of the installed provider", () => {
    const directory = join(dirname(require.resolve("@pulumi/aws/package.json")), "s3");
    const missing = readdirSync(directory)
      .filter((file) => file.endsWith(".d.ts") && !file.startsWith("get"))
      .map((file) => file.slice(0, -".d.ts".length))
      .map((file) => `aws:s3/${file}:${file.charAt(0).toUpperCase()}${file.slice(1)}`)
      .filter((token) => installedType(token) !== undefined && !(token in awsShapes));
    assert.deepEqual(missing, []);
  });

  it("contains only types of the installed provider", () => {
    assert.deepEqual(
      Object.keys(awsShapes).filter((token) => !installed.has(token)),
      [],
    );
  });

  it("names only outputs that the types have", () => {
    assert.deepEqual(
      failing((token, { outputs }) =>
        Object.keys(awsShapes[token]?.outputs ?? {}).every((name) => outputs.has(name)),
      ),
      [],
    );
  });

  it("makes ids and outputs of inputs, outputs and the place of a resource", () => {
    assert.deepEqual(
      failing((token, { inputs, outputs }) => {
        const shape = awsShapes[token] ?? {};
        const allowed = [...PLACES, ...inputs.keys(), ...outputs, "id"];
        if (token.startsWith("aws:kms/")) allowed.push("uuid");
        return [...Object.values(shape.outputs ?? {}), shape.id ?? ""]
          .flatMap((template) => placeholdersOf(template))
          .every((name) => allowed.includes(name));
      }),
      [],
    );
  });

  it("names resources in an optional input, as only the provider sets it", () => {
    assert.deepEqual(
      failing((token, { optionalInputs }) => {
        const property = awsShapes[token]?.name?.property;
        return property === undefined || optionalInputs.has(property);
      }),
      [],
    );
  });

  it("names every type with an optional name, as the provider does", () => {
    const unnamed = failing((token, { inputs, optionalInputs }) => {
      const named = optionalInputs.has("name") && inputs.get("name")?.includes("string");
      return !named || awsShapes[token]?.name !== undefined;
    });
    // Their names refer to something else: a document, an access point.
    assert.deepEqual(unnamed, [
      "aws:s3control/objectLambdaAccessPointPolicy:ObjectLambdaAccessPointPolicy",
      "aws:s3tables/tablePolicy:TablePolicy",
      "aws:ssm/association:Association",
    ]);
  });

  it("knows which types have tags, and which have a region", () => {
    assert.deepEqual(
      failing(
        (token, { inputs, outputs }) =>
          (inputs.has("tags") && outputs.has("tagsAll")) === (awsShapes[token]?.tagged ?? false),
      ),
      [],
    );
    assert.deepEqual(
      failing((token, { inputs }) => inputs.has("region") !== (awsShapes[token]?.global ?? false)),
      [],
    );
  });

  it("forms ids like those that the provider imports", () => {
    const differing = failing((token, { importedIds }) => {
      const shape = awsShapes[token];
      if (shape?.id === undefined || importedIds.length === 0) return true;
      const output = shape.outputs?.[/^{(\w+)}$/.exec(String(shape.id))?.[1] ?? ""];
      const template = output && placeholdersOf(output).length > 0 ? output : shape.id;
      return importedIds.some((id) => valuesFrom(template, id) !== undefined);
    });
    assert.deepEqual([...differing].sort(), Object.keys(idsUnlikeExamples).sort());
  });
});

describe("the inputs that accept a policy as an object", () => {
  it("have that type in the installed provider, which converts them", () => {
    for (const [token, input] of Object.entries(documentInputs))
      assert.match(installedType(token)?.inputs.get(input) ?? "", /PolicyDocument/, token);
  });

  it("include every one of the types in the table", () => {
    const accepting = Object.keys(awsShapes).filter((token) =>
      [...(installedType(token)?.inputs.values() ?? [])].some((type) =>
        /\binputs\.\w+\.(?:Lifecycle)?PolicyDocument\b/.test(type),
      ),
    );
    assert.deepEqual(
      accepting.filter((token) => documentInputs[token] === undefined),
      [],
    );
  });
});
