import { sqsQueuePoliciesAreNotPublic } from "../../../policy/rules/sqs/sqsQueuePoliciesAreNotPublic";
import { sqsQueuePoliciesHaveNoExclusions } from "../../../policy/rules/sqs/sqsQueuePoliciesHaveNoExclusions";
import { sqsQueuePoliciesRequireTls } from "../../../policy/rules/sqs/sqsQueuePoliciesRequireTls";
import { sqsQueuesAreEncrypted } from "../../../policy/rules/sqs/sqsQueuesAreEncrypted";
import { sqsQueuesUseCustomerManagedKeys } from "../../../policy/rules/sqs/sqsQueuesUseCustomerManagedKeys";
import { resource, secret, unknown } from "../../../policy/testing";
import type { TestResource, WireProperties } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";

const url = "https://sqs.eu-central-1.amazonaws.com/123456789012/work";
const arn = "arn:aws:sqs:eu-central-1:123456789012:work";
const key = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd";
const queue = (props: WireProperties = {}): TestResource =>
  resource("aws:sqs/queue:Queue", "work", { url, ...props });
const queuePolicy = (policy: unknown, queueUrl: unknown = url): TestResource =>
  resource("aws:sqs/queuePolicy:QueuePolicy", "policy", { queueUrl, policy });
const json = (...Statement: readonly unknown[]) => queuePolicy(JSON.stringify({ Statement }));
const object = (...Statement: readonly unknown[]) => queuePolicy({ Statement });

export const sqsQueuesAreEncryptedTable: PolicyTable = {
  policy: sqsQueuesAreEncrypted,
  pass: {
    "the default, which is encryption by SQS": { resources: [queue()] },
    "encryption by SQS": { resources: [queue({ sqsManagedSseEnabled: true })] },
    "a key": { resources: [queue({ kmsMasterKeyId: key, sqsManagedSseEnabled: false })] },
    "a secret key": { resources: [queue({ kmsMasterKeyId: secret(key) })] },
  },
  fail: {
    "no encryption": {
      resources: [queue({ sqsManagedSseEnabled: false })],
      messages: [/sqsManagedSseEnabled is not true, and kmsMasterKeyId is absent: remove the one/],
    },
    "an empty key": {
      resources: [queue({ sqsManagedSseEnabled: false, kmsMasterKeyId: "" })],
      messages: [/kmsMasterKeyId is absent/],
    },
  },
  undecided: {
    "a key that will be created": {
      resources: [queue({ sqsManagedSseEnabled: false, kmsMasterKeyId: unknown })],
      what: "kmsMasterKeyId",
    },
    "an unknown flag": {
      resources: [queue({ sqsManagedSseEnabled: unknown })],
      what: "sqsManagedSseEnabled",
    },
  },
};

export const sqsQueuesUseCustomerManagedKeysTable: PolicyTable = {
  policy: sqsQueuesUseCustomerManagedKeys,
  pass: {
    "a key": { resources: [queue({ kmsMasterKeyId: key })] },
    "an alias of the account": { resources: [queue({ kmsMasterKeyId: "alias/work" })] },
    "a secret key": { resources: [queue({ kmsMasterKeyId: secret(key) })] },
  },
  fail: {
    "the default": {
      resources: [queue()],
      messages: [/kmsMasterKeyId is absent: set it to the ARN of a KMS key/],
    },
    "an AWS-managed key": {
      resources: [queue({ kmsMasterKeyId: "alias/aws/sqs" })],
      messages: [/kmsMasterKeyId is an AWS-managed key/],
    },
  },
  undecided: {
    "a key that will be created": {
      resources: [queue({ kmsMasterKeyId: unknown })],
      what: "kmsMasterKeyId",
    },
  },
};

const good = {
  Effect: "Allow",
  Principal: { Service: "sns.amazonaws.com" },
  Action: "sqs:SendMessage",
  Resource: arn,
};
const everyone = { ...good, Principal: "*" };
const hidden = secret(JSON.stringify({ Statement: good }));
const unreadable = { resources: [queuePolicy("{hunter2")], reason: /cannot be read/ };
const bare = { resources: [queue()], reason: /there is no resource policy/ };
const isPublic = [/policy: Statement\[0\] allows everyone: specify principals, or add a condition/];

