import { snsTopicPoliciesAreNotPublic } from "../../../policy/rules/sns/snsTopicPoliciesAreNotPublic";
import { snsTopicPoliciesHaveNoExclusions } from "../../../policy/rules/sns/snsTopicPoliciesHaveNoExclusions";
import { snsTopicPoliciesRequireTls } from "../../../policy/rules/sns/snsTopicPoliciesRequireTls";
import { snsTopicPoliciesRestrictOtherAccounts } from "../../../policy/rules/sns/snsTopicPoliciesRestrictOtherAccounts";
import { resource, secret, unknown } from "../../../policy/testing";
import type { TestResource } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";

const arn = "arn:aws:sns:eu-central-1:123456789012:on-call";
const topic = (policy?: unknown): TestResource =>
  resource("aws:sns/topic:Topic", "on-call", { name: "on-call", arn, policy });
const topicPolicy = (policy: unknown, of: unknown = arn): TestResource =>
  resource("aws:sns/topicPolicy:TopicPolicy", "policy", { arn: of, policy });
const json = (...Statement: readonly unknown[]) => topicPolicy(JSON.stringify({ Statement }));
const object = (...Statement: readonly unknown[]) => topicPolicy({ Statement });

const good = {
  Effect: "Allow",
  Principal: { Service: "cloudwatch.amazonaws.com" },
  Action: "sns:Publish",
  Resource: arn,
};
const everyone = { ...good, Principal: { AWS: "*" } };
const hidden = secret(JSON.stringify({ Statement: good }));
const unreadable = { resources: [topicPolicy("{hunter2")], reason: /cannot be read/ };
const bare = { resources: [topic()], reason: /there is no resource policy/ };
const isPublic = [
  /policy: Statement\[0\] allows everyone: specify principals, or add a condition on aws:SourceArn/,
];

export const snsTopicPoliciesAreNotPublicTable: PolicyTable = {
  policy: snsTopicPoliciesAreNotPublic,
  pass: {
    "a service": { resources: [json(good)] },
    "a secret document": { resources: [topicPolicy(hidden)] },
    "the default policy of SNS": {
      resources: [
        topic({
          Statement: {
            ...everyone,
            Action: ["SNS:Publish", "SNS:Subscribe"],
            Condition: { StringEquals: { "AWS:SourceOwner": "123456789012" } },
          },
        }),
      ],
    },
    "everyone on behalf of a bucket": {
      resources: [
        json({ ...everyone, Condition: { ArnLike: { "aws:SourceArn": "arn:aws:s3:::lake" } } }),
      ],
    },
    "a Deny statement for everyone": { resources: [json({ ...everyone, Effect: "Deny" })] },
  },
  fail: {
    everyone: { resources: [json(everyone)], messages: isPublic },
    "everyone in an in-line policy": {
      resources: [topic({ Statement: { ...good, Principal: "*" } })],
      messages: isPublic,
    },
    "everyone but one": {
      resources: [json({ ...good, Principal: undefined, NotPrincipal: { AWS: "123456789012" } })],
      messages: isPublic,
    },
    "everyone who subscribes by a protocol": {
      resources: [json({ ...everyone, Condition: { StringEquals: { "sns:Protocol": "https" } } })],
      messages: isPublic,
    },
    "a string that is not JSON, without quoting it": {
      resources: [topicPolicy("hunter2")],
      messages: [/policy: is not valid JSON\.$/],
    },
  },
  undecided: {
    "an unknown document": { resources: [topicPolicy(unknown)], what: "policy" },
    "an unknown principal": {
      resources: [object({ ...good, Principal: unknown })],
      what: "policy",
    },
  },
  notApplicable: { "a topic without a policy": bare },
};

export const snsTopicPoliciesHaveNoExclusionsTable: PolicyTable = {
  policy: snsTopicPoliciesHaveNoExclusions,
  pass: {
    "an action": { resources: [json(good)] },
    "a secret document": { resources: [topicPolicy(hidden)] },
    "a Deny statement with exclusions": {
      resources: [json({ ...good, Effect: "Deny", Action: undefined, NotAction: "sns:Publish" })],
    },
  },
  fail: {
    "an Allow statement with exclusions": {
      resources: [json({ ...good, Action: undefined, NotAction: "sns:DeleteTopic" })],
      messages: [/policy: Statement\[0\] allows every action except those in NotAction/],
    },
    "an in-line policy with exclusions": {
      resources: [topic({ Statement: [good, { ...good, Action: undefined, NotAction: ["a:B"] }] })],
      messages: [/policy: Statement\[1\] allows every action except/],
    },
  },
  undecided: { "an unknown document": { resources: [topicPolicy(unknown)], what: "policy" } },
  notApplicable: { "a topic without a policy": bare, "an unreadable document": unreadable },
};

