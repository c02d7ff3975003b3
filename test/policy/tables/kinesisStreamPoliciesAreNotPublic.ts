import { kinesisStreamPoliciesAreNotPublic } from "../../../policy/rules/kinesis/kinesisStreamPoliciesAreNotPublic";
import { resource, secret, unknown } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";

const type = "aws:kinesis/resourcePolicy:ResourcePolicy";
const resourceArn = "arn:aws:kinesis:eu-central-1:123456789012:stream/events";
const good = {
  Effect: "Allow",
  Principal: { AWS: "arn:aws:iam::123456789012:role/reader" },
  Action: "kinesis:GetRecords",
  Resource: resourceArn,
};
const other = { AWS: "arn:aws:iam::210987654321:role/reader" };
const policy = (document: unknown, arn: unknown = resourceArn) => ({
  resources: [resource(type, "policy", { resourceArn: arn, policy: document })],
});
const text = (part: object, arn?: unknown) =>
  policy(JSON.stringify({ Version: "2012-10-17", Statement: [{ ...good, ...part }] }), arn);
const open = [/policy: Statement\[0\] allows everyone: specify principals/];
const foreign = [/policy: Statement\[0\] allows an account that the config does not list/];
const config = { allowedAccounts: ["111122223333"] };

export const kinesisStreamPoliciesAreNotPublicTable: PolicyTable = {
  policy: kinesisStreamPoliciesAreNotPublic,
  pass: {
    "a role of one's own": text({}),
    "a document that is an object": policy({ Statement: good }),
    "a secret document": policy(secret(JSON.stringify({ Statement: good }))),
    "another account when the config lists none": text({ Principal: other }),
    "one's own account when the config lists others": { ...text({}), config },
    "an account that the config lists": {
      ...text({ Principal: { AWS: ["111122223333", "arn:aws:iam::111122223333:root"] } }),
      config,
    },
    "a service beside listed accounts": {
      ...text({ Principal: { Service: "lambda.amazonaws.com" } }),
      config,
    },
    "everyone in an organisation": text({
      Principal: "*",
      Condition: { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3" } },
    }),
    "a Deny of everyone": text({ Effect: "Deny", Principal: "*" }),
    "a Deny of another account": { ...text({ Effect: "Deny", Principal: other }), config },
  },
  fail: {
    "an absent document": { ...policy(undefined), messages: [/policy is absent/] },
    everyone: { ...text({ Principal: "*" }), messages: open },
    "everyone as an AWS principal": { ...text({ Principal: { AWS: "*" } }), messages: open },
    "everyone in a list": { ...text({ Principal: { AWS: ["*"] } }), messages: open },
    "all but one": {
      ...text({ Principal: undefined, NotPrincipal: other }),
      messages: open,
    },
    "a condition that narrows nothing": {
      ...text({ Principal: "*", Condition: { StringLike: { "aws:PrincipalOrgID": "*" } } }),
      messages: open,
    },
    "everyone behind a good statement": {
      ...policy(JSON.stringify({ Statement: [good, { ...good, Principal: "*" }] })),
      messages: [/policy: Statement\[1\] allows everyone/],
    },
    "an account that the config does not list": {
      ...text({ Principal: other }),
      config,
      messages: foreign,
    },
    "an account that is not listed among those that are": {
      ...text({ Principal: { AWS: ["111122223333", "210987654321"] } }),
      config,
      messages: foreign,
    },
    "text that is not JSON, without repeating it": {
      ...policy(secret("hunter2")),
      messages: [/policy: is not valid JSON/],
    },
  },
  undecided: {
    "an unknown document": { ...policy(unknown), what: "policy" },
    "an unknown principal": {
      ...policy({ Statement: { ...good, Principal: { AWS: unknown } } }),
      what: "policy",
    },
    "an account that may be the unknown stream's own": {
      ...text({ Principal: other }, unknown),
      config,
      what: "policy",
    },
  },
};