export const sqsQueuePoliciesAreNotPublicTable: PolicyTable = {
  policy: sqsQueuePoliciesAreNotPublic,
  pass: {
    "a service": { resources: [json(good)] },
    "a secret document": { resources: [queuePolicy(hidden)] },
    "everyone on behalf of a topic": {
      resources: [
        json({
          ...everyone,
          Condition: {
            ArnEquals: { "aws:SourceArn": "arn:aws:sns:eu-central-1:123456789012:on-call" },
          },
        }),
      ],
    },
    "an in-line policy": { resources: [queue({ policy: { Statement: good } })] },
  },
  fail: {
    everyone: { resources: [json(everyone)], messages: isPublic },
    "everyone in an in-line policy": {
      resources: [queue({ policy: JSON.stringify({ Statement: everyone }) })],
      messages: isPublic,
    },
    "everyone with TLS": {
      resources: [json({ ...everyone, Condition: { Bool: { "aws:SecureTransport": "true" } } })],
      messages: isPublic,
    },
    "a string that is not JSON, without quoting it": {
      resources: [queuePolicy("hunter2")],
      messages: [/policy: is not valid JSON\.$/],
    },
  },
  undecided: {
    "an unknown document": { resources: [queuePolicy(unknown)], what: "policy" },
    "an unknown principal": {
      resources: [object({ ...good, Principal: { AWS: [unknown] } })],
      what: "policy",
    },
  },
  notApplicable: { "a queue without a policy": bare },
};

export const sqsQueuePoliciesHaveNoExclusionsTable: PolicyTable = {
  policy: sqsQueuePoliciesHaveNoExclusions,
  pass: {
    "an action": { resources: [json(good)] },
    "a secret document": { resources: [queuePolicy(hidden)] },
  },
  fail: {
    "an Allow statement with exclusions": {
      resources: [json({ ...good, Action: undefined, NotAction: "sqs:DeleteQueue" })],
      messages: [/policy: Statement\[0\] allows every action except those in NotAction/],
    },
  },
  undecided: { "an unknown document": { resources: [queuePolicy(unknown)], what: "policy" } },
  notApplicable: { "a queue without a policy": bare, "an unreadable document": unreadable },
};

const tls = {
  ...everyone,
  Effect: "Deny",
  Action: "sqs:*",
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};

export const sqsQueuePoliciesRequireTlsTable: PolicyTable = {
  policy: sqsQueuePoliciesRequireTls,
  pass: {
    "a policy that denies all actions without TLS": { resources: [json(good, tls)] },
    "a policy on every resource": {
      resources: [json({ ...tls, Action: "*", Resource: "*" })],
    },
    "an in-line policy": { resources: [queue({ arn, policy: { Statement: tls } })] },
    "a queue with a separate policy": { resources: [queue(), json(tls)] },
    "a queue with a separate policy, by its output": {
      resources: [
        queue({ url: unknown }),
        resource(
          "aws:sqs/queuePolicy:QueuePolicy",
          "policy",
          { queueUrl: unknown, policy: { Statement: tls } },
          { queueUrl: queue({ url: unknown }) },
        ),
      ],
    },
    "a secret document": {
      resources: [queuePolicy(secret(JSON.stringify({ Statement: tls })))],
    },
  },
  fail: {
    "a queue without a policy": {
      resources: [queue()],
      messages: [/The queue has no policy, which could deny sqs:\* without TLS: add an aws\.sqs/],
    },
    "a policy that denies one action": {
      resources: [json({ ...tls, Action: "sqs:SendMessage" })],
      messages: [/Statement\[0\] tests aws:SecureTransport, but its Action is not "sqs:\*"/],
    },
    "a policy on a resource of another service": {
      resources: [json({ ...tls, Resource: "arn:aws:sns:eu-central-1:123456789012:work" })],
      messages: [/it does not deny requests without TLS to its ARN/],
    },
  },
  undecided: {
    "an unknown document": { resources: [queuePolicy(unknown)], what: 'policy of "policy"' },
    "a queue while the queue of a policy is unknown": {
      resources: [queue(), queuePolicy({ Statement: tls }, unknown)],
      what: 'the queue policy of "work"',
    },
    "a queue of unknown ARN": {
      resources: [queue({ arn: unknown, policy: { Statement: tls } })],
      what: 'policy of "work"',
    },
  },
  notApplicable: { "an unreadable document": unreadable },
};
