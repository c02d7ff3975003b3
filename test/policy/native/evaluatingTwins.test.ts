import assert from "node:assert/strict";
import { packRules } from "../../../policy/pack";
import { firehoseObjectsAreCompressed } from "../../../policy/rules/firehose/firehoseObjectsAreCompressed";
import { firehoseSourcesAreEncrypted } from "../../../policy/rules/firehose/firehoseSourcesAreEncrypted";
import { kinesisStreamsRetainRecords } from "../../../policy/rules/kinesis/kinesisStreamsRetainRecords";
import { s3BucketsHavePublicAccessBlock } from "../../../policy/rules/s3/s3BucketsHavePublicAccessBlock";
import { s3PublicAccessIsBlocked } from "../../../policy/rules/s3/s3PublicAccessIsBlocked";
import { evaluatePolicies, expectPolicy, resource, unknown } from "../../../policy/testing";
import type { TestResource, WireProperties } from "../../../policy/testing";
import { compliantLake } from "./compliantLake";

const native = (type: string, props: WireProperties, links: Record<string, TestResource> = {}) =>
  resource(`aws-native:${type}`, type.split(":")[1] ?? type, props, links);

/** Rule -> its messages. */
async function reportedBy(...resources: readonly TestResource[]) {
  const { violations } = await evaluatePolicies(packRules(), resources);
  const found = new Map<string, string>();
  for (const { policy, message } of violations) {
    const [, ...lines] = message.split("\n");
    found.set(policy, [...(found.has(policy) ? [found.get(policy)] : []), ...lines].join("\n"));
  }
  return found;
}

