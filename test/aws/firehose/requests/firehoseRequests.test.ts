import assert from "node:assert/strict";
import type { AccessRequest } from "../../../../aws/iam/accessRequest";
import type { EncryptionAndOwnership } from "../../../../aws/firehose/requests/firehoseIdentity";
import { encryptionAndOwnershipOf } from "../../../../local/access/encryptionAndOwnership";
import type { FirehoseIdentity } from "../../../../aws/firehose/requests/firehoseIdentity";
import { firehoseRequests } from "../../../../aws/firehose/requests/firehoseRequests";
import { type Properties, Unknown } from "../../../../engine/graph/resourceGraph";
import { types, withArn } from "../../../local/support/changedGraph";
import { graphOf, resourceOf } from "../../../local/support/graph";

const account = "123456789012";
const place = `us-east-1:${account}`;
const keyArn = `arn:aws:kms:${place}:key/k`;
const identity: FirehoseIdentity = {
  arn: `arn:aws:firehose:${place}:deliverystream/events`,
  source: {
    arn: `arn:aws:kinesis:${place}:stream/events`,
    roleArn: `arn:aws:iam::${account}:role/source`,
  },
  bucketArn: "arn:aws:s3:::lake",
  roleArn: `arn:aws:iam::${account}:role/delivery`,
  errorLog: { logGroupName: "/aws/kinesisfirehose/events", logStreamName: "DestinationDelivery" },
  bufferSeconds: 300,
};
const plain: EncryptionAndOwnership = { bucketKey: "enabled", foreignBucket: false };
const encrypted: EncryptionAndOwnership = {
  ...plain,
  ...{ streamKey: keyArn, objectKey: keyArn, logKey: keyArn },
};

const actions = (requests: readonly AccessRequest[]) => requests.map(({ action }) => action);
const contexts = (requests: readonly AccessRequest[], key: string) =>
  requests.map(({ context }) => context[key]);
const ofKey = (requests: readonly AccessRequest[]) =>
  requests.filter(({ action }) => action.startsWith("kms:"));