const other = { ...good, Principal: { AWS: "arn:aws:iam::210987654321:role/publisher" } };
const foreign = [
  /policy: Statement\[0\] allows another account to use the topic without a condition: add a condition, or/,
];

export const snsTopicPoliciesRestrictOtherAccountsTable: PolicyTable = {
  policy: snsTopicPoliciesRestrictOtherAccounts,
  pass: {
    "a service": { resources: [json(good)] },
    "the topic's own account": {
      resources: [json({ ...good, Principal: { AWS: "123456789012" } })],
    },
    "the own account of an in-line policy": {
      resources: [topic({ Statement: { ...good, Principal: { AWS: "123456789012" } } })],
    },
    "another account with a condition": {
      resources: [json({ ...other, Condition: { StringEquals: { "sns:Protocol": "sqs" } } })],
    },
    "an account in the config": {
      resources: [json(other)],
      config: { allowedAccounts: ["210987654321"] },
    },
    "a Deny statement": { resources: [json({ ...other, Effect: "Deny" })] },
    "a secret document": { resources: [topicPolicy(hidden)] },
  },
  fail: {
    "another account": { resources: [json(other)], messages: foreign },
    "another account in an in-line policy": {
      resources: [topic({ Statement: { ...other, Principal: { AWS: ["210987654321"] } } })],
      messages: foreign,
    },
    "an account that is not the one in the config": {
      resources: [json(other)],
      config: { allowedAccounts: ["111122223333"] },
      messages: foreign,
    },
  },
  undecided: {
    "an unknown document": { resources: [topicPolicy(unknown)], what: 'policy of "policy"' },
    "an unknown principal": {
      resources: [object({ ...other, Principal: { AWS: unknown } })],
      what: 'policy of "policy"',
    },
    "an unknown condition": {
      resources: [object({ ...other, Condition: unknown })],
      what: 'policy of "policy"',
    },
    "an account of a topic that will be created": {
      resources: [topicPolicy({ Statement: other }, unknown)],
      what: 'the account of the resource of "policy"',
    },
  },
  notApplicable: { "a topic without a policy": bare, "an unreadable document": unreadable },
};

const tls = {
  ...everyone,
  Effect: "Deny",
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};

export const snsTopicPoliciesRequireTlsTable: PolicyTable = {
  policy: snsTopicPoliciesRequireTls,
  pass: {
    "a policy that denies to publish without TLS": { resources: [json(good, tls)] },
    "a policy that denies all actions of SNS": {
      resources: [json({ ...tls, Principal: "*", Action: ["SNS:*"], Resource: "*" })],
    },
    "an in-line policy": { resources: [topic({ Statement: tls })] },
    "a topic with a separate policy": { resources: [topic(), json(tls)] },
    "a secret document": {
      resources: [topicPolicy(secret(JSON.stringify({ Statement: tls })))],
    },
  },
  fail: {
    "a topic without a policy": {
      resources: [topic()],
      messages: [
        /The topic has no policy, which could deny sns:Publish without TLS: add an aws\.sns/,
      ],
    },
    "a topic next to the policy of another": {
      resources: [topic(), topicPolicy({ Statement: tls }, `${arn}-2`)],
      violating: ["policy", "on-call"],
      messages: [/it does not deny requests without TLS to its ARN/, /The topic has no policy/],
    },
    "a policy without a Deny statement": {
      resources: [json(good)],
      messages: [/policy: it does not deny requests without TLS\.$/],
    },
    "a policy that denies to subscribe": {
      resources: [json({ ...tls, Action: "sns:Subscribe" })],
      messages: [/Statement\[0\] tests aws:SecureTransport, but its Action is not "sns:Publish"/],
    },
    "a policy that denies it to some": {
      resources: [json({ ...tls, Principal: { AWS: "123456789012" } })],
      messages: [/its Principal is not "\*"/],
    },
    "an in-line policy for another topic": {
      resources: [topic({ Statement: { ...tls, Resource: `${arn}-2` } })],
      messages: [/it does not deny requests without TLS to its ARN/],
    },
  },
  undecided: {
    "an unknown document": { resources: [topicPolicy(unknown)], what: 'policy of "policy"' },
    "an unknown resource": {
      resources: [object({ ...tls, Resource: unknown })],
      what: 'policy of "policy"',
    },
    "the policy of an unknown topic": {
      resources: [topicPolicy({ Statement: tls }, unknown)],
      what: 'policy of "policy"',
    },
    "a topic while the topic of a policy is unknown": {
      resources: [topic(), topicPolicy({ Statement: { ...tls, Resource: "*" } }, unknown)],
      what: 'the topic policy of "on-call"',
    },
  },
  notApplicable: { "an unreadable document": unreadable },
};
