import assert from "node:assert/strict";
import type { FirehoseIdentity } from "../../../aws/firehose/requests/firehoseIdentity";
import { type Properties, Unknown } from "../../../engine/graph/resourceGraph";
import { readEncryptionAndOwnership } from "../../../local/access/encryptionAndOwnership";
import { types, withArn } from "../support/changedGraph";
import { graphOf, resourceOf } from "../support/graph";

const account = "123456789012";
const place = `us-east-1:${account}`;
const keyArn = `arn:aws:kms:${place}:key/k`;
const source = {
  type: "kinesis",
  arn: `arn:aws:kinesis:${place}:stream/events`,
  roleArn: `arn:aws:iam::${account}:role/source`,
} as const;
const identity: FirehoseIdentity = {
  arn: `arn:aws:firehose:${place}:deliverystream/events`,
  source,
  bucketArn: "arn:aws:s3:::lake",
  roleArn: `arn:aws:iam::${account}:role/delivery`,
  errorLog: { logGroupName: "/aws/kinesisfirehose/events", logStreamName: "DestinationDelivery" },
  bufferSeconds: 300,
};

describe("readEncryptionAndOwnership", () => {
  const stream = (inputs: Properties) => withArn(types.stream, "events", source.arn, inputs);
  const bucket = (inputs: Properties = {}) =>
    withArn(types.bucket, "lake", identity.bucketArn, { bucket: "lake", ...inputs });
  const rule = (sseAlgorithm: string, bucketKeyEnabled: boolean) => ({
    applyServerSideEncryptionByDefault: { sseAlgorithm, kmsMasterKeyId: keyArn },
    bucketKeyEnabled,
  });
  const read = (
    resources: readonly ReturnType<typeof resourceOf>[],
    of: FirehoseIdentity = identity,
  ) => readEncryptionAndOwnership(graphOf(...resources), of);

  it("has no key if AWS manages it or nothing is encrypted", () => {
    const managedByAws = [
      stream({ encryptionType: "KMS", kmsKeyId: "alias/aws/kinesis" }),
      bucket({ serverSideEncryptionConfiguration: { rule: rule("AES256", false) } }),
    ];
    assert.deepEqual(read(managedByAws), { bucketKey: "disabled", foreignBucket: false });
    const unencrypted = stream({ encryptionType: "NONE", kmsKeyId: keyArn });
    assert.equal(read([unencrypted]).streamKey, undefined);
  });

  it("finds the keys of stream, bucket and log group by ARN, ID or alias", () => {
    const alias = resourceOf("aws:kms/alias:Alias", "data", {
      name: "alias/data",
      targetKeyId: "k",
    });
    for (const reference of [keyArn, "k", "alias/data", `arn:aws:kms:${place}:alias/data`]) {
      const logGroup = resourceOf(types.logGroup, "log", {
        name: "/aws/kinesisfirehose/events",
        kmsKeyId: reference,
      });
      const found = read(
        [alias, stream({ encryptionType: "KMS", kmsKeyId: reference }), bucket(), logGroup],
        { ...identity, kmsKeyArn: reference },
      );
      assert.deepEqual(
        found,
        {
          ...{ streamKey: keyArn, objectKey: keyArn, logKey: keyArn },
          ...{ bucketKey: "disabled", foreignBucket: false },
        },
        reference,
      );
    }
    const undeclared = read([stream({ encryptionType: "KMS", kmsKeyId: "alias/data" })]);
    assert.equal(undeclared.streamKey, `arn:aws:kms:${place}:alias/data`);
  });

  it("finds the default encryption of a bucket, unless the bucket is not declared", () => {
    const configuration = resourceOf(types.encryption, "lake", {
      bucket: "lake",
      rules: [rule("aws:kms", true)],
    });
    const { objectKey, bucketKey } = read([bucket(), configuration]);
    assert.deepEqual([objectKey, bucketKey], [keyArn, "enabled"]);
    const inline = { serverSideEncryptionConfiguration: { rule: rule("aws:kms:dsse", true) } };
    assert.equal(read([bucket(inline)]).bucketKey, "disabled");
    assert.equal(read([bucket(inline)]).objectKey, keyArn);
    assert.equal(read([]).bucketKey, "unknown");
  });

  it("finds no key of a stream if producers put records", () => {
    const encrypted = stream({ encryptionType: "KMS", kmsKeyId: keyArn });
    const directPut = { ...identity, source: { type: "direct-put" } } as const;
    assert.equal(read([encrypted], directPut).streamKey, undefined);
    assert.equal(read([encrypted]).streamKey, keyArn);
  });

  it("uses the pipeline settings for existing resources", () => {
    const pipeline = resourceOf("streamlake:index:DeliveryPipeline", "events", {
      existing: {
        ...{ streamArn: source.arn, keyArn },
        ...{ bucketArn: identity.bucketArn, bucketAccountId: "210987654321" },
      },
    });
    const { streamKey, foreignBucket } = read([pipeline]);
    assert.deepEqual([streamKey, foreignBucket], [keyArn, true]);
  });

  it("uses the key of the stream alone for an existing stream", () => {
    const streamKeyArn = keyArn.replace(/[^/]+$/, "stream");
    const pipeline = resourceOf("streamlake:index:DeliveryPipeline", "events", {
      existing: { streamArn: source.arn, keyArn, streamKeyArn },
    });
    assert.equal(read([pipeline]).streamKey, streamKeyArn);
  });

  it("throws if a key is unknown until deployment", () => {
    const unknownKey = stream({ encryptionType: "KMS", kmsKeyId: new Unknown() });
    assert.throws(() => read([unknownKey]), {
      message: /^aws:kinesis\/stream:Stream events: kmsKeyId is unknown until deployment$/,
    });
  });
});
