import { s3BucketPoliciesHaveNoExclusions } from "../../../policy/rules/s3/s3BucketPoliciesHaveNoExclusions";
import { s3BucketPoliciesKeepAccess } from "../../../policy/rules/s3/s3BucketPoliciesKeepAccess";
import { s3BucketPoliciesRestrictOtherAccounts } from "../../../policy/rules/s3/s3BucketPoliciesRestrictOtherAccounts";
import { s3BucketPolicyActionsAreSpecific } from "../../../policy/rules/s3/s3BucketPolicyActionsAreSpecific";
import { resource, secret, unknown } from "../../../policy/testing";
import type { TestResource } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";
import { bucket, bucketV2 } from "./resources";

const type = "aws:s3/bucketPolicy:BucketPolicy";
const good = {
  Effect: "Allow",
  Principal: { AWS: "arn:aws:iam::123456789012:role/reader" },
  Action: "s3:GetObject",
  Resource: "arn:aws:s3:::lake/*",
};
const policy = (document: unknown): TestResource =>
  resource(type, "policy", { bucket: "lake", policy: document });
const json = (...Statement: readonly unknown[]) => policy(JSON.stringify({ Statement }));
const object = (...Statement: readonly unknown[]) => policy({ Statement });
const unreadable = { resources: [policy("{hunter2")], reason: /cannot be read/ };
const bare = { resources: [bucket("lake")], reason: /there is no resource policy/ };

export const s3BucketPoliciesHaveNoExclusionsTable: PolicyTable = {
  policy: s3BucketPoliciesHaveNoExclusions,
  pass: {
    "an action": { resources: [json(good)] },
    "a secret document": { resources: [policy(secret(JSON.stringify({ Statement: good })))] },
    "a Deny statement with exclusions": {
      resources: [json({ ...good, Effect: "Deny", Action: undefined, NotAction: "s3:GetObject" })],
    },
    "an in-line policy": { resources: [bucketV2("lake", { policy: { Statement: good } })] },
  },
  fail: {
    "an Allow statement with exclusions": {
      resources: [json(good, { ...good, Action: undefined, NotAction: "s3:DeleteObject" })],
      messages: [/policy: Statement\[1\] allows every action except those in NotAction/],
    },
    "an in-line policy with exclusions": {
      resources: [
        bucket("lake", {
          policy: { Statement: { ...good, Action: undefined, NotAction: ["s3:DeleteObject"] } },
        }),
      ],
      messages: [/Statement\[0\] allows every action except/],
    },
  },
  undecided: {
    "an unknown document": { resources: [policy(unknown)], what: "policy" },
    "an unknown effect": {
      resources: [
        object({ ...good, Effect: unknown, Action: undefined, NotAction: "s3:GetObject" }),
      ],
      what: "policy",
    },
  },
  notApplicable: { "a bucket without a policy": bare, "an unreadable document": unreadable },
};

export const s3BucketPolicyActionsAreSpecificTable: PolicyTable = {
  policy: s3BucketPolicyActionsAreSpecific,
  pass: {
    "an action": { resources: [json(good)] },
    "a pattern within a service": { resources: [json({ ...good, Action: ["s3:Get*"] })] },
    "every action in a Deny statement": {
      resources: [json({ ...good, Effect: "Deny", Action: "s3:*" })],
    },
    "a secret document": { resources: [policy(secret(JSON.stringify({ Statement: good })))] },
  },
  fail: {
    "every action": {
      resources: [json({ ...good, Action: "*" })],
      messages: [/policy: Statement\[0\] allows "\*": specify the required actions/],
    },
    "all of S3, in any case": {
      resources: [json({ ...good, Action: ["s3:GetObject", "S3:*"] })],
      messages: [/allows "S3:\*"/],
    },
    "all of S3 in an in-line policy": {
      resources: [bucket("lake", { policy: { Statement: { ...good, Action: "s3:?*" } } })],
      messages: [/allows "s3:\?\*"/],
    },
  },
  undecided: {
    "an unknown action": { resources: [object({ ...good, Action: [unknown] })], what: "policy" },
    "an unknown action, while reporting the others": {
      resources: [object({ ...good, Action: ["s3:*", unknown] })],
      what: "policy",
      messages: [/allows "s3:\*"/],
    },
  },
  notApplicable: { "a bucket without a policy": bare, "an unreadable document": unreadable },
};

