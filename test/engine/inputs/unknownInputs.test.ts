import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Properties, Secret, Unknown } from "../../../engine/graph/resourceGraph";
import { PackageDeclarations } from "../../../engine/packageDeclarations";
import { type UnknownInput, unknownInputs } from "../../../engine/inputs/unknownInputs";
import { awsShapes } from "../../../engine/provider/shapes";
import { SIGNATURE } from "../../../engine/wire";
import { installedGroups, installedType } from "../support/installedProvider";

const DELIVERY_STREAM = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream";

describe("the inputs that a type does not have", () => {
  const aws = declarations();

  function check(type: string, inputs: Properties): readonly UnknownInput[] {
    const types = aws.inputsOf(type);
    assert.ok(types !== undefined, type);
    return unknownInputs(inputs, types, (group) => aws.group(group));
  }

  it("are reported with the group that contains them and the nearest name", () => {
    const found = check(DELIVERY_STREAM, {
      destination: "extended_s3",
      extendedS3Configuration: { bufferSize: 64, bufferInterval: 60, roleArn: new Unknown() },
    });
    const group = "extendedS3Configuration";
    assert.deepEqual(found, [
      { group, name: "bufferSize", similar: ["bufferingSize"] },
      { group, name: "bufferInterval", similar: ["bufferingInterval"] },
    ]);
  });

  it("are found in lists, maps, secrets and groups of groups, each once", () => {
    const rule = { id: "a", status: "Enabled", filters: { prefix: "a" } };
    assert.deepEqual(
      check("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", {
        rules: [rule, new Secret(rule), { ...rule, expirations: { day: 1 } }],
      }),
      [
        { group: "rules", name: "filters", similar: ["filter"] },
        { group: "rules", name: "expirations", similar: ["expiration"] },
      ],
    );
    assert.deepEqual(
      check("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", {
        rules: [{ expiration: { day: 1 } }],
      }),
      [{ group: "rules.expiration", name: "day", similar: ["days"] }],
    );
  });

  it("have no advice if no name is similar", () => {
    assert.deepEqual(check("aws:s3/bucket:Bucket", { xyzzy: true }), [
      { group: "", name: "xyzzy", similar: [] },
    ]);
  });

  it("do not include keys that the program chooses, assets, or what the SDK adds", () => {
    const asset = { [SIGNATURE]: "c44067f5952c0a294b673a41bacd8c17", text: "a", hash: "b" };
    assert.deepEqual(
      check("aws:lambda/function:Function", {
        tags: { anything: "a" },
        environment: { variables: { ANYTHING: "a" } },
        code: asset,
        __defaults: [],
      }),
      [],
    );
    assert.deepEqual(check("aws:s3/bucketObject:BucketObject", { source: asset }), []);
  });

  it("include the elements of a policy document, but not its condition keys", () => {
    const statement = {
      Effect: "Allow",
      Principal: { Service: "firehose.amazonaws.com" },
      Action: ["s3:PutObject"],
      Resource: "*",
      Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
    };
    const policy = { Version: "2012-10-17", Statement: [statement] };
    assert.deepEqual(check("aws:s3/bucketPolicy:BucketPolicy", { bucket: "a", policy }), []);
    const ofPrincipal = (principal: Properties): readonly UnknownInput[] =>
      check("aws:s3/bucketPolicy:BucketPolicy", {
        policy: { ...policy, Statement: [{ ...statement, Principal: principal }] },
      });
    assert.deepEqual(ofPrincipal({ CanonicalUser: "79a59df900b949e5" }), []);
    assert.deepEqual(ofPrincipal({ Servce: "s3.amazonaws.com" }), [
      { group: "policy.Statement.Principal", name: "Servce", similar: ["Service"] },
    ]);
    assert.deepEqual(
      check("aws:s3/bucketPolicy:BucketPolicy", { bucket: "a", policy: { Statment: [] } }),
      [{ group: "policy", name: "Statment", similar: ["Statement"] }],
    );
  });

  it("never include an input that a type has", () => {
    for (const token of Object.keys(awsShapes)) {
      const inputs = [...(installedType(token)?.inputs.keys() ?? [])];
      assert.ok(inputs.length > 0 || awsShapes[token]?.global, token);
      const values = Object.fromEntries(inputs.map((name) => [name, new Unknown()]));
      assert.deepEqual(check(token, values), [], token);
    }
  });

  it("include every misspelling by one letter, with the right name among the nearest", () => {
    for (const token of Object.keys(awsShapes)) {
      const names = [...(installedType(token)?.inputs.keys() ?? [])];
      const misspelt = names.flatMap((name) =>
        misspellings(name).map((wrong) => ({ name, wrong })),
      );
      for (const { name, wrong } of misspelt.filter((entry) => !names.includes(entry.wrong))) {
        const [found, ...others] = check(token, { [wrong]: true });
        assert.equal(found?.name, wrong);
        assert.ok(found.similar.includes(name), `${token} ${wrong}: ${found.similar.join()}`);
        assert.deepEqual(others, []);
      }
    }
  });
});

