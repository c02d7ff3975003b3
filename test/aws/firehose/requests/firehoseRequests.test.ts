import assert from "node:assert/strict";
import type {
  EncryptionAndOwnership,
  FirehoseIdentity,
} from "../../../../aws/firehose/requests/firehoseIdentity";
import { firehoseRequests } from "../../../../aws/firehose/requests/firehoseRequests";
import type { AccessRequest } from "../../../../aws/iam/accessRequest";

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
const unencrypted: EncryptionAndOwnership = { bucketKey: "enabled", foreignBucket: false };
const encrypted: EncryptionAndOwnership = {
  ...unencrypted,
  ...{ streamKey: keyArn, objectKey: keyArn, logKey: keyArn },
};

const actions = (requests: readonly AccessRequest[]) => requests.map(({ action }) => action);
const contexts = (requests: readonly AccessRequest[], key: string) =>
  requests.map(({ context }) => context[key]);
const kmsRequests = (requests: readonly AccessRequest[]) =>
  requests.filter(({ action }) => action.startsWith("kms:"));

/** Without the keys that AWS leaves out. */
function keysWithValues(context: AccessRequest["context"]): AccessRequest["context"] {
  return Object.fromEntries(Object.entries(context).filter(([, value]) => value.length > 0));
}

describe("firehoseRequests", () => {
  it("assumes both roles with the account of the delivery stream as external ID", () => {
    const { assumeSourceRole, assumeDeliveryRole } = firehoseRequests(identity, unencrypted);
    assert.deepEqual(
      [...assumeSourceRole, ...assumeDeliveryRole].map(({ caller, action, resource, context }) => [
        ...[caller, action, resource, context["sts:ExternalId"]],
      ]),
      [source.roleArn, identity.roleArn].map((roleArn) => [
        ...[{ service: "firehose.amazonaws.com" }, "sts:AssumeRole", roleArn, account],
      ]),
    );
  });

  it("reads the stream in a session of the source role, over TLS", () => {
    const { describeStream, listShards, getShardIterator, getRecords } = firehoseRequests(
      identity,
      unencrypted,
    );
    const all = [...describeStream, ...listShards, ...getShardIterator, ...getRecords];
    assert.deepEqual(actions(all), [
      "kinesis:DescribeStream",
      "kinesis:ListShards",
      "kinesis:GetShardIterator",
      "kinesis:GetRecords",
    ]);
    for (const { caller, resource, context } of all) {
      assert.deepEqual(caller, { roleArn: source.roleArn, sessionName: "Firehose" });
      assert.equal(resource, source.arn);
      assert.deepEqual(keysWithValues(context), {
        "aws:PrincipalAccount": account,
        "aws:PrincipalArn": source.roleArn,
        "aws:PrincipalIsAWSService": "false",
        "aws:PrincipalType": "AssumedRole",
        "aws:RequestedRegion": "us-east-1",
        "aws:SecureTransport": "true",
        "aws:ViaAWSService": "false",
      });
    }
  });

  it("makes no call to a source if producers put records, whatever is encrypted", () => {
    const directPut = { ...identity, source: { type: "direct-put" } } as const;
    const { assumeSourceRole, describeStream, listShards, getShardIterator, getRecords, ...rest } =
      firehoseRequests(directPut, encrypted);
    assert.deepEqual(
      [assumeSourceRole, describeStream, listShards, getShardIterator, getRecords],
      [[], [], [], [], []],
    );
    const { assumeDeliveryRole, getBucketLocation, putLogEvents } = firehoseRequests(
      identity,
      encrypted,
    );
    assert.deepEqual(
      [rest.assumeDeliveryRole, rest.getBucketLocation, rest.putLogEvents],
      [assumeDeliveryRole, getBucketLocation, putLogEvents],
    );
    assert.deepEqual(actions(rest.putObject("raw/1.gz")), ["s3:PutObject", "kms:GenerateDataKey"]);
  });

  it("decrypts records of an encrypted stream with the stream as encryption context", () => {
    const [, decrypt, ...others] = firehoseRequests(identity, encrypted).getRecords;
    assert.deepEqual(others, []);
    assert.equal(decrypt?.action, "kms:Decrypt");
    assert.equal(decrypt.resource, keyArn);
    const { context } = decrypt;
    assert.equal(context["kms:ViaService"], "kinesis.us-east-1.amazonaws.com");
    assert.equal(context["kms:EncryptionContext:aws:kinesis:arn"], source.arn);
    assert.deepEqual(context["kms:EncryptionContextKeys"], ["aws:kinesis:arn"]);
    assert.equal(context["kms:CallerAccount"], account);
    assert.equal(context["aws:ViaAWSService"], "true");
    // Whether Kinesis sets this key is not documented.
    assert.equal(context["aws:CalledVia"], undefined);
  });

  it("calls S3 in a session of the delivery role, over TLS 1.3", () => {
    const { getBucketLocation, putObject } = firehoseRequests(identity, unencrypted);
    const [location] = getBucketLocation;
    const [put, ...others] = putObject("raw/1.gz");
    assert.deepEqual(others, []);
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
    assert.deepEqual(put.context["s3:x-amz-server-side-encryption"], []);
    // Whether Firehose always sends an ACL is not documented.
    assert.equal(put.context["s3:x-amz-acl"], undefined);
  });

  it("requests encryption with the key that the delivery stream specifies", () => {
    const [put] = firehoseRequests({ ...identity, kmsKeyArn: keyArn }, encrypted).putObject("1");
    assert.equal(put?.context["s3:x-amz-server-side-encryption"], "aws:kms");
    assert.equal(put.context["s3:x-amz-server-side-encryption-aws-kms-key-id"], keyArn);
  });

  it("uses the bucket as encryption context with a Bucket Key, and otherwise the object", () => {
    const used = (bucketKey: EncryptionAndOwnership["bucketKey"]) => {
      const { putObject } = firehoseRequests(identity, { ...encrypted, bucketKey });
      return contexts(kmsRequests(putObject("1")), "kms:EncryptionContext:aws:s3:arn");
    };
    assert.deepEqual(used("enabled"), ["arn:aws:s3:::lake"]);
    assert.deepEqual(used("disabled"), ["arn:aws:s3:::lake/1"]);
    assert.deepEqual(used("unknown"), ["arn:aws:s3:::lake", "arn:aws:s3:::lake/1"]);
  });

  it("also decrypts with the object key if the buffer interval is below 60 s", () => {
    const used = (bufferSeconds: number) =>
      actions(
        kmsRequests(firehoseRequests({ ...identity, bufferSeconds }, encrypted).putObject("1")),
      );
    assert.deepEqual(used(60), ["kms:GenerateDataKey"]);
    assert.deepEqual(used(59), ["kms:GenerateDataKey", "kms:Decrypt"]);
    assert.deepEqual(used(0), ["kms:GenerateDataKey", "kms:Decrypt"]);
  });

  it("gives the bucket owner control of objects in another account's bucket", () => {
    const puts = firehoseRequests(identity, { ...unencrypted, foreignBucket: true }).putObject("1");
    assert.deepEqual(actions(puts), ["s3:PutObject", "s3:PutObjectAcl"]);
    const acl = "bucket-owner-full-control";
    assert.deepEqual(contexts(puts, "s3:x-amz-acl"), [acl, acl]);
  });

  it("uses the key of the error log for the writer and for CloudWatch Logs itself", () => {
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
    assert.equal(firehoseRequests(identity, unencrypted).putLogEvents.length, 1);
    const { errorLog, ...unlogged } = identity;
    assert.ok(errorLog);
    assert.deepEqual(firehoseRequests(unlogged, encrypted).putLogEvents, []);
  });

  it("stays in its partition, and uses the service domain of China there", () => {
    const inChina = JSON.stringify({ identity, encrypted })
      .replaceAll("arn:aws:", "arn:aws-cn:")
      .replaceAll("us-east-1", "cn-north-1");
    const there = JSON.parse(inChina) as {
      identity: FirehoseIdentity;
      encrypted: typeof encrypted;
    };
    const requests = firehoseRequests(there.identity, there.encrypted);
    const all = [...requests.getRecords, ...requests.putObject("1"), ...requests.putLogEvents];
    assert.doesNotMatch(JSON.stringify(all), /arn:aws:/);
    assert.deepEqual(
      contexts(kmsRequests(all), "kms:ViaService").filter((host) => host !== undefined),
      ["kinesis", "s3", "logs"].map((service) => `${service}.cn-north-1.amazonaws.com.cn`),
    );
  });
});
