import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { DeliveryPipeline, type DeliveryPipelineArgs } from "../../components";
import { record, type Recorded, type Recording } from "../support/record";

const component = "streamlake:index:DeliveryPipeline";
const firehose = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream";

const pipeline = (args?: DeliveryPipelineArgs, opts?: pulumi.ComponentResourceOptions) =>
  record(() => new DeliveryPipeline("events", args, opts));

const existing = {
  streamArn: "arn:aws:kinesis:us-east-1:123456789012:stream/user-events-stream",
  bucketArn: "arn:aws:s3:::my-data-lake-bucket",
  roleArn: "arn:aws:iam::123456789012:role/FirehoseDeliveryRole",
  keyArn: "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
};

/** The children of the component as "type name", sorted. */
function children({ resources }: Recording): string[] {
  return resources
    .filter(({ custom }) => custom)
    .map(({ type, name }) => `${type} ${name}`)
    .sort();
}

const allChildren = [
  "aws:cloudwatch/logGroup:LogGroup events",
  "aws:cloudwatch/logStream:LogStream events",
  "aws:iam/role:Role events-delivery",
  "aws:iam/role:Role events-source",
  "aws:iam/rolePolicy:RolePolicy events-delivery",
  "aws:iam/rolePolicy:RolePolicy events-source",
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream events",
  "aws:kinesis/stream:Stream events",
  "aws:kms/alias:Alias events",
  "aws:kms/key:Key events",
  "aws:kms/keyPolicy:KeyPolicy events",
  "aws:s3/bucket:Bucket events",
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration events",
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls events",
  "aws:s3/bucketPolicy:BucketPolicy events",
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock events",
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration events",
  "aws:s3/bucketVersioning:BucketVersioning events",
];

