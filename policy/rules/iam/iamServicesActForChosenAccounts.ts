import { restrictionBy, sourceKeys } from "../../reading/callerKeys";
import { isLeftToChosen } from "../../reading/denial";
import type { Principal } from "../../reading/policyStatement";
import { allOf, anyOf, type Decision, not, UNKNOWN } from "../../reading/value";
import { roleType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import { listOf } from "../../settings/setting";
import { evaluateTrustPolicy } from "./evaluateStatements";

/** Condition keys that identify the account on whose behalf the service acts. */
const isOrigin = restrictionBy([...sourceKeys, "sts:ExternalId"]);

const settings = {
  guardedServices: listOf({
    of: "service principals",
    matching: /^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/,
    defaultValue: ["firehose.amazonaws.com"],
    description: "Services that may assume roles only on behalf of chosen accounts.",
  }),
};

export const iamServicesActForChosenAccounts = resourceRule({
  name: "iam-services-act-for-chosen-accounts",
  title: "Services assume IAM roles for chosen accounts",
  description: "The trust policy of a role restricts on whose behalf a service may assume it.",
  severity: "high",
  references: {
    prowler: ["iam_role_cross_service_confused_deputy_prevention"],
    when: {
      "prowler:iam_role_cross_service_confused_deputy_prevention":
        "guardedServices has every service that the roles trust",
    },
  },
  remediationSteps:
    "Add a condition with the id of your account: StringEquals on sts:ExternalId or aws:SourceAccount, or ArnLike on aws:SourceArn.",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
  types: [roleType],
  settings,
  evaluate: evaluateTrustPolicy<typeof settings>((statement, { guardedServices }, document) => {
    const isUnrestricted = anyOf(
      (statement.principals ?? []).map((principal) =>
        allOf([
          isOneOf(guardedServices, principal),
          not(isLeftToChosen(statement, principal, document, isOrigin)),
        ]),
      ),
    );
    return {
      violations:
        isUnrestricted === true
          ? [
              "allows a service to act on behalf of any account: add sts:ExternalId, aws:SourceAccount or aws:SourceArn",
            ]
          : [],
      undecided: isUnrestricted === UNKNOWN,
    };
  }),
});

function isOneOf(services: readonly string[], { kind, name }: Principal): Decision {
  if (kind !== UNKNOWN && kind !== "Service") return false;
  return kind === UNKNOWN || name === UNKNOWN ? UNKNOWN : services.includes(name);
}
