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

  it("gives a key an id, and an ARN with that id", async () => {
    const { id, outputs } = await create("aws:kms/key:Key");
    assert.match(id ?? "", /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    assert.equal(outputs["arn"], `arn:aws:kms:us-east-1:123456789012:key/${text(id)}`);
  });

  it("gives a key that AWS copies to other regions the form of its ids", async () => {
    const { id } = await create("aws:kms/key:Key", { multiRegion: true });
    assert.match(id ?? "", /^mrk-[0-9a-f]{32}$/);
    const arn = `arn:aws:kms:us-east-1:123456789012:key/${text(id)}`;
    const replica = await create("aws:kms/replicaKey:ReplicaKey", {
      primaryKeyArn: arn,
      region: "eu-west-1",
    });
    assert.equal(replica.id, id);
    assert.equal(replica.outputs["arn"], arn.replace("us-east-1", "eu-west-1"));
  });

  it("knows nothing about types that it does not list, but their inputs", async () => {
    for (const type of ["aws:cloudfront/function:Function", "random:index/randomPet:RandomPet"])
      assert.deepEqual(await create(type, { length: 2 }), { outputs: { length: 2 } });
  });

  it("leaves out what AWS chooses", async () => {
    const secret = await create("aws:secretsmanager/secret:Secret", { name: "a" });
    assert.equal(secret.id, undefined);
    assert.deepEqual(secret.outputs, { name: "a", region: "us-east-1", tagsAll: {} });
    const subscription = await create("aws:sns/topicSubscription:TopicSubscription");
    assert.deepEqual(subscription, { outputs: { region: "us-east-1" } });
  });

  it("names databases of the catalog and FIFO queues as AWS demands", () => {
    const nameOf = (type: string, inputs: Properties = {}) =>
      text(america.check(request(type, inputs, "Raw"))["name"]);
    assert.match(nameOf("aws:glue/catalogDatabase:CatalogDatabase"), /^raw_[a-z]{8}$/);
    assert.match(nameOf("aws:athena/database:Database"), /^Raw_[0-9a-f]{7}$/);
    assert.match(nameOf("aws:sqs/queue:Queue", { fifoQueue: true }), /^Raw-[0-9a-f]{7}\.fifo$/);
    assert.match(nameOf("aws:sqs/queue:Queue", { fifoQueue: false }), /^Raw-[0-9a-f]{7}$/);
    const object = request("aws:s3/bucketObjectv2:BucketObjectv2", {}, "index.html");
    assert.equal(america.check(object)["key"], "index.html");
    // The provider does not name log streams of Firehose, policies of buckets and the like.
    assert.deepEqual(america.check(request("aws:s3/bucketPolicy:BucketPolicy")), {});
  });

  it("uses the partition of the region, which the resource or its provider can set", async () => {
    const arnOf = async (region: string, inputs: Properties = {}, providerInputs?: Properties) =>
      text(
        (
          await madeUpProvider(region).create({
            ...request(STREAM, { name: "a", ...inputs }),
            ...(providerInputs && { providerInputs }),
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
    assert.equal(key.outputs["keyId"], "1234abcd");
  });

  it("reads a resource of another account or region by an ARN or URL that names it", async () => {
    const url = "https://sqs.cn-north-1.amazonaws.com.cn/210987654321/a";
    const queue = await america.read({ ...request("aws:sqs/queue:Queue"), id: url });
    assert.equal(queue.outputs["arn"], "arn:aws-cn:sqs:cn-north-1:210987654321:a");
    assert.equal(queue.outputs["name"], "a");
    const topic = "arn:aws:sns:eu-west-1:210987654321:a";
    const found = await america.read({ ...request("aws:sns/topic:Topic"), id: topic });
    assert.deepEqual(
      [found.outputs["name"], found.outputs["owner"], found.outputs["region"]],
      ["a", "210987654321", "eu-west-1"],
    );
    const managed = "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess";
    const policy = await america.read({ ...request("aws:iam/policy:Policy"), id: managed });
    assert.deepEqual(
      [policy.outputs["arn"], policy.outputs["path"], policy.outputs["name"]],
      [managed, "/job-function/", "ViewOnlyAccess"],
    );
  });

  it("gives an imported resource the name in its id, and no other", () => {
    const named = (type: string, id: string, inputs: Properties = {}) =>
      america.check({ ...request(type, inputs), id });
    assert.deepEqual(named("aws:s3/bucket:Bucket", "live"), { bucket: "live" });
    assert.deepEqual(named("aws:s3/bucket:Bucket", "live", { bucket: "a" }), { bucket: "a" });
    const topic = "arn:aws:sns:us-east-1:123456789012:live";
    assert.deepEqual(named("aws:sns/topic:Topic", topic), { name: "live" });
    const secret = "arn:aws:secretsmanager:us-east-1:123456789012:secret:live-a1b2c3";
    assert.deepEqual(named("aws:secretsmanager/secret:Secret", secret), {});
  });

  it("reads the parts of a resource from an id that contains them", async () => {
    const read = async (type: string, id: string) =>
      (await america.read({ ...request(type), id })).outputs;
    const rule = await read("aws:cloudwatch/eventRule:EventRule", "lake/nightly");
    assert.equal(rule["arn"], "arn:aws:events:us-east-1:123456789012:rule/lake/nightly");
    const versioning = "aws:s3/bucketVersioning:BucketVersioning";
    assert.equal((await read(versioning, "lake,210987654321"))["bucket"], "lake");
    const replica = await read("aws:kms/replicaKey:ReplicaKey", "mrk-1234abcd");
    assert.deepEqual(
      [replica["arn"], replica["primaryKeyArn"]],
      ["arn:aws:kms:us-east-1:123456789012:key/mrk-1234abcd", undefined],
    );
    const service = "arn:aws:ecs:us-east-1:123456789012:service/web/front";
    const { name, cluster } = await read("aws:ecs/service:Service", service);
    assert.deepEqual([name, cluster], ["front", undefined]);
    const vpc = await read("aws:ec2/vpc:Vpc", "vpc-1a2b3c");
    assert.equal(vpc["arn"], "arn:aws:ec2:us-east-1:123456789012:vpc/vpc-1a2b3c");
    // Rules and targets can contain hyphens.
    const target = await read("aws:cloudwatch/eventTarget:EventTarget", "nightly-lake-1");
    assert.deepEqual(target, { eventBusName: "default", region: "us-east-1" });
    assert.deepEqual(await read("aws:cloudfront/function:Function", "edge"), {});
  });
});

describe("the provider of a resource", () => {
  const bucket = "aws:s3/bucket:Bucket";
  const role = "arn:aws-us-gov:iam::210987654321:role/deploy";

  /** The ARN of a stream that this provider creates. */
  async function arnBy(providerInputs: Properties, config = {}) {
    const provider = madeUpProvider("us-east-1", config);
    const { outputs } = await provider.create({
      ...request(STREAM, { name: "a" }),
      providerInputs,
    });
    return outputs["arn"];
  }

  it("decides on the account by its role, or by the only account that it allows", async () => {
    const inUsGov = "arn:aws-us-gov:kinesis:us-gov-west-1:210987654321:stream/a";
    const region = "us-gov-west-1";
    for (const provider of [
      { region, assumeRoles: JSON.stringify([{ roleArn: role }]) },
      { region, assumeRole: { roleArn: role } },
      { region, allowedAccountIds: '["210987654321"]' },
    ])
      assert.equal(await arnBy(provider), inUsGov);
    const two = await arnBy({ region, allowedAccountIds: ["210987654321", "123456789012"] });
    assert.equal(two, "arn:aws-us-gov:kinesis:us-gov-west-1:123456789012:stream/a");
  });

  it("makes ARNs unknown if its account or region is", async () => {
    for (const provider of [
      {},
      { region: new Unknown() },
      { region: "eu-west-1", profile: "other" },
      { region: "eu-west-1", accessKey: new Secret("AKIAIOSFODNN7EXAMPLE") },
      { region: "eu-west-1", assumeRoles: new Unknown() },
      { region: "eu-west-1", assumeRoles: "[{}]" },
    ])
      assert.ok((await arnBy(provider)) instanceof Unknown, JSON.stringify(provider));
  });

  it("shares the account of the stack without credentials of its own", async () => {
    const config = { "aws:allowedAccountIds": '["210987654321"]' };
    const arn = "arn:aws:kinesis:eu-west-1:210987654321:stream/a";
    assert.equal(await arnBy({ region: "eu-west-1" }, config), arn);
    const provider = madeUpProvider("eu-west-1", config);
    assert.equal((await create(STREAM, { name: "a" }, provider)).outputs["arn"], arn);
    const roles = { "aws:assumeRoles": JSON.stringify([{ roleArn: role }]) };
    assert.equal(await arnBy({ region: "eu-west-1" }, roles), arn);
  });

  it("knows the ARN of a bucket without knowing the region or the account", async () => {
    const provider = { ...request(bucket, { bucket: "a" }), providerInputs: {} };
    const { id, outputs } = await america.create(provider);
    assert.deepEqual([id, outputs["arn"]], ["a", "arn:aws:s3:::a"]);
    assert.ok(outputs["region"] instanceof Unknown);
    const foreign = { ...provider, providerInputs: { profile: "other" } };
    assert.ok((await america.create(foreign)).outputs["arn"] instanceof Unknown);
  });

  it("adds its default tags to the tags of a resource, which win", async () => {
    const config = { "aws:defaultTags": '{"tags":{"team":"data","stage":"dev"}}' };
    const tags = { stage: "prod" };
    const tagsAll = { team: "data", stage: "prod" };
    for (const provider of [
      madeUpProvider("us-east-1", config),
      previewProvider("us-east-1", config),
    ]) {
      const asked = request(bucket, { bucket: "a", tags });
      const inputs = provider.check(asked);
      assert.deepEqual(inputs, { bucket: "a", tags, tagsAll });
      assert.deepEqual((await provider.create({ ...asked, inputs })).outputs["tagsAll"], tagsAll);
    }
    const explicit = { defaultTags: '{"tags":{"team":"web"}}', region: "eu-west-1" };
    const asked = { ...request(bucket, { bucket: "a" }), providerInputs: explicit };
    assert.deepEqual(america.check(asked)["tagsAll"], { team: "web" });
  });

  it("leaves tags alone without default tags, and where a type has none", async () => {
    const asked = request(bucket, { bucket: "a", tags: { team: "data" } });
    assert.deepEqual(america.check(asked), asked.inputs);
    assert.deepEqual((await america.create(asked)).outputs["tagsAll"], { team: "data" });
    const config = { "aws:defaultTags": '{"tags":{"team":"data"}}' };
    const policy = request("aws:s3/bucketPolicy:BucketPolicy", { bucket: "a" });
    assert.deepEqual(madeUpProvider("us-east-1", config).check(policy), { bucket: "a" });
  });

  it("makes all tags unknown if the default ones are", () => {
    const asked = {
      ...request(bucket, { bucket: "a" }),
      providerInputs: { defaultTags: new Unknown() },
    };
    assert.ok(america.check(asked)["tagsAll"] instanceof Unknown);
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
