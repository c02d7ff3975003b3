import { iamTrustActionsAreSpecific } from "../../../policy/rules/iam/iamTrustActionsAreSpecific";
import { resource, secret, unknown } from "../../../policy/testing";
import type { TestResource } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";

const role = (assumeRolePolicy: unknown): readonly TestResource[] => [
  resource("aws:iam/role:Role", "role", { assumeRolePolicy }),
];
const statement = (part: object) => ({
  Effect: "Allow",
  Principal: { Service: "firehose.amazonaws.com" },
  Action: "sts:AssumeRole",
  ...part,
});
const trusting = (...parts: readonly object[]) =>
  role(JSON.stringify({ Version: "2012-10-17", Statement: parts.map(statement) }));
const object = (...parts: readonly object[]) => role({ Statement: parts.map(statement) });

export const iamTrustActionsAreSpecificTable: PolicyTable = {
  policy: iamTrustActionsAreSpecific,
  pass: {
    "one action": { resources: trusting({}) },
    "several actions": {
      resources: trusting({
        Action: ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"],
      }),
    },
    "a pattern of some actions": { resources: trusting({ Action: "sts:AssumeRole*" }) },
    "a Deny of every action": { resources: trusting({}, { Effect: "Deny", Action: "sts:*" }) },
    "a Deny with NotAction": {
      resources: trusting({}, { Effect: "Deny", Action: undefined, NotAction: "sts:AssumeRole" }),
    },
    "a role with another role's permissions, which other rules evaluate": {
      resources: [
        resource("aws:iam/role:Role", "role", {
          assumeRolePolicy: JSON.stringify({ Statement: [statement({})] }),
          inlinePolicies: [{ policy: JSON.stringify({ Statement: [{ Action: "*" }] }) }],
        }),
      ],
    },
  },
  fail: {
    "every action": {
      resources: trusting({ Action: "*" }),
      messages: [
        /assumeRolePolicy: Statement\[0\] allows "\*": specify actions such as sts:Assume/,
      ],
    },
    "every action of STS": {
      resources: trusting({}, { Action: ["sts:AssumeRole", "sts:*"] }),
      messages: [/Statement\[1\] allows "sts:\*": specify actions/],
    },
    "every action of STS, with other wildcards in another case": {
      resources: trusting({ Action: ["STS:?*", "s*:AssumeRole"] }),
      messages: [/allows "STS:\?\*"/, /allows "s\*:AssumeRole"/],
    },
    NotAction: {
      resources: trusting({ Action: undefined, NotAction: "sts:TagSession" }),
      messages: [/Statement\[0\] allows every action except those in NotAction: use Action/],
    },
  },
  undecided: {
    "an unknown document": { resources: role(unknown), what: "assumeRolePolicy" },
    "an unknown action, while reporting the wildcard": {
      resources: object({ Action: [unknown, "sts:*"] }),
      what: "assumeRolePolicy",
      messages: [/allows "sts:\*"/],
    },
    "a wildcard whose Effect is unknown": {
      resources: object({ Effect: unknown, Action: "sts:*" }),
      what: "assumeRolePolicy",
    },
  },
  notApplicable: {
    "a string that is not JSON, which one rule reports": {
      resources: role(secret("hunter2")),
      reason: /cannot be read, which iam-roles-trust-chosen-principals reports/,
    },
  },
};
