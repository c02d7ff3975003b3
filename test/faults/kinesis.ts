import { resource } from "../../policy/testing";
import type { Fault } from "./fault";

const type = "aws:kinesis/stream:Stream";

/** A resource policy beside the stream. */
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
    what: "a stream that says nothing of encryption",
    type,
    breaks: (props) => ({ ...props, encryptionType: undefined, kmsKeyId: undefined }),
    caughtBy: unencrypted,
  },
  {
    what: "a stream to be encrypted without a key",
    type,
    breaks: (props) => ({ ...props, kmsKeyId: undefined }),
    caughtBy: unencrypted,
  },
  {
    what: "a stream encrypted with a key that AWS manages",
    type,
    breaks: (props) => ({ ...props, kmsKeyId: "alias/aws/kinesis" }),
    caughtBy: ["kinesis-streams-use-customer-managed-keys"],
  },
  {
    what: "a stream encrypted with such a key by its ARN",
    type,
    breaks: (props) => ({
      ...props,
      kmsKeyId: "arn:aws:kms:eu-central-1:123456789012:alias/aws/kinesis",
    }),
    caughtBy: ["kinesis-streams-use-customer-managed-keys"],
  },
  {
    what: "a stream that forgets after a day",
    type,
    breaks: (props) => ({ ...props, retentionPeriod: undefined }),
    caughtBy: ["kinesis-streams-retain-records"],
  },
  {
    what: "a stream without the metrics that the config asks for",
    type,
    breaks: (props) => ({ ...props, shardLevelMetrics: [] }),
    config: {
      "kinesis-streams-have-shard-level-metrics": { requiredMetrics: ["IteratorAgeMilliseconds"] },
    },
    caughtBy: ["kinesis-streams-have-shard-level-metrics"],
  },
  {
    what: "a stream without the tags that the config asks for",
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
    what: "a stream that everyone but one may read",
    ...withPolicy(reading({ NotPrincipal: { AWS: "arn:aws:iam::123456789012:role/thief" } })),
    caughtBy: publicPolicy,
  },
  {
    what: "a stream whose policy is no JSON",
    ...withPolicy("{ Statement: [] }"),
    caughtBy: publicPolicy,
  },
];