describe("the requests of Firehose", () => {
  it("to assume its roles name the account that it works for", () => {
    const { assumeSourceRole, assumeDeliveryRole } = firehoseRequests(identity, plain);
    assert.deepEqual(
      [...assumeSourceRole, ...assumeDeliveryRole].map(({ caller, action, resource, context }) => [
        ...[caller, action, resource, context["sts:ExternalId"]],
      ]),
      [identity.source.roleArn, identity.roleArn].map((roleArn) => [
        ...[{ service: "firehose.amazonaws.com" }, "sts:AssumeRole", roleArn, account],
      ]),
    );
  });

  it("to the stream come from a session of the source role, over TLS", () => {
    const { describeStream, listShards, getShardIterator, getRecords } = firehoseRequests(
      identity,
      plain,
    );
    const all = [...describeStream, ...listShards, ...getShardIterator, ...getRecords];
    assert.deepEqual(actions(all), [
      "kinesis:DescribeStream",
      "kinesis:ListShards",
      "kinesis:GetShardIterator",
      "kinesis:GetRecords",
    ]);
    for (const { caller, resource, context } of all) {
      assert.deepEqual(caller, { roleArn: identity.source.roleArn, sessionName: "Firehose" });
      assert.equal(resource, identity.source.arn);
      assert.deepEqual(context, {
        "aws:PrincipalAccount": account,
        "aws:PrincipalArn": identity.source.roleArn,
        "aws:PrincipalIsAWSService": "false",
        "aws:PrincipalType": "AssumedRole",
        "aws:RequestedRegion": "us-east-1",
        "aws:SecureTransport": "true",
      });
    }
  });

  it("for records of an encrypted stream take its key, for this stream alone", () => {
    const [, decrypt, ...none] = firehoseRequests(identity, encrypted).getRecords;
    assert.deepEqual(none, []);
    assert.equal(decrypt?.action, "kms:Decrypt");
    assert.equal(decrypt.resource, keyArn);
    const { context } = decrypt;
    assert.equal(context["kms:ViaService"], "kinesis.us-east-1.amazonaws.com");
    assert.equal(context["kms:EncryptionContext:aws:kinesis:arn"], identity.source.arn);
    assert.deepEqual(context["kms:EncryptionContextKeys"], ["aws:kinesis:arn"]);
    assert.equal(context["kms:CallerAccount"], account);
    assert.equal(context["aws:ViaAWSService"], "true");
  });

  it("to the bucket come from a session of the delivery role, over TLS 1.3", () => {
    const { getBucketLocation, putObject } = firehoseRequests(identity, plain);
    const [location] = getBucketLocation;
    const [put, ...none] = putObject("raw/1.gz");
    assert.deepEqual(none, []);
    for (const request of [location, put]) {
      assert.deepEqual(request?.caller, {
        roleArn: identity.roleArn,
        sessionName: "AWSFirehoseToS3",
      });
      assert.equal(request.context["s3:TlsVersion"], "1.3");
      assert.equal(request.context["aws:SecureTransport"], "true");
    }
    assert.equal(location?.resource, "arn:aws:s3:::lake");
    assert.equal(put?.resource, "arn:aws:s3:::lake/raw/1.gz");
    assert.equal(put.context["s3:x-amz-server-side-encryption"], undefined);
    assert.equal(put.context["s3:x-amz-acl"], undefined);
  });

  it("for an object name the key that the delivery stream asks for", () => {
    const [put] = firehoseRequests({ ...identity, kmsKeyArn: keyArn }, encrypted).putObject("1");
    assert.equal(put?.context["s3:x-amz-server-side-encryption"], "aws:kms");
    assert.equal(put.context["s3:x-amz-server-side-encryption-aws-kms-key-id"], keyArn);
  });

  it("for an object take its key for the bucket with a Bucket Key, else for the object", () => {
    const used = (bucketKey: EncryptionAndOwnership["bucketKey"]) => {
      const { putObject } = firehoseRequests(identity, { ...encrypted, bucketKey });
      return contexts(ofKey(putObject("1")), "kms:EncryptionContext:aws:s3:arn");
    };
    assert.deepEqual(used("enabled"), ["arn:aws:s3:::lake"]);
    assert.deepEqual(used("disabled"), ["arn:aws:s3:::lake/1"]);
    assert.deepEqual(used("unknown"), ["arn:aws:s3:::lake", "arn:aws:s3:::lake/1"]);
  });

  it("for an object in parts take its key for reading too, below 60 s of buffering", () => {
    const used = (bufferSeconds: number) =>
      actions(ofKey(firehoseRequests({ ...identity, bufferSeconds }, encrypted).putObject("1")));
    assert.deepEqual(used(60), ["kms:GenerateDataKey"]);
    assert.deepEqual(used(59), ["kms:GenerateDataKey", "kms:Decrypt"]);
    assert.deepEqual(used(0), ["kms:GenerateDataKey", "kms:Decrypt"]);
  });

  it("for an object in a bucket of another account hand it over", () => {
    const puts = firehoseRequests(identity, { ...plain, foreignBucket: true }).putObject("1");
    assert.deepEqual(actions(puts), ["s3:PutObject", "s3:PutObjectAcl"]);
    const acl = "bucket-owner-full-control";
    assert.deepEqual(contexts(puts, "s3:x-amz-acl"), [acl, acl]);
  });

  it("for the error log name its stream, and its key for the writer and for the service", () => {
    const group = `arn:aws:logs:${place}:log-group:/aws/kinesisfirehose/events`;
    const [put, ...keys] = firehoseRequests(identity, encrypted).putLogEvents;
    assert.deepEqual(put?.caller, { roleArn: identity.roleArn, sessionName: "Firehose" });
    assert.equal(put.action, "logs:PutLogEvents");
    assert.equal(put.resource, `${group}:log-stream:DestinationDelivery`);
    assert.deepEqual(
      keys.map(({ caller }) => caller),
      [put.caller, { service: "logs.us-east-1.amazonaws.com" }],
    );
    for (const { context } of keys)
      assert.equal(context["kms:EncryptionContext:aws:logs:arn"], group);
    assert.equal(firehoseRequests(identity, plain).putLogEvents.length, 1);
    const { errorLog, ...unlogged } = identity;
    assert.ok(errorLog);
    assert.deepEqual(firehoseRequests(unlogged, encrypted).putLogEvents, []);
  });

  it("stay in their partition, and name services in China as China does", () => {
    const text = JSON.stringify({ identity, encrypted })
      .replaceAll("arn:aws:", "arn:aws-cn:")
      .replaceAll("us-east-1", "cn-north-1");
    const there = JSON.parse(text) as { identity: FirehoseIdentity; encrypted: typeof encrypted };
    const requests = firehoseRequests(there.identity, there.encrypted);
    const all = [...requests.getRecords, ...requests.putObject("1"), ...requests.putLogEvents];
    assert.doesNotMatch(JSON.stringify(all), /arn:aws:/);
    assert.deepEqual(
      contexts(ofKey(all), "kms:ViaService").filter((host) => host !== undefined),
      ["kinesis", "s3", "logs"].map((service) => `${service}.cn-north-1.amazonaws.com.cn`),
    );
  });
});