describe("the rules on resources of aws-native", () => {
  it("report a bucket without settings by the rules on buckets", async () => {
    const found = await reportedBy(native("s3:Bucket", { bucketName: "lake" }));
    for (const rule of [
      "s3-buckets-have-public-access-block",
      "s3-buckets-have-policy",
      "s3-buckets-have-versioning",
      "s3-buckets-have-lifecycle",
      "s3-buckets-are-encrypted",
      "s3-buckets-have-ownership-controls",
    ]) {
      assert.ok(found.has(rule), rule);
    }
    assert.match(
      found.get("s3-buckets-log-access") ?? "",
      /^Server access logging is not enabled on the bucket: set loggingConfiguration\.$/,
    );
  });

  it("report the settings of a bucket with the names that they have there", async () => {
    const found = await reportedBy(
      native("s3:Bucket", {
        publicAccessBlockConfiguration: { blockPublicAcls: true },
        versioningConfiguration: { status: "Suspended" },
        lifecycleConfiguration: { rules: [{ status: "Disabled" }] },
        ownershipControls: { rules: [{ objectOwnership: "ObjectWriter" }] },
        loggingConfiguration: {},
        bucketEncryption: {
          serverSideEncryptionConfiguration: [
            { serverSideEncryptionByDefault: { sseAlgorithm: "AES256" } },
          ],
        },
      }),
    );
    const expected = {
      "s3-public-access-is-blocked": /^publicAccessBlockConfiguration\.blockPublicPolicy is absent/,
      "s3-versioning-is-enabled": /versioningConfiguration\.status/,
      "s3-incomplete-uploads-are-aborted": /No rule aborts incomplete uploads/,
      "s3-buckets-log-access":
        /loggingConfiguration\.destinationBucketName is the logged bucket itself/,
      "s3-buckets-have-policy": /add an aws-native\.s3\.BucketPolicy/,
      "s3-acls-are-disabled": /ownershipControls\.rules\.objectOwnership/,
    };
    for (const [rule, message] of Object.entries(expected)) {
      assert.match(found.get(rule) ?? "", message, rule);
    }
  });

  it("report the S3 destination before the extended one, by its own name", async () => {
    const found = await reportedBy(
      native("kinesisfirehose:DeliveryStream", {
        s3DestinationConfiguration: { compressionFormat: "UNCOMPRESSED", prefix: "data/" },
      }),
    );
    assert.match(
      found.get("firehose-objects-are-compressed") ?? "",
      /^s3DestinationConfiguration\.compressionFormat is "UNCOMPRESSED"/,
    );
  });

  for (const type of ["User", "Group"])
    it(`report in-line policies of an iam.${type}`, async () => {
      const found = await reportedBy(
        native(`iam:${type}`, {
          policies: [
            {
              policyName: "all",
              policyDocument: { Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] },
            },
          ],
        }),
      );
      assert.match(
        found.get("iam-policies-grant-no-administration") ?? "",
        /^policies\[0\]\.policyDocument: Statement\[0\] allows every action on every resource/,
      );
    });

  it("report a public policy of a bucket", async () => {
    const found = await reportedBy(
      native("s3:BucketPolicy", {
        bucket: "lake",
        policyDocument: {
          Statement: [{ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "*" }],
        },
      }),
    );
    assert.match(
      found.get("s3-bucket-policies-are-not-public") ?? "",
      /^policyDocument: Statement/,
    );
    assert.ok(found.has("s3-bucket-policies-require-tls"));
  });

  it("report a stream, a delivery stream, a role and a key", async () => {
    const found = await reportedBy(
      native("kinesis:Stream", { retentionPeriodHours: 24 }),
      native("kinesisfirehose:DeliveryStream", {
        deliveryStreamName: "a b",
        splunkDestinationConfiguration: {
          hecToken: "token",
          s3Configuration: { compressionFormat: "UNCOMPRESSED" },
        },
      }),
      native("iam:Role", {
        assumeRolePolicyDocument: {
          Statement: { Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" },
        },
        policies: [
          {
            policyName: "all",
            policyDocument: { Statement: { Effect: "Allow", Action: "*", Resource: "*" } },
          },
        ],
      }),
      native("kms:Key", { enabled: false, pendingWindowInDays: 7 }),
    );
    const expected = {
      "kinesis-streams-are-encrypted": /^streamEncryption\.encryptionType/,
      "kinesis-streams-retain-records": /^retentionPeriodHours/,
      "firehose-names-are-valid": /^deliveryStreamName is not/,
      "firehose-credentials-are-in-secrets-manager": /^splunkDestinationConfiguration\.hecToken/,
      "firehose-errors-are-logged":
        /splunkDestinationConfiguration\.s3Configuration\.cloudWatchLoggingOptions\.enabled/,
      "firehose-objects-are-compressed":
        /^splunkDestinationConfiguration\.s3Configuration\.compressionFormat is "UNCOMPRESSED"/,
      "firehose-objects-are-encrypted": /kmsEncryptionConfig\.awskmsKeyArn is absent/,
      "firehose-destinations-are-allowed": /destination is "splunk"/,
      "firehose-streams-are-encrypted":
        /^deliveryStreamEncryptionConfigurationInput does not enable encryption: enable it/,
      "iam-roles-trust-chosen-principals":
        /^assumeRolePolicyDocument: Statement\[0\] allows everyone/,
      "iam-policies-grant-no-administration": /^policies\[0\]\.policyDocument: Statement\[0\]/,
      "kms-keys-rotate": /^enableKeyRotation/,
      "kms-keys-are-enabled": /^enabled/,
      "kms-keys-have-policy": /set keyPolicy, or add an aws\.kms\.KeyPolicy/,
      "kms-keys-wait-for-deletion": /^pendingWindowInDays/,
    };
    for (const [rule, message] of Object.entries(expected)) {
      assert.match(found.get(rule) ?? "", message, rule);
    }
  });

  for (const inPreview of [false, true])
    it(`pass a compliant lake ${inPreview ? "in a preview" : "in an update"}`, async () => {
      const { violations, undecided } = await evaluatePolicies(packRules(), compliantLake, {
        inPreview,
      });
      const mandatory = violations.filter(({ level }) => level === "mandatory");
      assert.deepEqual(mandatory, []);
      if (!inPreview) assert.deepEqual(undecided, []);
    });

  it("are undecided for unknown values, and name them", async () => {
    await expectPolicy(kinesisStreamsRetainRecords)
      .on(native("kinesis:Stream", { retentionPeriodHours: unknown }))
      .isUndecided(/^undecided: retentionPeriodHours is unknown/);
    await expectPolicy(s3PublicAccessIsBlocked)
      .on(native("s3:Bucket", { publicAccessBlockConfiguration: unknown }))
      .isUndecided(/publicAccessBlockConfiguration\.blockPublicAcls/);
  });

  it("do not apply to a resource without the block that they are about", () =>
    expectPolicy(s3PublicAccessIsBlocked)
      .on(native("s3:Bucket", {}))
      .doesNotApply(/^applies to/));

  it("follow references between the two providers", async () => {
    const plain = native("kinesis:Stream", { name: "events" });
    const reading = resource(
      "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
      "delivery",
      { kinesisSourceConfiguration: { kinesisStreamArn: unknown } },
      { kinesisSourceConfiguration: plain },
    );
    await expectPolicy(firehoseSourcesAreEncrypted)
      .on(reading, plain)
      .violates(/stream "Stream", is not encrypted/);
    const bucket = native("s3:Bucket", {});
    const block = resource(
      "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
      "block",
      { bucket: unknown },
      { bucket },
    );
    await expectPolicy(s3BucketsHavePublicAccessBlock).on(bucket, block).passes();
  });

  it("leave the inputs alone at level remediate", async () => {
    const stream = native("kinesisfirehose:DeliveryStream", {
      extendedS3DestinationConfiguration: { compressionFormat: "UNCOMPRESSED" },
    });
    await expectPolicy(firehoseObjectsAreCompressed).on(stream).isNotRemediated();
  });

  it("never quote a value", async () => {
    const { violations } = await evaluatePolicies(packRules(), [
      native("kinesisfirehose:DeliveryStream", {
        splunkDestinationConfiguration: { hecToken: "hunter2", s3Configuration: "hunter2" },
        tags: [{ key: unknown, value: "hunter2" }],
      }),
    ]);
    for (const { message } of violations) assert.doesNotMatch(message, /hunter2/);
  });
});
