import assert from "node:assert/strict";
import {
  type GraphResource,
  type Properties,
  Secret,
  Unknown,
} from "../../../../engine/graph/resourceGraph";
import { urnOf } from "../../../../engine/graph/urn";
import { madeUpProvider } from "../../../../engine/provider/madeUpProvider";
import {
  type DeclaredChange,
  declaredChanges,
} from "../../../../local/changes/declared/declaredChanges";
import { declaredLosses } from "../../../../local/changes/evaluatePreview";

const STREAM = "aws:kinesis/stream:Stream";
const DELIVERY = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream";
const BUCKET = "aws:s3/bucket:Bucket";
const BUCKET_POLICY = "aws:s3/bucketPolicy:BucketPolicy";
const LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
const KEY = "aws:kms/key:Key";
const ROLE = "aws:iam/role:Role";
const REGION = "us-east-1";

type More = Partial<GraphResource>;

/** A resource as a plan contains it, with made-up outputs. */
async function planned(type: string, inputs: Properties = {}, more: More = {}) {
  const { name = "lake", parent } = more;
  const urn = urnOf({ project: "shop", stack: "dev", type, name, ...(parent && { parent }) });
  const provider = madeUpProvider(REGION);
  const request = { urn, type, name, inputs };
  const checked = provider.check(request);
  const state = await provider.create({ ...request, inputs: checked });
  const resource: GraphResource = {
    ...{ urn, type, name, custom: true, external: false, options: {} },
    ...{ dependencies: [], propertyDependencies: {}, inputs: checked },
    ...state,
  };
  return { ...resource, ...more };
}

/** The changes between two versions of a stack. */
async function between(
  before: readonly Promise<GraphResource>[],
  after: readonly Promise<GraphResource>[],
  region = REGION,
): Promise<readonly DeclaredChange[]> {
  const [was, is] = await Promise.all([Promise.all(before), Promise.all(after)]);
  return changesOf(was, is, region);
}

function changesOf(
  before: readonly GraphResource[],
  after: readonly GraphResource[],
  region = REGION,
): readonly DeclaredChange[] {
  return declaredChanges({ resources: before, region: REGION }, { resources: after, region });
}

function shown({ kind, name, properties, options, replacedBy }: DeclaredChange) {
  const paths = [...properties, ...options].map(({ path }) => path);
  return [kind, name, ...paths, ...(replacedBy.length > 0 ? [`by ${replacedBy.join()}`] : [])].join(
    " ",
  );
}

/** What a change of the inputs of one resource does. */
async function change(type: string, before: Properties, after: Properties, more: More = {}) {
  const changes = await between([planned(type, before, more)], [planned(type, after, more)]);
  return changes.map(shown).join("; ");
}

const partitioned = (enabled: boolean) => ({
  extendedS3Configuration: { dynamicPartitioningConfiguration: { enabled } },
});
const rule = (id: string, days: number) => ({ id, status: "Enabled", expiration: { days } });

