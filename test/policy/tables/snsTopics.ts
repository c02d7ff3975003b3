import { snsSubscriptionsUseHttps } from "../../../policy/rules/sns/snsSubscriptionsUseHttps";
import { snsTopicsAreEncrypted } from "../../../policy/rules/sns/snsTopicsAreEncrypted";
import { snsTopicsUseCustomerManagedKeys } from "../../../policy/rules/sns/snsTopicsUseCustomerManagedKeys";
import { resource, secret, unknown } from "../../../policy/testing";
import type { WireProperties } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";

const arn = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd";
const topic = (props: WireProperties) => ({
  resources: [resource("aws:sns/topic:Topic", "on-call", { name: "on-call", ...props })],
});
const isAbsent = [/kmsMasterKeyId is absent: set it to the ARN of a KMS key/];

export const snsTopicsAreEncryptedTable: PolicyTable = {
  policy: snsTopicsAreEncrypted,
  pass: {
    "a key": topic({ kmsMasterKeyId: arn }),
    "an AWS-managed key": topic({ kmsMasterKeyId: "alias/aws/sns" }),
    "a secret key": topic({ kmsMasterKeyId: secret(arn) }),
  },
  fail: {
    "the default": { ...topic({}), messages: isAbsent },
    "an empty key": { ...topic({ kmsMasterKeyId: "" }), messages: isAbsent },
  },
  undecided: {
    "a key that will be created": {
      ...topic({ kmsMasterKeyId: unknown }),
      what: "kmsMasterKeyId",
    },
  },
};

export const snsTopicsUseCustomerManagedKeysTable: PolicyTable = {
  policy: snsTopicsUseCustomerManagedKeys,
  pass: {
    "a key": topic({ kmsMasterKeyId: arn }),
    "an alias of the account": topic({ kmsMasterKeyId: "alias/on-call" }),
    "a secret key": topic({ kmsMasterKeyId: secret(arn) }),
  },
  fail: {
    "an AWS-managed key": {
      ...topic({ kmsMasterKeyId: "alias/aws/sns" }),
      messages: [/kmsMasterKeyId is an AWS-managed key: use a customer-managed key/],
    },
    "the ARN of an AWS-managed key": {
      ...topic({ kmsMasterKeyId: "arn:aws:kms:eu-central-1:123456789012:alias/aws/sns" }),
      messages: [/kmsMasterKeyId is an AWS-managed key/],
    },
  },
  undecided: {
    "a key that will be created": {
      ...topic({ kmsMasterKeyId: unknown }),
      what: "kmsMasterKeyId",
    },
  },
  notApplicable: { "a topic without a key": { ...topic({}), reason: /the topic has no key/ } },
};

const subscription = (protocol: unknown) => ({
  resources: [
    resource("aws:sns/topicSubscription:TopicSubscription", "on-call", {
      topic: "arn:aws:sns:eu-central-1:123456789012:on-call",
      protocol,
      endpoint: "hook.example.com",
    }),
  ],
});

export const snsSubscriptionsUseHttpsTable: PolicyTable = {
  policy: snsSubscriptionsUseHttps,
  pass: {
    HTTPS: subscription("https"),
    "another protocol": subscription("sqs"),
    "a secret protocol": subscription(secret("email")),
  },
  fail: {
    "plain HTTP": {
      ...subscription("http"),
      messages: [/protocol is "http": set it to "https"/],
    },
    "plain HTTP in a secret": { ...subscription(secret("http")), messages: [/set it to "https"/] },
  },
  undecided: { "an unknown protocol": { ...subscription(unknown), what: "protocol" } },
};
