import { firehoseSourcesAreEncrypted } from "../../../policy/rules/firehose/firehoseSourcesAreEncrypted";
import { resource, unknown } from "../../../policy/testing";
import type { TestResource, WireProperties } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";
import { deliveryStream } from "./resources";

const stream = (props: WireProperties, name = "events"): TestResource =>
  resource("aws:kinesis/stream:Stream", name, { name, ...props });
const arn = (name: string) => `arn:aws:kinesis:eu-central-1:123456789012:stream/${name}`;
const reading = (kinesisStreamArn: unknown, ...origins: readonly TestResource[]): TestResource =>
  deliveryStream(
    { kinesisSourceConfiguration: { kinesisStreamArn, roleArn: unknown } },
    { kinesisSourceConfiguration: origins },
  )[0];
const encryption = { encryptionType: "KMS", kmsKeyId: "alias/aws/kinesis" };
const encrypted = stream(encryption);
const plain = stream({ encryptionType: "NONE" });
const messages = [/The source, stream "events", is not encrypted: set its encryptionType to "KMS"/];

export const firehoseSourcesAreEncryptedTable: PolicyTable = {
  policy: firehoseSourcesAreEncrypted,
  pass: {
    "an encrypted stream": { resources: [reading(unknown, encrypted), encrypted] },
    "an encrypted stream next to an unencrypted one": {
      resources: [reading(unknown, encrypted), stream({}, "other"), encrypted],
    },
    "a stream whose key will be created": {
      resources: [
        reading(arn("events")),
        stream({ ...encryption, kmsKeyId: unknown, arn: arn("events") }),
      ],
    },
  },
  fail: {
    "a stream that has no encryption settings": {
      resources: [reading(unknown, stream({})), stream({})],
      messages,
    },
    "a stream with encryption disabled": {
      resources: [reading(unknown, plain), plain],
      messages,
    },
    "a stream without a key": {
      resources: [reading(unknown, plain), stream({ encryptionType: "KMS" })],
      messages,
    },
    "a stream that is linked by its ARN": {
      resources: [reading(arn("events")), stream({ arn: arn("events") })],
      messages,
    },
  },
  undecided: {
    "an unknown encryption of the source": {
      resources: [reading(unknown, plain), stream({ ...encryption, encryptionType: unknown })],
      what: 'the encryption of the source of "delivery"',
    },
    "an unknown source": {
      resources: [reading(unknown), plain],
      what: 'the source of "delivery"',
    },
  },
  notApplicable: {
    "a delivery stream without a Kinesis source": {
      resources: [...deliveryStream({}), plain],
      reason: /does not read a Kinesis stream/,
    },
    "a source that is not declared in this stack": {
      resources: [reading(arn("elsewhere")), stream({ arn: arn("events") })],
      reason: /not declared in this stack/,
    },
  },
  anyValuePasses: ["kmsKeyId", "name", "kinesisSourceConfiguration.roleArn"],
};