describe("DeliveryPipeline", () => {
  describe("with nothing but a name", () => {
    let all: Recording;
    before(async () => {
      all = await pipeline();
    });

    it("declares stream, bucket with companions, key, log, roles and Firehose", () => {
      assert.deepEqual(children(all), allChildren);
    });

    it("makes an on-demand stream that keeps a week, encrypted with the pipeline's key", () => {
      assert.deepEqual(all.one("aws:kinesis/stream:Stream").inputs, {
        streamModeDetails: { streamMode: "ON_DEMAND" },
        retentionPeriod: 168,
        encryptionType: "KMS",
        kmsKeyId: "arn:aws:kms:eu-central-1:123456789012:key/events",
        tags: {},
      });
    });

    it("makes a bucket that is private, owned, encrypted and versioned", () => {
      const companion = (type: string) => all.one(`aws:s3/${type}`).inputs;
      assert.deepEqual(companion("bucket:Bucket"), { forceDestroy: false, tags: {} });
      assert.deepEqual(companion("bucketPublicAccessBlock:BucketPublicAccessBlock"), {
        bucket: "events",
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      });
      assert.deepEqual(companion("bucketOwnershipControls:BucketOwnershipControls"), {
        bucket: "events",
        rule: { objectOwnership: "BucketOwnerEnforced" },
      });
      assert.deepEqual(
        companion(
          "bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
        ),
        {
          bucket: "events",
          rules: [
            {
              applyServerSideEncryptionByDefault: {
                sseAlgorithm: "aws:kms",
                kmsMasterKeyId: "arn:aws:kms:eu-central-1:123456789012:key/events",
              },
              bucketKeyEnabled: true,
            },
          ],
        },
      );
      assert.deepEqual(companion("bucketVersioning:BucketVersioning"), {
        bucket: "events",
        versioningConfiguration: { status: "Enabled" },
      });
    });

    it("lets S3 delete uploads that stopped, former versions and errors, but no data", () => {
      const { inputs } = all.one(
        "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
      );
      assert.deepEqual(inputs["rules"], [
        {
          id: "abort-incomplete-uploads",
          status: "Enabled",
          filter: {},
          abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
        },
        {
          id: "expire-former-versions",
          status: "Enabled",
          filter: {},
          noncurrentVersionExpiration: { noncurrentDays: 90 },
        },
        {
          id: "expire-errors",
          status: "Enabled",
          filter: { prefix: "errors/events/" },
          expiration: { days: 30 },
        },
      ]);
    });

    it("rotates the key and gives thirty days to take its deletion back", () => {
      assert.deepEqual(all.one("aws:kms/key:Key").inputs, {
        description: "Data at rest of the pipeline events: stream and bucket",
        enableKeyRotation: true,
        deletionWindowInDays: 30,
        tags: {},
      });
    });

    it("makes a Firehose that buffers, compresses, dates and delimits", () => {
      assert.deepEqual(all.one(firehose).inputs, {
        destination: "extended_s3",
        kinesisSourceConfiguration: {
          kinesisStreamArn: "arn:aws:kinesis:eu-central-1:123456789012:stream/events",
          roleArn: "arn:aws:iam::123456789012:role/events-source",
        },
        extendedS3Configuration: {
          bucketArn: "arn:aws:s3:::events",
          roleArn: "arn:aws:iam::123456789012:role/events-delivery",
          prefix: "raw/events/!{timestamp:yyyy/MM/dd}/",
          errorOutputPrefix: "errors/events/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/",
          customTimeZone: "UTC",
          bufferingSize: 64,
          bufferingInterval: 300,
          compressionFormat: "GZIP",
          kmsKeyArn: "arn:aws:kms:eu-central-1:123456789012:key/events",
          processingConfiguration: {
            enabled: true,
            processors: [{ type: "AppendDelimiterToRecord" }],
          },
          cloudwatchLoggingOptions: {
            enabled: true,
            logGroupName: "/aws/kinesisfirehose/events-test",
            logStreamName: "DestinationDelivery",
          },
        },
        tags: {},
      });
    });

    it("keeps Firehose's errors for ninety days", () => {
      assert.deepEqual(all.one("aws:cloudwatch/logGroup:LogGroup").inputs, {
        name: "/aws/kinesisfirehose/events-test",
        retentionInDays: 90,
        tags: {},
      });
    });

    it("gives Firehose exactly the access that it needs", () => {
      const role = "aws:iam/role:Role";
      const policy = "aws:iam/rolePolicy:RolePolicy";
      const trust = {
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "FirehoseOfThisAccount",
            Effect: "Allow",
            Principal: { Service: "firehose.amazonaws.com" },
            Action: "sts:AssumeRole",
            Condition: { StringEquals: { "sts:ExternalId": "123456789012" } },
          },
        ],
      };
      assert.deepEqual(all.document(role, "events-source", "assumeRolePolicy"), trust);
      assert.deepEqual(all.document(role, "events-delivery", "assumeRolePolicy"), trust);
      const key = "arn:aws:kms:eu-central-1:123456789012:key/events";
      const stream = "arn:aws:kinesis:eu-central-1:123456789012:stream/events";
      assert.deepEqual(all.document(policy, "events-source"), {
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "ReadStream",
            Effect: "Allow",
            Action: [
              "kinesis:DescribeStream",
              "kinesis:GetRecords",
              "kinesis:GetShardIterator",
              "kinesis:ListShards",
            ],
            Resource: stream,
          },
          {
            Sid: "DecryptStream",
            Effect: "Allow",
            Action: "kms:Decrypt",
            Resource: key,
            Condition: {
              StringEquals: {
                "kms:ViaService": "kinesis.eu-central-1.amazonaws.com",
                "kms:EncryptionContext:aws:kinesis:arn": stream,
              },
            },
          },
        ],
      });
      assert.deepEqual(all.document(policy, "events-delivery"), {
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "WriteObjects",
            Effect: "Allow",
            Action: ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"],
            Resource: "arn:aws:s3:::events/*",
          },
          {
            Sid: "FindBucket",
            Effect: "Allow",
            Action: ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
            Resource: "arn:aws:s3:::events",
          },
          {
            Sid: "EncryptObjects",
            Effect: "Allow",
            Action: ["kms:Decrypt", "kms:GenerateDataKey"],
            Resource: key,
            Condition: {
              StringEquals: { "kms:ViaService": "s3.eu-central-1.amazonaws.com" },
              StringLike: {
                "kms:EncryptionContext:aws:s3:arn": [
                  "arn:aws:s3:::events",
                  "arn:aws:s3:::events/*",
                ],
              },
            },
          },
          {
            Sid: "LogErrors",
            Effect: "Allow",
            Action: "logs:PutLogEvents",
            Resource:
              "arn:aws:logs:eu-central-1:123456789012:log-group:errors:log-stream:DestinationDelivery",
          },
        ],
      });
    });

    it("leaves the key to its account and the bucket to TLS", () => {
      assert.deepEqual(all.document("aws:kms/keyPolicy:KeyPolicy", "events"), {
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "AccountDecidesByIam",
            Effect: "Allow",
            Principal: { AWS: "arn:aws:iam::123456789012:root" },
            Action: "kms:*",
            Resource: "*",
          },
        ],
      });
      const denial = {
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: ["arn:aws:s3:::events", "arn:aws:s3:::events/*"],
      };
      assert.deepEqual(all.document("aws:s3/bucketPolicy:BucketPolicy", "events"), {
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "DenyWithoutTls",
            ...denial,
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
          {
            Sid: "DenyTlsBefore12",
            ...denial,
            Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } },
          },
        ],
      });
    });

    it("creates Firehose only after every grant and every safeguard of the bucket", () => {
      const { dependencies } = all.one(firehose);
      const awaited = [
        "aws:iam/rolePolicy:RolePolicy events-source",
        "aws:iam/rolePolicy:RolePolicy events-delivery",
        "aws:kms/keyPolicy:KeyPolicy events",
        ...allChildren.filter((child) => /^aws:s3\/bucket[A-Z]/.test(child)),
      ];
      for (const child of awaited) {
        const [type = "", name] = child.split(" ");
        assert.ok(dependencies.includes(all.one(type, name).urn), `Firehose waits for ${child}`);
      }
    });

    it("protects and retains stream, bucket and key, and nothing else", () => {
      const kept = (option: "protect" | "retainOnDelete") =>
        all.resources.filter((resource) => resource[option]).map(({ type }) => type);
      const stateful = [
        "aws:kms/key:Key",
        "aws:kinesis/stream:Stream",
        "aws:s3/bucket:Bucket",
      ].sort();
      assert.deepEqual(kept("protect").sort(), stateful);
      assert.deepEqual(kept("retainOnDelete").sort(), stateful);
    });

    it("is the parent of everything and begins every name", () => {
      const { urn } = all.one(component);
      const others = all.resources.filter(({ type }) => type !== component);
      for (const { type, name, parent } of others) {
        assert.equal(parent, urn, `parent of ${type}`);
        assert.match(name, /^events(-|$)/);
      }
    });
  });

  describe("outputs", () => {
    it("are registered under the names of the public fields", async () => {
      let instance: DeliveryPipeline | undefined;
      const recording = await record(() => {
        instance = new DeliveryPipeline("events");
      });
      const fields = Object.entries(instance ?? {})
        .filter(([key, value]) => pulumi.Output.isInstance(value) && key !== "urn")
        .map(([key]) => key);
      assert.deepEqual(Object.keys(recording.outputs(component)).sort(), fields.sort());
    });

    it("tell what producers and readers need", async () => {
      const { requiredPolicy, ...rest } = (await pipeline()).outputs(component);
      assert.deepEqual(rest, {
        streamArn: "arn:aws:kinesis:eu-central-1:123456789012:stream/events",
        streamName: "events",
        bucketArn: "arn:aws:s3:::events",
        bucketName: "events",
        deliveryStreamArn: "arn:aws:firehose:eu-central-1:123456789012:deliverystream/events",
        deliveryStreamName: "events",
        sourceRoleArn: "arn:aws:iam::123456789012:role/events-source",
        deliveryRoleArn: "arn:aws:iam::123456789012:role/events-delivery",
        keyArn: "arn:aws:kms:eu-central-1:123456789012:key/events",
        logGroupName: "/aws/kinesisfirehose/events-test",
        region: "eu-central-1",
        prefix: "raw/events/!{timestamp:yyyy/MM/dd}/",
        errorPrefix: "errors/events/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/",
        timeZone: "UTC",
        delimiter: "newline",
      });
      assert.equal(typeof requiredPolicy, "string");
    });
  });

  describe("with settings", () => {
    it("passes each one to its resource", async () => {
      const all = await pipeline({
        stream: { shardCount: 4, retentionHours: 24 },
        bucket: {
          versioning: false,
          noncurrentExpiryDays: 7,
          errorExpiryDays: 3,
          forceDestroy: true,
        },
        delivery: {
          bufferSizeMiB: 5,
          bufferIntervalSeconds: 60,
          compression: "UNCOMPRESSED",
          prefix: "lake/!{timestamp:yyyy}/",
          errorPrefix: "failed/!{firehose:error-output-type}/",
          timeZone: "Europe/Berlin",
          delimiter: "none",
          logRetentionDays: 14,
        },
        protect: false,
        tags: { team: "growth" },
      });
      const { inputs: stream } = all.one("aws:kinesis/stream:Stream");
      assert.deepEqual(stream["streamModeDetails"], { streamMode: "PROVISIONED" });
      assert.equal(stream["shardCount"], 4);
      assert.equal(stream["retentionPeriod"], 24);
      assert.equal(all.one("aws:s3/bucket:Bucket").inputs["forceDestroy"], true);
      assert.deepEqual(
        all.one("aws:s3/bucketVersioning:BucketVersioning").inputs["versioningConfiguration"],
        { status: "Suspended" },
      );
      const [, versions = {}, errors = {}] = all.one(
        "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
      ).inputs["rules"] as Record<string, unknown>[];
      assert.deepEqual(versions["noncurrentVersionExpiration"], { noncurrentDays: 7 });
      assert.deepEqual(errors["filter"], { prefix: "failed/" });
      assert.deepEqual(errors["expiration"], { days: 3 });
      const destination = all.one(firehose).inputs["extendedS3Configuration"] as object;
      assert.ok(!("processingConfiguration" in destination));
      const chosen = {
        prefix: "lake/!{timestamp:yyyy}/",
        errorOutputPrefix: "failed/!{firehose:error-output-type}/",
        customTimeZone: "Europe/Berlin",
        bufferingSize: 5,
        bufferingInterval: 60,
        compressionFormat: "UNCOMPRESSED",
      };
      assert.deepEqual({ ...destination, ...chosen }, destination);
      assert.equal(all.one("aws:cloudwatch/logGroup:LogGroup").inputs["retentionInDays"], 14);
      assert.ok(all.resources.every(({ protect }) => !protect));
      const tagged = all.resources.filter(({ inputs, custom }) => custom && "tags" in inputs);
      assert.equal(tagged.length, 7);
      for (const { inputs } of tagged) assert.deepEqual(inputs["tags"], { team: "growth" });
    });

    it("leaves the keys to AWS on request, and then grants no use of a key", async () => {
      const all = await pipeline({ encryption: { mode: "aws-managed" } });
      const withoutKey = allChildren.filter((child) => !child.startsWith("aws:kms"));
      assert.deepEqual(children(all), withoutKey);
      assert.equal(all.one("aws:kinesis/stream:Stream").inputs["kmsKeyId"], "alias/aws/kinesis");
      const { inputs } = all.one(
        "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
      );
      assert.deepEqual(inputs["rules"], [
        {
          applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" },
          bucketKeyEnabled: true,
        },
      ]);
      assert.ok(!("kmsKeyArn" in (all.one(firehose).inputs["extendedS3Configuration"] as object)));
      assert.ok(!JSON.stringify(all.resources).includes("kms:Decrypt"));
      assert.equal(all.outputs(component)["keyArn"], "");
    });
  });

  describe("with existing resources", () => {
    it("creates Firehose and its error log when stream, bucket, role and key are given", async () => {
      const all = await pipeline({ existing });
      assert.deepEqual(children(all), [
        "aws:cloudwatch/logGroup:LogGroup events",
        "aws:cloudwatch/logStream:LogStream events",
        "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream events",
      ]);
      const { inputs } = all.one(firehose);
      assert.deepEqual(inputs["kinesisSourceConfiguration"], {
        kinesisStreamArn: existing.streamArn,
        roleArn: existing.roleArn,
      });
      const destination = inputs["extendedS3Configuration"] as Record<string, unknown>;
      assert.equal(destination["bucketArn"], existing.bucketArn);
      assert.equal(destination["roleArn"], existing.roleArn);
      assert.equal(destination["kmsKeyArn"], existing.keyArn);
    });

    it("tells what the existing role must be allowed to do", async () => {
      const outputs = (await pipeline({ existing })).outputs(component);
      const { Statement: statements } = JSON.parse(outputs["requiredPolicy"] as string) as {
        Statement: { Sid: string; Resource: string }[];
      };
      assert.deepEqual(
        statements.map(({ Sid, Resource }) => [Sid, Resource]),
        [
          ["ReadStream", existing.streamArn],
          ["DecryptStream", existing.keyArn],
          ["WriteObjects", `${existing.bucketArn}/*`],
          ["FindBucket", existing.bucketArn],
          ["EncryptObjects", existing.keyArn],
          [
            "LogErrors",
            "arn:aws:logs:eu-central-1:123456789012:log-group:errors:log-stream:DestinationDelivery",
          ],
        ],
      );
    });

    for (const [arn, missing] of [
      ["streamArn", /^aws:kinesis\/stream:/],
      ["bucketArn", /^aws:s3\//],
      ["roleArn", /^aws:iam\//],
      ["keyArn", /^aws:kms\//],
    ] as const) {
      it(`leaves out just what existing.${arn} stands for`, async () => {
        const all = await pipeline({ existing: { [arn]: existing[arn] } });
        assert.deepEqual(
          children(all),
          allChildren.filter((child) => !missing.test(child)),
        );
      });
    }

    it("grants no use of its own key for an existing stream, whose key it does not know", async () => {
      const sids = async (given: DeliveryPipelineArgs["existing"] & object) => {
        const all = await pipeline({ existing: given });
        const policy = all.document("aws:iam/rolePolicy:RolePolicy", "events-source");
        return (policy as { Statement: { Sid: string }[] }).Statement.map(({ Sid }) => Sid);
      };
      const { streamArn, keyArn } = existing;
      assert.deepEqual(await sids({ streamArn }), ["ReadStream"]);
      assert.deepEqual(await sids({ streamArn, keyArn }), ["ReadStream", "DecryptStream"]);
    });

    it("takes ARNs that other resources of the program will have", async () => {
      const all = await pipeline({
        existing: { streamArn: pulumi.output(Promise.resolve(existing.streamArn)) },
      });
      const source = all.one(firehose).inputs["kinesisSourceConfiguration"];
      assert.equal((source as Record<string, unknown>)["kinesisStreamArn"], existing.streamArn);
      assert.equal(all.outputs(component)["streamName"], "user-events-stream");
    });
  });

  describe("in a program", () => {
    const identity = ({ type, name }: Recorded) => `${type} ${name}`;

    it("can stand there twice", async () => {
      const all = await record(() => [new DeliveryPipeline("one"), new DeliveryPipeline("two")]);
      const identities = all.resources.map(identity);
      assert.equal(new Set(identities).size, identities.length);
      assert.equal(identities.length, 2 * (allChildren.length + 1));
    });

    it("declares the same resources in a preview, where ARNs are unknown", async () => {
      const update = await pipeline();
      const preview = await record(() => new DeliveryPipeline("events"), { preview: true });
      assert.deepEqual(
        preview.resources.map(identity).sort(),
        update.resources.map(identity).sort(),
      );
      const { inputs } = preview.one("aws:iam/rolePolicy:RolePolicy", "events-source");
      assert.equal(inputs["policy"], pulumi.runtime.unknownValue);
    });

    it("keeps what policies check known in a preview", async () => {
      const preview = await record(() => new DeliveryPipeline("events"), { preview: true });
      const destination = preview.one(firehose).inputs["extendedS3Configuration"] as object;
      assert.equal("compressionFormat" in destination && destination.compressionFormat, "GZIP");
      const { inputs } = preview.one("aws:kinesis/stream:Stream");
      assert.equal(inputs["encryptionType"], "KMS");
    });

    it("passes its provider on to every child", async () => {
      class Elsewhere extends pulumi.ProviderResource {}
      const all = await record(
        () =>
          new DeliveryPipeline("events", {}, { provider: new Elsewhere("aws", "elsewhere", {}) }),
      );
      const own = all.resources.filter(({ custom, type }) => custom && type.startsWith("aws:"));
      for (const { type, provider } of own)
        assert.match(provider, /pulumi:providers:aws::elsewhere::/, type);
    });
  });

  describe("with bad args", () => {
    it("lists every problem and registers nothing", async () => {
      let message = "";
      const all = await record(() => {
        try {
          new DeliveryPipeline("events", {
            stream: { retentionHours: 5 },
            delivery: { compression: "gzip" },
          });
        } catch (error) {
          message = (error as Error).message;
        }
      });
      assert.equal(
        message,
        [
          'DeliveryPipeline "events" has 2 problems in its args:',
          "",
          "  stream.retentionHours is 5",
          "    allowed: a whole number of hours from 24 to 8760",
          '  delivery.compression is "gzip"',
          "    allowed: GZIP, UNCOMPRESSED, ZIP, Snappy, HADOOP_SNAPPY",
        ].join("\n"),
      );
      assert.deepEqual(all.resources, []);
    });
  });
});
