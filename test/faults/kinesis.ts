import { resource } from "../../policy/testing";
import type { Fault } from "./fault";

const type = "aws:kinesis/stream:Stream";

/** A resource policy in addition to the stream. */
const withPolicy = (policy: string): Pick<Fault, "type" | "becomes"> => ({
  type,
  becomes: (stream) => [
    stream,
    resource("aws:kinesis/resourcePolicy:ResourcePolicy", "open", { policy }),
  ],
});

const reading = (who: object): string =>
  JSON.stringify({ Statement: { Effect: "Allow", Action: "kinesis:Get*", Resource: "*", ...who } });

const unencrypted = ["firehose-sources-are-encrypted", "kinesis-streams-are-encrypted"];
const publicPolicy = ["kinesis-stream-policies-are-not-public"];

export const kinesisFaults: readonly Fault[] = [
  {
    what: "a stream without encryption",
    type,
    breaks: (props) => ({ ...props, encryptionType: "NONE" }),
    caughtBy: unencrypted,
  },
  {
    what: "a stream without encryption settings",
    type,
    breaks: (props) => ({ ...props, encryptionType: undefined, kmsKeyId: undefined }),
    caughtBy: unencrypted,
  },
  {
    what: "a stream with encryption, but without a key",
    type,
    breaks: (props) => ({ ...props, kmsKeyId: undefined }),
    caughtBy: unencrypted,
  },
  {
    what: "a stream with an AWS-managed key",
    type,
    breaks: (props) => ({ ...props, kmsKeyId: "alias/aws/kinesis" }),
    caughtBy: ["kinesis-streams-use-customer-managed-keys"],
  },
  {
    what: "a stream with the ARN of an AWS-managed key",
    type,
    breaks: (props) => ({
      ...props,
      kmsKeyId: "arn:aws:kms:eu-central-1:123456789012:alias/aws/kinesis",
    }),
    caughtBy: ["kinesis-streams-use-customer-managed-keys"],
  },
  {
    what: "a stream with a retention of 1 day",
    type,
    breaks: (props) => ({ ...props, retentionPeriod: undefined }),
    caughtBy: ["kinesis-streams-retain-records"],
  },
  {
    what: "a stream without the metrics that the config requires",
    type,
    breaks: (props) => ({ ...props, shardLevelMetrics: [] }),
    config: {
      "kinesis-streams-have-shard-level-metrics": { requiredMetrics: ["IteratorAgeMilliseconds"] },
    },
    caughtBy: ["kinesis-streams-have-shard-level-metrics"],
  },
  {
    what: "a stream without the tags that the config requires",
    type,
    breaks: (props) => ({ ...props, tags: { owner: "me" } }),
    config: { "kinesis-resources-have-tags": { requiredTags: ["owner"] } },
    caughtBy: ["kinesis-resources-have-tags"],
  },
  {
    what: "a stream that everyone may read",
    ...withPolicy(reading({ Principal: "*" })),
    caughtBy: publicPolicy,
  },
  {
    what: "a stream that every AWS account may read",
    ...withPolicy(reading({ Principal: { AWS: ["*"] } })),
    caughtBy: publicPolicy,
  },
  {
    what: "a stream that everyone except one role may read",
    ...withPolicy(reading({ NotPrincipal: { AWS: "arn:aws:iam::123456789012:role/thief" } })),
    caughtBy: publicPolicy,
  },
  {
    what: "a stream whose policy is not JSON",
    ...withPolicy("{ Statement: [] }"),
    caughtBy: publicPolicy,
  },
  {
    what: "a stream of larger records than Firehose accepts",
    type,
    breaks: (props) => ({ ...props, maxRecordSizeInKib: 10_240 }),
    caughtBy: ["firehose-sources-have-deliverable-records"],
  },
];