describe("the surroundings of a delivery stream", () => {
  const stream = (inputs: Properties) =>
    withArn(types.stream, "events", identity.source.arn, inputs);
  const bucket = (inputs: Properties = {}) =>
    withArn(types.bucket, "lake", identity.bucketArn, { bucket: "lake", ...inputs });
  const rule = (sseAlgorithm: string, bucketKeyEnabled: boolean) => ({
    applyServerSideEncryptionByDefault: { sseAlgorithm, kmsMasterKeyId: keyArn },
    bucketKeyEnabled,
  });
  const around = (
    resources: readonly ReturnType<typeof resourceOf>[],
    who: FirehoseIdentity = identity,
  ) => encryptionAndOwnershipOf(graphOf(...resources), who);

  it("have no key where AWS manages it", () => {
    const byAws = [
      stream({ encryptionType: "KMS", kmsKeyId: "alias/aws/kinesis" }),
      bucket({ serverSideEncryptionConfiguration: { rule: rule("AES256", false) } }),
    ];
    assert.deepEqual(around(byAws), { bucketKey: "disabled", foreignBucket: false });
    const unencrypted = stream({ encryptionType: "NONE", kmsKeyId: keyArn });
    assert.equal(around([unencrypted]).streamKey, undefined);
  });

  it("have the keys of stream, bucket and log group, by ARN, id or alias", () => {
    const alias = resourceOf("aws:kms/alias:Alias", "data", {
      name: "alias/data",
      targetKeyId: "k",
    });
    for (const reference of [keyArn, "k", "alias/data", `arn:aws:kms:${place}:alias/data`]) {
      const group = resourceOf(types.logGroup, "log", {
        name: "/aws/kinesisfirehose/events",
        kmsKeyId: reference,
      });
      const found = around(
        [alias, stream({ encryptionType: "KMS", kmsKeyId: reference }), bucket(), group],
        { ...identity, kmsKeyArn: reference },
      );
      assert.deepEqual(found, { ...encrypted, bucketKey: "disabled" }, reference);
    }
    const undeclared = around([stream({ encryptionType: "KMS", kmsKeyId: "alias/data" })]);
    assert.equal(undeclared.streamKey, `arn:aws:kms:${place}:alias/data`);
  });

  it("have the default encryption of the bucket, and know that of an unknown one not", () => {
    const configuration = resourceOf(types.encryption, "lake", {
      bucket: "lake",
      rules: [rule("aws:kms", true)],
    });
    const { objectKey, bucketKey } = around([bucket(), configuration]);
    assert.deepEqual([objectKey, bucketKey], [keyArn, "enabled"]);
    const inline = { serverSideEncryptionConfiguration: { rule: rule("aws:kms:dsse", true) } };
    assert.equal(around([bucket(inline)]).bucketKey, "disabled");
    assert.equal(around([bucket(inline)]).objectKey, keyArn);
    assert.equal(around([]).bucketKey, "unknown");
  });

  it("have what a pipeline is told of existing resources", () => {
    const told = resourceOf("streamlake:index:DeliveryPipeline", "events", {
      existing: {
        ...{ streamArn: identity.source.arn, keyArn },
        ...{ bucketArn: identity.bucketArn, bucketAccountId: "210987654321" },
      },
    });
    const { streamKey, foreignBucket } = around([told]);
    assert.deepEqual([streamKey, foreignBucket], [keyArn, true]);
  });

  it("are not guessed while they are unknown", () => {
    const later = stream({ encryptionType: "KMS", kmsKeyId: new Unknown() });
    assert.throws(() => around([later]), {
      message: /^aws:kinesis\/stream:Stream events: kmsKeyId is not known before a deployment$/,
    });
  });
});