const lockout = {
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: ["arn:aws:s3:::lake", "arn:aws:s3:::lake/*"],
};
const plainHttp = { Bool: { "aws:SecureTransport": "false" } };
const locksOut = [/policy: Statement\[0\] denies everyone s3:PutBucketPolicy without a condition/];

export const s3BucketPoliciesKeepAccessTable: PolicyTable = {
  policy: s3BucketPoliciesKeepAccess,
  pass: {
    "an Allow statement for everyone": { resources: [json({ ...lockout, Effect: "Allow" })] },
    "a Deny statement with a condition": {
      resources: [json({ ...lockout, Condition: plainHttp })],
    },
    "a Deny statement for a role": {
      resources: [json({ ...lockout, Principal: good.Principal })],
    },
    "a Deny statement for all but a role": {
      resources: [json({ ...lockout, Principal: undefined, NotPrincipal: good.Principal })],
    },
    "a Deny statement of another action": {
      resources: [json({ ...lockout, Action: "s3:DeleteBucket" })],
    },
    "a Deny statement of all but changes of the policy": {
      resources: [json({ ...lockout, Action: undefined, NotAction: "s3:*BucketPolicy" })],
    },
    "a Deny statement on objects": {
      resources: [json({ ...lockout, Resource: "arn:aws:s3:::lake/*" })],
    },
    "a Deny statement on all but the bucket": {
      resources: [json({ ...lockout, Resource: undefined, NotResource: ["arn:aws:s3:::lake"] })],
    },
    "a secret document": { resources: [policy(secret(JSON.stringify({ Statement: good })))] },
  },
  fail: {
    "all actions": { resources: [json(lockout)], messages: locksOut },
    "a pattern of actions": {
      resources: [json({ ...lockout, Action: ["s3:putbucket*"], Principal: { AWS: "*" } })],
      messages: locksOut,
    },
    "all actions but one": {
      resources: [json({ ...lockout, Action: undefined, NotAction: "s3:GetObject" })],
      messages: locksOut,
    },
    "all resources": { resources: [json({ ...lockout, Resource: "*" })], messages: locksOut },
    "all but some objects": {
      resources: [
        json({ ...lockout, Resource: undefined, NotResource: ["arn:aws:s3:::lake/public/*"] }),
      ],
      messages: locksOut,
    },
    "an in-line policy": {
      resources: [bucket("lake", { policy: { Statement: [lockout] } })],
      messages: locksOut,
    },
  },
  undecided: {
    "an unknown document": { resources: [policy(unknown)], what: "policy" },
    "an unknown principal": {
      resources: [object({ ...lockout, Principal: unknown })],
      what: "policy",
    },
    "unknown conditions": {
      resources: [object({ ...lockout, Condition: unknown })],
      what: "policy",
    },
    "an unknown exclusion": {
      resources: [object({ ...lockout, Action: undefined, NotAction: unknown })],
      what: "policy",
    },
    "an unknown excluded resource": {
      resources: [object({ ...lockout, Resource: undefined, NotResource: [unknown] })],
      what: "policy",
    },
  },
  notApplicable: { "a bucket without a policy": bare, "an unreadable document": unreadable },
};

const role = resource("aws:iam/role:Role", "role", {
  arn: "arn:aws:iam::123456789012:role/reader",
});
const newRole = resource("aws:iam/role:Role", "role", {
  arn: unknown,
});
const manager = {
  ...good,
  Principal: { AWS: "arn:aws:iam::210987654321:root" },
  Action: ["s3:GetObject", "s3:PutBucketPolicy"],
};
const own = { ...manager, Principal: { AWS: "arn:aws:iam::123456789012:root" }, Action: "s3:*" };
const foreign = [
  /policy: Statement\[0\] allows another account to change the bucket's policy, encryption or ACLs: allow only/,
];
const inOrganization = { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } };

export const s3BucketPoliciesRestrictOtherAccountsTable: PolicyTable = {
  policy: s3BucketPoliciesRestrictOtherAccounts,
  pass: {
    "other actions of another account": {
      resources: [json({ ...manager, Action: ["s3:GetObject", "s3:PutObject"] }), role],
    },
    "all actions of the account of the stack's resources": { resources: [json(own), role] },
    "all actions of an account in the config": {
      resources: [json(manager, own)],
      config: { allowedAccounts: ["210987654321", "123456789012"] },
    },
    "a Deny statement": { resources: [json({ ...manager, Effect: "Deny" }), role] },
    "a service": {
      resources: [json({ ...manager, Principal: { Service: "logging.s3.amazonaws.com" } }), role],
    },
    "everyone, which another rule reports": {
      resources: [json({ ...manager, Principal: "*" }), role],
    },
    "everyone in an account of the config": {
      resources: [
        json({
          ...manager,
          Principal: "*",
          Condition: { StringEquals: { "aws:PrincipalAccount": "210987654321" } },
        }),
        role,
      ],
      config: { allowedAccounts: ["210987654321"] },
    },
    "all actions but these": {
      resources: [
        json({
          ...manager,
          Action: undefined,
          NotAction: ["s3:Put*", "s3:DeleteBucketPolicy"],
        }),
        role,
      ],
    },
    "a secret document": { resources: [policy(secret(JSON.stringify({ Statement: own }))), role] },
    "an in-line policy of the stack's account": {
      resources: [bucketV2("lake", { policy: { Statement: own } }), role],
    },
    "a bucket without a policy next to one of the stack's account": {
      resources: [bucket("lake"), json(own), role],
    },
  },
  fail: {
    "another account": { resources: [json(manager), role], messages: foreign },
    "another account by a pattern of actions": {
      resources: [json({ ...manager, Action: "s3:putobject*" }), role],
      messages: foreign,
    },
    "another account by exclusion": {
      resources: [json({ ...manager, Action: undefined, NotAction: "s3:GetObject" }), role],
      messages: foreign,
    },
    "another account once, if the outputs of the bucket have its policy, too": {
      resources: [
        json(manager),
        bucket("lake", { bucket: "lake", policy: { Statement: manager } }),
        role,
      ],
      messages: foreign,
    },
    "another account in an in-line policy": {
      resources: [bucket("lake", { policy: { Statement: manager } }), role],
      messages: foreign,
    },
    "an account that is not the one in the config": {
      resources: [json({ ...manager, Principal: { AWS: ["210987654321", "111122223333"] } }), role],
      config: { allowedAccounts: ["210987654321"] },
      messages: foreign,
    },
    "a canonical user": {
      resources: [json({ ...manager, Principal: { CanonicalUser: "79a59df900b949e5" } }), role],
      messages: foreign,
    },
    "everyone in an organization": {
      resources: [json({ ...manager, Principal: "*", Condition: inOrganization }), role],
      messages: foreign,
    },
    "everyone in another account": {
      resources: [
        json({
          ...manager,
          Principal: { AWS: "*" },
          Condition: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::210987654321:role/*" } },
        }),
        role,
      ],
      messages: foreign,
    },
    "an account of a stack that does not show its own": {
      resources: [json(own)],
      messages: [/allows an account that can be another one to change .* to allowedAccounts/],
    },
  },
  undecided: {
    "an unknown document": { resources: [policy(unknown), role], what: 'policy of "policy"' },
    "an unknown principal": {
      resources: [object({ ...manager, Principal: { AWS: unknown } }), role],
      what: 'policy of "policy"',
    },
    "an unknown account of everyone": {
      resources: [
        object({
          ...manager,
          Principal: "*",
          Condition: { StringEquals: { "aws:PrincipalAccount": [unknown, "123456789012"] } },
        }),
        role,
      ],
      what: 'policy of "policy"',
    },
    "an account while the stack's own is unknown": {
      resources: [json(manager), newRole],
      what: 'the account of the resource of "policy"',
    },
  },
  notApplicable: {
    "a bucket without a policy": bare,
    "an unreadable document": unreadable,
  },
};
