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
const json = (part: object, arn?: unknown) =>
  policy(JSON.stringify({ Version: "2012-10-17", Statement: [{ ...good, ...part }] }), arn);
const open = [/policy: Statement\[0\] allows everyone: specify principals/];
const foreign = [/policy: Statement\[0\] allows an account that the config does not list/];
const config = { allowedAccounts: ["111122223333"] };

export const kinesisStreamPoliciesAreNotPublicTable: PolicyTable = {
  policy: kinesisStreamPoliciesAreNotPublic,
  pass: {
    "a role of the same account": json({}),
    "a document that is an object": policy({ Statement: good }),
    "a secret document": policy(secret(JSON.stringify({ Statement: good }))),
    "another account if the config lists none": json({ Principal: other }),
    "the stream's own account if the config lists others": { ...json({}), config },
    "an account that the config lists": {
      ...json({ Principal: { AWS: ["111122223333", "arn:aws:iam::111122223333:root"] } }),
      config,
    },
    "a service if the config lists accounts": {
      ...json({ Principal: { Service: "lambda.amazonaws.com" } }),
      config,
    },
    "everyone in an organization": json({
      Principal: "*",
      Condition: { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3" } },
    }),
    "everyone if a Deny leaves an organization": policy({
      Statement: [
        { ...good, Principal: "*" },
        {
          ...good,
          Effect: "Deny",
          Principal: "*",
          Action: "kinesis:*",
          Condition: { StringNotEquals: { "aws:PrincipalOrgID": "o-a1b2c3" } },
        },
      ],
    }),
    "a Deny statement for everyone": json({ Effect: "Deny", Principal: "*" }),
    "a Deny statement for another account": {
      ...json({ Effect: "Deny", Principal: other }),
      config,
    },
  },
  fail: {
    "an absent document": { ...policy(undefined), messages: [/policy is absent/] },
    everyone: { ...json({ Principal: "*" }), messages: open },
    "everyone as an AWS principal": { ...json({ Principal: { AWS: "*" } }), messages: open },
    "everyone in a list": { ...json({ Principal: { AWS: ["*"] } }), messages: open },
    "all but one": {
      ...json({ Principal: undefined, NotPrincipal: other }),
      messages: open,
    },
    "a condition that matches everything": {
      ...json({ Principal: "*", Condition: { StringLike: { "aws:PrincipalOrgID": "*" } } }),
      messages: open,
    },
    "everyone in a second statement": {
      ...policy(JSON.stringify({ Statement: [good, { ...good, Principal: "*" }] })),
      messages: [/policy: Statement\[1\] allows everyone/],
    },
    "an account that the config does not list": {
      ...json({ Principal: other }),
      config,
      messages: foreign,
    },
    "an account that is not listed among those that are": {
      ...json({ Principal: { AWS: ["111122223333", "210987654321"] } }),
      config,
      messages: foreign,
    },
    "a string that is not JSON, without quoting it": {
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
      ...json({ Principal: other }, unknown),
      config,
      what: "policy",
    },
  },
};