describe("the declarations of a package", () => {
  const aws = declarations();

  it("have the same inputs as for the TypeScript compiler, in every nested group", () => {
    const groups = installedGroups();
    assert.ok(groups.size > 5000, `${groups.size} groups`);
    for (const [reference, names] of groups)
      assert.deepEqual([...(aws.group(reference)?.keys() ?? [])], names, reference);
  });

  it("include types in files with other capitals than their token", () => {
    assert.ok(aws.inputsOf("aws:glue/mLTransform:MLTransform")?.has("inputRecordTables"));
    assert.ok(aws.inputsOf("aws:kendra/index:Index")?.has("edition"));
    assert.ok(aws.inputsOf("aws:index:Provider")?.has("defaultTags"));
  });

  it("have the layouts of other packages: without modules, and with versions of modules", () => {
    const files = {
      "package.json": '{ "version": "4.0.0" }',
      "randomPet.d.ts": "export interface RandomPetArgs {\n    length?: pulumi.Input<number>;\n}\n",
      "apps/v1/deployment.d.ts":
        "export interface DeploymentArgs {\n    spec?: pulumi.Input<inputs.apps.v1.DeploymentSpec>;\n}\n",
      "types/input.d.ts":
        "export declare namespace apps {\n    namespace v1 {\n        interface DeploymentSpec {\n" +
        "            replicas?: pulumi.Input<number>;\n        }\n    }\n}\n" +
        "export interface Timeouts {\n    create?: string;\n}\n",
    };
    withPackage("acme", files, (directory) => {
      const acme = PackageDeclarations.find("acme", directory);
      assert.equal(acme?.version, "4.0.0");
      const inputs = (token: string) => [...(acme.inputsOf(token)?.keys() ?? [])];
      assert.deepEqual(inputs("acme:index/randomPet:RandomPet"), ["length"]);
      assert.deepEqual(inputs("acme:index:RandomPet"), ["length"]);
      assert.deepEqual(inputs("acme:apps/v1:Deployment"), ["spec"]);
      const group = (reference: string) => [...(acme.group(reference)?.keys() ?? [])];
      assert.deepEqual(group("inputs.apps.v1.DeploymentSpec"), ["replicas"]);
      assert.deepEqual(group("inputs.Timeouts"), ["create"]);
    });
  });

  it("lack types and groups of other versions, and packages that are not installed", () => {
    assert.equal(aws.inputsOf("aws:s3/cart:Cart"), undefined);
    assert.equal(aws.inputsOf("aws:carts/cart:Cart"), undefined);
    assert.equal(aws.group("inputs.s3.Cart"), undefined);
    // The group exists in another namespace.
    assert.equal(aws.group("inputs.s3.StreamStreamModeDetails"), undefined);
    assert.equal(PackageDeclarations.find("carts", __dirname), undefined);
    assert.equal(PackageDeclarations.find("aws", "/"), undefined);
  });
});

function declarations(): PackageDeclarations {
  const found = PackageDeclarations.find("aws", join(__dirname, "../../.."));
  assert.ok(found !== undefined);
  return found;
}

/** Calls `use` with the directory of a program that has the package installed. */
function withPackage(
  name: string,
  files: Readonly<Record<string, string>>,
  use: (directory: string) => void,
): void {
  const directory = mkdtempSync(join(tmpdir(), "streamlake-test-"));
  try {
    for (const [file, content] of Object.entries(files)) {
      const path = join(directory, "node_modules", "@pulumi", name, file);
      mkdirSync(dirname(path), { recursive: true });
      // Every generated file begins with imports.
      const head = file.endsWith(".ts") ? 'import * as pulumi from "@pulumi/pulumi";\n' : "";
      writeFileSync(path, head + content);
    }
    use(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** A letter left out, another letter in its place, a letter too much. */
function misspellings(name: string): readonly string[] {
  return Array.from(name, (_, index) => {
    const [before, after] = [name.slice(0, index), name.slice(index + 1)];
    return [`${before}${after}`, `${before}q${after}`, `${before}q${name.slice(index)}`];
  }).flat();
}
