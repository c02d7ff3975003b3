import { allowsEveryone, callerKeys } from "../../reading/everyone";
import { readPolicyDocument } from "../../reading/readPolicyDocument";
import { type Properties, readValue, UNKNOWN, type Value } from "../../reading/value";
import { functionPermissionType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";

/** Property of a permission -> the condition that Lambda makes of it. */
const conditions: Readonly<Record<string, readonly [operator: string, key: string]>> = {
  principalOrgId: ["StringEquals", "aws:PrincipalOrgID"],
  sourceAccount: ["StringEquals", "aws:SourceAccount"],
  sourceArn: ["ArnLike", "aws:SourceArn"],
};

export const lambdaPermissionsAreNotPublic = resourceRule({
  name: "lambda-permissions-are-not-public",
  title: "Lambda permissions are not public",
  description: "No permission allows everyone to invoke a Lambda function.",
  severity: "critical",
  references: { wellArchitected: ["security"] },
  remediationSteps:
    "Set principal to the service, the account or the role that invokes the function, or restrict it with principalOrgId, sourceAccount or sourceArn.",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html",
  types: [functionPermissionType],
  evaluate({ props }, verdict) {
    const principal = readValue(props, "principal");
    if (principal === undefined) {
      verdict.inapplicable("the permission has no principal");
      return;
    }
    if (principal === UNKNOWN) {
      verdict.undecided("principal");
      return;
    }
    const { statements = [] } = readPolicyDocument(statementOf(props, principal)) ?? {};
    for (const statement of statements) {
      const isPublic = allowsEveryone(statement, callerKeys, statements);
      if (isPublic === UNKNOWN) verdict.undecided("the condition on the principal");
      else if (isPublic) {
        verdict.violation(
          "principal is everyone: name a service, an account or a role, or set principalOrgId or sourceAccount.",
        );
      }
    }
  },
});

interface DeclaredCondition {
  readonly operator: string;
  readonly key: string;
  readonly value: Value | undefined;
}

/** The statement that Lambda adds to the policy of the function. */
function statementOf(props: Properties, principal: Value): Value {
  const declared: readonly DeclaredCondition[] = Object.entries(conditions).map(
    ([name, [operator, key]]) => ({
      operator,
      key,
      value: readValue(props, name),
    }),
  );
  const ofOperator = (operator: string) =>
    Object.fromEntries<Value>(
      declared.flatMap((one): readonly (readonly [string, Value])[] =>
        one.operator === operator && one.value !== undefined ? [[one.key, one.value]] : [],
      ),
    );
  return {
    Statement: {
      Effect: "Allow",
      Principal: principal === "*" ? "*" : { Service: principal },
      Action: "lambda:InvokeFunction",
      Resource: "*",
      Condition: { StringEquals: ofOperator("StringEquals"), ArnLike: ofOperator("ArnLike") },
    },
  };
}
