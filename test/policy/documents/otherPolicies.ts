import { account, organization, pages, type PolicyCase, statementsFor } from "./policyCase";

const stream = statementsFor({
  Action: ["kinesis:GetRecords", "kinesis:GetShardIterator"],
  Resource: `arn:aws:kinesis:eu-central-1:${account}:stream/events`,
});
const { kinesisPolicies, keys, operators, evaluation, snsPolicies, snsConfig, sqsPolicies } = pages;

/** Resource policies of streams. */
export const streamPolicies: readonly PolicyCase[] = [
  ["everyone", "public", kinesisPolicies, stream.allow()],
  [
    "a role of another account",
    "private",
    kinesisPolicies,
    stream.allow({ Principal: { AWS: "arn:aws:iam::210987654321:role/reader" } }),
  ],
  [
    "an organization",
    "private",
    keys,
    stream.when("StringEquals", "aws:PrincipalOrgID", organization),
  ],
  ["a network", "private", keys, stream.when("IpAddress", "aws:SourceIp", "203.0.113.0/24")],
  ["most networks", "public", keys, stream.when("IpAddress", "aws:SourceIp", "128.0.0.0/2")],
  ["a Region", "public", keys, stream.when("StringEquals", "aws:RequestedRegion", "eu-central-1")],
  [
    "functions of an account",
    "private",
    keys,
    stream.when(
      "ArnLike",
      "lambda:SourceFunctionArn",
      `arn:aws:lambda:eu-central-1:${account}:function:*`,
    ),
  ],
  [
    "a function name in any account",
    "public",
    keys,
    stream.when("ArnLike", "lambda:SourceFunctionArn", "arn:aws:lambda:*:*:function:reader"),
  ],
  [
    "everyone, with a Deny outside an organization",
    "private",
    evaluation,
    stream.allow(),
    stream.denyWhen("StringNotEquals", "aws:PrincipalOrgID", organization),
  ],
  [
    "everyone, with a Deny of one of two actions",
    "public",
    evaluation,
    stream.allow(),
    stream.denyWhen("StringNotEquals", "aws:PrincipalOrgID", organization, {
      Action: "kinesis:GetRecords",
    }),
  ],
  [
    "everyone, with a Deny on another stream",
    "public",
    evaluation,
    stream.allow(),
    stream.denyWhen("StringNotEquals", "aws:PrincipalOrgID", organization, {
      Resource: `arn:aws:kinesis:eu-central-1:${account}:stream/other`,
    }),
  ],
];

const topic = statementsFor({
  Action: ["sns:Publish", "sns:Subscribe"],
  Resource: `arn:aws:sns:eu-central-1:${account}:alarms`,
});

/** Access policies of topics. */
export const topicPolicies: readonly PolicyCase[] = [
  [
    "the default policy of a topic",
    "private",
    snsPolicies,
    topic.allow({
      Principal: { AWS: "*" },
      Condition: { StringEquals: { "AWS:SourceOwner": account } },
    }),
  ],
  ["everyone", "public", snsConfig, topic.allow()],
  ["every account", "public", snsConfig, topic.allow({ Principal: { AWS: "*" } })],
  ["all but an account", "public", snsConfig, topic.allow({ NotPrincipal: { AWS: account } })],
  ["an account", "private", snsPolicies, topic.allow({ Principal: { AWS: account } })],
  [
    "a service",
    "private",
    snsPolicies,
    topic.allow({ Principal: { Service: "cloudwatch.amazonaws.com" } }),
  ],
  [
    "a bucket as source, in the older form",
    "private",
    snsPolicies,
    topic.when("ArnLike", "aws:SourceArn", "arn:aws:s3:*:*:lake"),
  ],
  [
    "any bucket as source, in the older form",
    "public",
    snsConfig,
    topic.when("ArnLike", "aws:SourceArn", "arn:aws:s3:*:*:lake*"),
  ],
  [
    "alarms of an account",
    "private",
    snsPolicies,
    topic.when("ArnLike", "aws:SourceArn", `arn:aws:cloudwatch:*:${account}:alarm:*`),
  ],
  [
    "alarms of any account",
    "public",
    snsConfig,
    topic.when("ArnLike", "aws:SourceArn", "arn:aws:cloudwatch:*:*:alarm:*"),
  ],
  [
    "an organization",
    "private",
    snsPolicies,
    topic.when("StringEquals", "aws:PrincipalOrgID", organization),
  ],
  ["a protocol", "public", snsConfig, topic.when("StringEquals", "sns:Protocol", "https")],
  ["an endpoint", "public", snsConfig, topic.when("StringLike", "sns:Endpoint", "*@example.com")],
  [
    "an endpoint of a VPC",
    "private",
    snsPolicies,
    topic.when("StringEquals", "aws:SourceVpce", "vpce-1a2b3c4d"),
  ],
  [
    "everyone, with a Deny outside a VPC endpoint",
    "private",
    evaluation,
    topic.allow(),
    topic.denyWhen("StringNotEquals", "aws:SourceVpce", "vpce-1a2b3c4d", { Action: "sns:*" }),
  ],
  [
    "everyone, with a Deny of publishing without TLS",
    "public",
    evaluation,
    topic.allow(),
    topic.denyWhen("Bool", "aws:SecureTransport", "false", { Action: "sns:Publish" }),
  ],
];