describe("declaredChanges", () => {
  const table: readonly [string, string, Properties, Properties, string][] = [
    ["nothing", STREAM, { shardCount: 1 }, { shardCount: 1 }, ""],
    [
      "retention",
      STREAM,
      { retentionPeriod: 24 },
      { retentionPeriod: 48 },
      "changed lake retentionPeriod",
    ],
    ["shards", STREAM, { shardCount: 1 }, { shardCount: 2 }, "changed lake shardCount"],
    ["an input that is removed", STREAM, { shardCount: 1 }, {}, "changed lake shardCount"],
    ["null in place of nothing", STREAM, { shardCount: null }, {}, ""],
    ["another name", BUCKET, { bucket: "a" }, { bucket: "b" }, "replaced lake bucket by bucket"],
    ["a name that was generated", STREAM, {}, { name: "s" }, "replaced lake name by name"],
    [
      "object lock",
      BUCKET,
      {},
      { objectLockEnabled: true },
      "replaced lake objectLockEnabled by objectLockEnabled",
    ],
    ["a default that is set", ROLE, {}, { path: "/" }, "changed lake path"],
    ["another path", ROLE, {}, { path: "/a/" }, "replaced lake path by path"],
    [
      "partitions that are turned on",
      DELIVERY,
      partitioned(false),
      partitioned(true),
      "replaced lake extendedS3Configuration.dynamicPartitioningConfiguration.enabled by extendedS3Configuration.dynamicPartitioningConfiguration.enabled",
    ],
    [
      "partitions that are added",
      DELIVERY,
      { extendedS3Configuration: {} },
      partitioned(false),
      "replaced lake extendedS3Configuration.dynamicPartitioningConfiguration by extendedS3Configuration.dynamicPartitioningConfiguration",
    ],
    [
      "a buffer",
      DELIVERY,
      { extendedS3Configuration: { bufferingInterval: 60 } },
      { extendedS3Configuration: { bufferingInterval: 300 } },
      "changed lake extendedS3Configuration.bufferingInterval",
    ],
    [
      "another source",
      DELIVERY,
      { kinesisSourceConfiguration: { kinesisStreamArn: "a" } },
      { kinesisSourceConfiguration: { kinesisStreamArn: "b" } },
      "replaced lake kinesisSourceConfiguration.kinesisStreamArn by kinesisSourceConfiguration",
    ],
    [
      "a rule before another one",
      LIFECYCLE,
      { bucket: "a", rules: [rule("raw", 9)] },
      { bucket: "a", rules: [rule("errors", 3), rule("raw", 8)] },
      "changed lake rules[raw].expiration.days rules[errors]",
    ],
    [
      "a document with another order of names",
      BUCKET_POLICY,
      { bucket: "a", policy: '{"a":1,"b":2}' },
      { bucket: "a", policy: '{"b":2,"a":1}' },
      "",
    ],
    [
      "a document",
      BUCKET_POLICY,
      { bucket: "a", policy: '{"Statement":[{"Sid":"A","Effect":"Allow"}]}' },
      { bucket: "a", policy: '{"Statement":[{"Sid":"A","Effect":"Deny"}]}' },
      "changed lake policy.Statement[A].Effect",
    ],
    [
      "a secret",
      STREAM,
      { kmsKeyId: new Secret("a") },
      { kmsKeyId: new Secret("b") },
      "changed lake kmsKeyId",
    ],
    ["the same secret", STREAM, { kmsKeyId: new Secret("a") }, { kmsKeyId: new Secret("a") }, ""],
    [
      "a secret that cannot be read",
      STREAM,
      { kmsKeyId: new Secret(new Unknown()) },
      { kmsKeyId: new Secret("a") },
      "",
    ],
    ["unknown values", STREAM, { kmsKeyId: new Unknown() }, { kmsKeyId: new Unknown() }, ""],
    [
      "a value that becomes unknown",
      STREAM,
      { kmsKeyId: "a" },
      { kmsKeyId: new Unknown() },
      "changed lake kmsKeyId",
    ],
    ["defaults of the provider", STREAM, { shardCount: 1, __defaults: ["shardCount"] }, {}, ""],
    [
      "a type without facts",
      "aws:sqs/queue:Queue",
      { name: "a" },
      { name: "b" },
      "changed lake name",
    ],
  ];
  for (const [title, type, before, after, expected] of table)
    it(`classifies ${title} of ${type}`, async () => {
      assert.equal(await change(type, before, after), expected);
    });

  it("says for which types it does not know what replaces them", async () => {
    const queue = "aws:sqs/queue:Queue";
    const [one] = await between([planned(queue, { name: "a" })], [planned(queue, { name: "b" })]);
    assert.equal(one?.isReplacementKnown, false);
  });

  it("finds resources that are added, imported and removed, not those that are only read", async () => {
    const read = planned(BUCKET, {}, { name: "read", external: true });
    const changes = await between(
      [read, planned(STREAM, {}, { name: "old" })],
      [planned(STREAM, {}, { name: "new" }), planned(KEY, {}, { options: { import: "k" } })],
    );
    assert.deepEqual(changes.map(shown), ["added new", "added lake", "removed old"]);
    assert.deepEqual(
      changes.map(({ isImported }) => isImported),
      [false, true, false],
    );
  });

  it("replaces what depends on an output of a replaced resource, and no other input", async () => {
    const version = async (bucket: string) => {
      const lake = await planned(BUCKET, { bucket });
      const policy = await planned(
        BUCKET_POLICY,
        { bucket, policy: `{"Resource":"arn:aws:s3:::${bucket}"}` },
        { propertyDependencies: { bucket: [lake.urn], policy: [lake.urn] } },
      );
      return [lake, policy];
    };
    const changes = changesOf(await version("a"), await version("b"));
    assert.deepEqual(changes.map(shown), [
      "replaced lake bucket by bucket",
      "replaced lake bucket policy by bucket",
    ]);
    // The provider deletes a bucket with a fixed name first, and with it what depends on it.
    assert.deepEqual(
      changes.map(({ deletedFirst }) => deletedFirst),
      [true, true],
    );
    assert.ok(changes[1]?.properties[1]?.after instanceof Unknown);
  });

  it("creates a resource with a generated name before it deletes the old one", async () => {
    const [one] = await between(
      [planned(BUCKET, {})],
      [planned(BUCKET, { objectLockEnabled: true })],
    );
    const [other] = await between(
      [planned(BUCKET, {})],
      [planned(BUCKET, { objectLockEnabled: true }, { options: { deleteBeforeReplace: true } })],
    );
    assert.deepEqual([one?.deletedFirst, other?.deletedFirst], [false, true]);
  });

  it("respects ignoreChanges and replaceOnChanges", async () => {
    const ignoring = { options: { ignoreChanges: ["name", 'tags["a.b"]'] } };
    const tags = { "a.b": "1" };
    assert.equal(
      await change(STREAM, { name: "a", tags }, { name: "b", tags: { "a.b": "2" } }, ignoring),
      "",
    );
    assert.equal(
      await change(
        STREAM,
        { shardCount: 1 },
        { shardCount: 2 },
        { options: { replaceOnChanges: ["shardCount"] } },
      ),
      "replaced lake shardCount by shardCount",
    );
    const rules = { options: { ignoreChanges: ["rules[*].expiration"] } };
    assert.equal(
      await change(LIFECYCLE, { rules: [rule("raw", 9)] }, { rules: [rule("raw", 8)] }, rules),
      "",
    );
  });

  it("keeps a resource, its children and what depends on it if an alias connects them", async () => {
    const component = "acme:index:Lake";
    const version = async (name: string, aliases: readonly string[]) => {
      const lake = await planned(component, {}, { name, custom: false, options: { aliases } });
      const stream = await planned(STREAM, {}, { name: `${name}-stream`, parent: lake.urn });
      const delivery = await planned(
        DELIVERY,
        { kinesisSourceConfiguration: { kinesisStreamArn: stream.outputs["arn"] ?? null } },
        { name: "d", propertyDependencies: { kinesisSourceConfiguration: [stream.urn] } },
      );
      return [lake, stream, delivery];
    };
    const old = await version("old", []);
    const aliases = old.slice(0, 1).map(({ urn }) => urn);
    assert.deepEqual(changesOf(old, await version("new", aliases)), []);
    assert.deepEqual(
      changesOf(old, await version("new", [])).map(shown),
      [
        "added new-stream",
        "changed d kinesisSourceConfiguration.kinesisStreamArn",
        "removed old-stream",
      ].map((line) =>
        line
          .replace("changed d", "replaced d")
          .replace(/(Arn)$/, "$1 by kinesisSourceConfiguration"),
      ),
    );
  });

  it("replaces the resources of a stack that moves to another region", async () => {
    const own = { inputs: { region: "eu-west-1" } };
    const resources = [planned(STREAM), planned(ROLE), planned(KEY, {}, own)];
    const changes = await between(resources, resources, "eu-central-1");
    assert.deepEqual(changes.map(shown), ["replaced lake region by region"]);
  });

  it("finds that protect stops a replacement or a removal", async () => {
    const kept = { options: { protect: true } };
    const changes = await between(
      [planned(BUCKET, { bucket: "a" }, kept), planned(KEY, {}, kept)],
      [planned(BUCKET, { bucket: "b" }, kept)],
    );
    assert.deepEqual(
      changes.map(({ isProtected }) => isProtected),
      [true, true],
    );
  });

  it("finds the losses that the gate finds", async () => {
    const changes = await between(
      [
        planned(STREAM, { name: "a", retentionPeriod: 48 }),
        planned(KEY, {}, { options: { protect: true } }),
      ],
      [planned(STREAM, { name: "b", retentionPeriod: 24 }), planned(KEY)],
    );
    assert.deepEqual(
      changes.flatMap(declaredLosses).map((loss) => `${loss.kind}: ${loss.change}`),
      [
        "replacement: is deleted, and then created again",
        "retention: lowers its retention period from 48 hours to 24 hours",
        "protection: loses the option protect",
      ],
    );
  });
});
