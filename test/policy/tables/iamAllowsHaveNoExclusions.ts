import { iamAllowsHaveNoExclusions } from "../../../policy/rules/iam/iamAllowsHaveNoExclusions";
import { unknown } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";
import { allow, arn, everywhere, good, object, shared } from "./identityPolicies";

export const iamAllowsHaveNoExclusionsTable: PolicyTable = {
  policy: iamAllowsHaveNoExclusions,
  pass: {
    ...shared.pass,
    "wildcards, which are not its business": { resources: allow({ Action: "*", Resource: "*" }) },
  },
  fail: {
    ...everywhere(
      { ...good, Action: undefined, NotAction: "iam:*" },
      /Statement\[1\] allows every action except those in NotAction: use Action/,
    ),
    NotResource: {
      resources: allow({ Resource: undefined, NotResource: arn }),
      messages: [/allows every resource except those in NotResource: use Resource/],
    },
    "an unknown NotAction": {
      resources: object({ ...good, Action: undefined, NotAction: unknown }),
      messages: [/NotAction/],
    },
  },
  undecided: {
    ...shared.undecided,
    "NotAction whose Effect is unknown": {
      resources: object({ ...good, Effect: unknown, Action: undefined, NotAction: "iam:*" }),
      what: "policy",
    },
  },
  notApplicable: shared.notApplicable,
};