const queue = statementsFor({
  Action: "sqs:SendMessage",
  Resource: `arn:aws:sqs:eu-central-1:${account}:events`,
});

/** Policies of queues. */
export const queuePolicies: readonly PolicyCase[] = [
  ["everyone", "public", sqsPolicies, queue.allow()],
  ["everyone with all actions", "public", sqsPolicies, queue.allow({ Action: "sqs:*" })],
  [
    "two accounts",
    "private",
    sqsPolicies,
    queue.allow({ Principal: { AWS: [account, "210987654321"] } }),
  ],
  [
    "a network, except for one address",
    "private",
    sqsPolicies,
    queue.allow({
      Condition: {
        IpAddress: { "aws:SourceIp": "203.0.113.0/24" },
        NotIpAddress: { "aws:SourceIp": "203.0.113.188/32" },
      },
    }),
  ],
  [
    "everywhere except for one address",
    "public",
    operators,
    queue.when("NotIpAddress", "aws:SourceIp", "203.0.113.188/32"),
  ],
  [
    "a time",
    "public",
    sqsPolicies,
    queue.allow({
      Condition: {
        DateGreaterThan: { "aws:CurrentTime": "2026-01-31T12:00Z" },
        DateLessThan: { "aws:CurrentTime": "2026-01-31T15:00Z" },
      },
    }),
  ],
  [
    "a topic as source",
    "private",
    sqsPolicies,
    queue.when("ArnEquals", "aws:SourceArn", `arn:aws:sns:eu-central-1:${account}:alarms`),
  ],
  [
    "a topic name in any account",
    "public",
    sqsPolicies,
    queue.when("ArnLike", "aws:SourceArn", "arn:aws:sns:eu-central-1:*:alarms"),
  ],
  [
    "a topic as source, if there is one",
    "public",
    operators,
    queue.when("ArnEqualsIfExists", "aws:SourceArn", `arn:aws:sns:eu-central-1:${account}:alarms`),
  ],
  [
    "a topic as source, in a policy variable",
    "public",
    pages.variables,
    queue.when("ArnLike", "aws:SourceArn", "arn:aws:sns:eu-central-1:${aws:SourceAccount}:alarms"),
  ],
  [
    "a rule of an account as source",
    "private",
    sqsPolicies,
    queue.allow({
      Principal: { Service: "events.amazonaws.com" },
      Condition: { ArnLike: { "aws:SourceArn": `arn:aws:events:*:${account}:rule/*` } },
    }),
  ],
  [
    "everyone, with a Deny outside an account",
    "private",
    evaluation,
    queue.allow(),
    queue.denyWhen("StringNotEquals", "aws:PrincipalAccount", account, { Action: "sqs:*" }),
  ],
  [
    "everyone, with a Deny of receiving outside an account",
    "public",
    evaluation,
    queue.allow(),
    queue.denyWhen("StringNotEquals", "aws:PrincipalAccount", account, {
      Action: "sqs:ReceiveMessage",
    }),
  ],
];
