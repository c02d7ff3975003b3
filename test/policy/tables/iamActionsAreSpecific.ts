import { iamActionsAreSpecific } from "../../../policy/rules/iam/iamActionsAreSpecific";
import { unknown } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";
import { allow, everywhere, good, object, shared } from "./identityPolicies";

export const iamActionsAreSpecificTable: PolicyTable = {
  policy: iamActionsAreSpecific,
  pass: {
    ...shared.pass,
    "a wildcard after other characters": { resources: allow({ Action: "s3:Get*" }) },
    "any resource, which other rules evaluate": { resources: allow({ Resource: "*" }) },
    "NotAction, which other rules evaluate": {
      resources: allow({ Action: undefined, NotAction: "iam:*" }),
    },
  },
  fail: {
    ...everywhere(
      { ...good, Action: "s3:*" },
      /Statement\[1\] allows "s3:\*": specify the required/,
    ),
    "every action": { resources: allow({ Action: "*" }), messages: [/allows "\*": specify/] },
    "every action of every service": { resources: allow({ Action: "*:*" }), messages: [/"\*:\*"/] },
    "a service in another case": { resources: allow({ Action: "S3:*" }), messages: [/"S3:\*"/] },
    "several wildcards": {
      resources: allow({ Action: ["s3:**", "kms:?*", "sqs:*?"] }),
      messages: [/"s3:\*\*"/, /"kms:\?\*"/, /"sqs:\*\?"/],
    },
    "a wildcard in the service": {
      resources: allow({ Action: "s*:Get*" }),
      messages: [/"s\*:Get\*"/],
    },
    "only the wildcard among exact actions": {
      resources: allow({ Action: ["s3:GetObject", "kinesis:*"] }),
      messages: [/allows "kinesis:\*"/],
    },
    "a wildcard in a string that is not an action, without quoting it": {
      resources: allow({ Action: "hunter 2*" }),
      messages: [/Statement\[0\] allows an action: specify/],
    },
  },
  undecided: {
    ...shared.undecided,
    "an unknown action": { resources: object({ ...good, Action: unknown }), what: "policy" },
    "an unknown action, while reporting the wildcard": {
      resources: object({ ...good, Action: [unknown, "s3:*"] }),
      what: "policy",
      messages: [/allows "s3:\*"/],
    },
    "a wildcard whose Effect is unknown": {
      resources: object({ ...good, Effect: unknown, Action: "*" }),
      what: "policy",
    },
  },
  notApplicable: {
    ...shared.notApplicable,
    "every action on every resource, which another rule reports": {
      resources: allow({ Action: "*", Resource: "*" }),
      reason: /resource is allowed, which iam-policies-grant-no-administration reports/,
    },
  },
};
