import type { PolicyResource } from "@pulumi/policy";
import { isNarrowedBy } from "../../reading/everyone";
import type { Principal, Statement } from "../../reading/policyStatement";
import { readTrustPolicy } from "../../reading/readPolicyDocument";
import { anyOf, type Decision, readValue, UNKNOWN } from "../../reading/value";
import { deliveryStreamType } from "../../resourceTypes";
import { stackRule } from "../../rule/stackRule";
import { declaredRoles } from "./rolePaths";

export const firehoseRolesServeOnlyFirehose = stackRule({
  name: "firehose-roles-serve-only-firehose",
  title: "Roles of delivery streams serve only Firehose",
  description:
    "No role of a delivery stream can also be assumed by another service, or by everyone in an account.",
  severity: "medium",
  references: { wellArchitected: ["security"] },
  remediationSteps:
    "Give the other service or the other account a role with only the permissions that it needs, and trust only firehose.amazonaws.com in the role of the delivery stream.",
  url: "https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html",
  types: [deliveryStreamType],
  evaluate(resource, verdict, _, stack) {
    const declared = declaredRoles(resource, verdict, stack);
    for (const role of new Set(declared)) {
      const servesOthers = anyOf(trustedStatements(role).map(trustsOthers));
      if (servesOthers === UNKNOWN) verdict.undecided("the trust policies of the roles");
      else if (servesOthers) {
        verdict.violation(
          `Role "${role.name}" of the delivery stream can also be assumed by another service, or by everyone in an account: use a separate role for Firehose.`,
        );
      }
    }
  },
});

function trustedStatements({ props }: PolicyResource): readonly Statement[] {
  const { statements } = readTrustPolicy(readValue(props, "assumeRolePolicy")) ?? noDocument;
  return statements.filter(({ effect }) => effect !== "Deny");
}

const noDocument = { statements: [] };

function trustsOthers(statement: Statement): Decision {
  const { effect, principals = [] } = statement;
  const others = anyOf(principals.map((principal) => isOther(principal, statement)));
  return effect === UNKNOWN && others !== false ? UNKNOWN : others;
}

function isOther({ kind, name }: Principal, statement: Statement): Decision {
  if (kind === UNKNOWN || name === UNKNOWN) return UNKNOWN;
  if (kind === "Service") return !/^firehose\.([a-z0-9-]+\.)?amazonaws\.com(\.cn)?$/.test(name);
  // Another rule reports a role that everyone may assume.
  const isAccount = /^(arn:aws[a-z-]*:iam::)?[0-9]{12}(:root)?$/.test(name);
  if (!isAccount) return false;
  const isNarrowed = isNarrowedBy(statement, ["aws:PrincipalArn"]);
  return isNarrowed === UNKNOWN ? UNKNOWN : !isNarrowed;
}
