import assert from "node:assert/strict";
import { type Properties, Secret, Unknown } from "../../../engine/graph/resourceGraph";
import { madeUpProvider, previewProvider } from "../../../engine/provider/madeUpProvider";

const STREAM = "aws:kinesis/stream:Stream";
const ROLE = "aws:iam/role:Role";

function request(type: string, inputs: Properties = {}, name = "clicks") {
  return { urn: `urn:pulumi:dev::shop::${type}::${name}`, type, name, inputs };
}

function text(value: unknown): string {
  assert.ok(typeof value === "string");
  return value;
}

const america = madeUpProvider("us-east-1");

/** Checks and creates, as the engine does. */
function create(type: string, inputs: Properties = {}, provider = america) {
  const asked = request(type, inputs);
  return provider.create({ ...asked, inputs: provider.check(asked) });
}

describe("madeUpProvider", () => {
  it("names a resource as Pulumi does, with the same name in every run", () => {
    const { name } = america.check(request(STREAM));
    assert.match(text(name), /^clicks-[0-9a-f]{7}$/);
    assert.deepEqual(america.check(request(STREAM)), { name });
    assert.notEqual(america.check(request(ROLE))["name"], name);
  });

  it("names buckets in lower case, and aliases with their prefix", () => {
    assert.match(
      text(america.check(request("aws:s3/bucket:Bucket", {}, "Raw"))["bucket"]),
      /^raw-/,
    );
    assert.match(text(america.check(request("aws:kms/alias:Alias"))["name"]), /^alias\/clicks-/);
  });

  it("keeps a name that the program sets, also by a prefix or an unknown value", () => {
    for (const inputs of [{ name: "a" }, { namePrefix: "a-" }, { name: new Unknown() }])
      assert.deepEqual(america.check(request(STREAM, inputs)), inputs);
  });

  it("rejects a name that is too long for AWS", () => {
    assert.throws(() => america.check(request(ROLE, {}, "r".repeat(60))), {
      message: /has 68 characters; AWS allows at most 64/,
    });
  });

  it("converts policy documents to JSON, which is unknown if any part of it is", () => {
    const check = (policy: Properties) =>
      america.check(request("aws:s3/bucketPolicy:BucketPolicy", { policy }))["policy"];
    assert.equal(check({ Statement: [] }), '{"Statement":[]}');
    assert.ok(check({ Statement: [{ Resource: new Unknown() }] }) instanceof Unknown);
    const secret = check({ Id: new Secret("hush") });
    assert.ok(secret instanceof Secret);
    assert.equal(secret.reveal(), '{"Id":"hush"}');
  });

  const arns: readonly [type: string, inputs: Properties, output: string, expected: string][] = [
    [STREAM, { name: "a" }, "arn", "arn:aws:kinesis:us-east-1:123456789012:stream/a"],
    [
      "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
      { name: "a" },
      "arn",
      "arn:aws:firehose:us-east-1:123456789012:deliverystream/a",
    ],
    ["aws:s3/bucket:Bucket", { bucket: "a" }, "arn", "arn:aws:s3:::a"],
    [
      "aws:s3/bucket:Bucket",
      { bucket: "a" },
      "bucketRegionalDomainName",
      "a.s3.us-east-1.amazonaws.com",
    ],
    [ROLE, { name: "a" }, "arn", "arn:aws:iam::123456789012:role/a"],
    [ROLE, { name: "a", path: "/app/" }, "arn", "arn:aws:iam::123456789012:role/app/a"],
    [
      "aws:cloudwatch/logGroup:LogGroup",
      { name: "/aws/a" },
      "arn",
      "arn:aws:logs:us-east-1:123456789012:log-group:/aws/a",
    ],
    [
      "aws:cloudwatch/logStream:LogStream",
      { name: "b", logGroupName: "a" },
      "arn",
      "arn:aws:logs:us-east-1:123456789012:log-group:a:log-stream:b",
    ],
  ];
  for (const [type, inputs, output, expected] of arns)
    it(`gives ${type} the ${output} ${expected}`, async () => {
      assert.equal((await create(type, inputs)).outputs[output], expected);
    });

  it("gives a key an id, and an ARN with that id", async () => {
    const { id, outputs } = await create("aws:kms/key:Key");
    assert.match(id ?? "", /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    assert.equal(outputs["arn"], `arn:aws:kms:us-east-1:123456789012:key/${text(id)}`);
  });

  it("gives an unknown type a generic id and ARN", async () => {
    const { id, outputs } = await create("aws:glue/catalogDatabase:CatalogDatabase");
    assert.equal(outputs["arn"], `arn:aws:glue:us-east-1:123456789012:catalogDatabase/${text(id)}`);
    const { id: pet } = await create("random:index/randomPet:RandomPet");
    assert.ok(pet);
  });

  it("uses the partition of the region, which the resource or its provider can set", async () => {
    const arnOf = async (
      region: string,
      inputs: Properties = {},
      providerInputs: Properties = {},
    ) =>
      text(
        (
          await madeUpProvider(region).create({
            ...request(STREAM, { name: "a", ...inputs }),
            providerInputs,
          })
        ).outputs["arn"],
      );
    assert.match(await arnOf("cn-north-1"), /^arn:aws-cn:kinesis:cn-north-1:/);
    assert.match(await arnOf("us-gov-west-1"), /^arn:aws-us-gov:kinesis:us-gov-west-1:/);
    assert.match(
      await arnOf("us-east-1", {}, { region: "eu-west-1" }),
      /^arn:aws:kinesis:eu-west-1:/,
    );
    assert.match(
      await arnOf("us-east-1", { region: "eu-west-2" }, { region: "eu-west-1" }),
      /:eu-west-2:/,
    );
  });

  it("makes the ARN unknown for an unknown name, and secret for a secret name", async () => {
    const unknown = await create(STREAM, { name: new Unknown() });
    assert.ok(unknown.outputs["arn"] instanceof Unknown);
    assert.equal(unknown.id, undefined);
    const secret = await create(STREAM, { name: new Secret("hush") });
    assert.ok(secret.outputs["arn"] instanceof Secret);
  });

  it("reads a resource by its name or its ARN", async () => {
    const arn = "arn:aws:kinesis:eu-west-1:210987654321:stream/a";
    const byName = await america.read({ ...request(STREAM), id: "a" });
    assert.equal(byName.outputs["arn"], "arn:aws:kinesis:us-east-1:123456789012:stream/a");
    const byArn = await america.read({ ...request(STREAM), id: arn });
    assert.deepEqual([byArn.id, byArn.outputs["arn"], byArn.outputs["name"]], [arn, arn, "a"]);
    const role = await america.read({
      ...request(ROLE),
      id: "arn:aws:iam::123456789012:role/app/a",
    });
    assert.equal(role.outputs["name"], "a");
    const key = await america.read({ ...request("aws:kms/key:Key"), id: "1234abcd" });
    assert.equal(key.outputs["arn"], "arn:aws:kms:us-east-1:123456789012:key/1234abcd");
  });
});

describe("previewProvider", () => {
  const preview = previewProvider("us-east-1");

  it("knows inputs and names, but neither id nor computed outputs", async () => {
    const { id, outputs } = await create(STREAM, { retentionPeriod: 24 }, preview);
    assert.equal(id, undefined);
    assert.match(text(outputs["name"]), /^clicks-/);
    assert.equal(outputs["retentionPeriod"], 24);
    assert.ok(outputs["arn"] instanceof Unknown);
  });

  it("knows the outputs of a resource that is only looked up", async () => {
    const { outputs } = await preview.read({ ...request(STREAM), id: "a" });
    assert.equal(outputs["arn"], "arn:aws:kinesis:us-east-1:123456789012:stream/a");
  });
});
