import { eventsBusPoliciesAreNotPublic } from "../../../policy/rules/events/eventsBusPoliciesAreNotPublic";
import { glueCatalogPoliciesAreNotPublic } from "../../../policy/rules/glue/glueCatalogPoliciesAreNotPublic";
import { lambdaPermissionsAreNotPublic } from "../../../policy/rules/lambda/lambdaPermissionsAreNotPublic";
import { s3AccessPointPoliciesAreNotPublic } from "../../../policy/rules/s3/s3AccessPointPoliciesAreNotPublic";
import { resource, secret, unknown } from "../../../policy/testing";
import type { Rule } from "../../../policy/rule/rule";
import type { PolicyTable } from "../policyTable";

/** The results for a policy document in one property of one type. */
function documentTable(policy: Rule, type: string, action: string): PolicyTable {
  const of = (document: unknown) => ({
    resources: [resource(type, "policy", { policy: document })],
  });
  const statement = (Principal: unknown, more: object = {}) => ({
    ...{ Effect: "Allow", Action: action, Resource: "*", Principal },
    ...more,
  });
  const json = (...Statement: readonly unknown[]) => JSON.stringify({ Statement });
  const messages = [
    /policy: Statement\[0\] allows everyone: specify principals, or add a condition/,
  ];
  return {
    policy,
    pass: {
      "an account": of(json(statement({ AWS: "210987654321" }))),
      "everyone in an organization": of(
        json(
          statement("*", {
            Condition: { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } },
          }),
        ),
      ),
      "a secret document": of(secret(json(statement({ AWS: "210987654321" })))),
    },
    fail: {
      everyone: { ...of(json(statement("*"))), messages },
      "everyone with TLS": {
        ...of(
          json(statement({ AWS: "*" }, { Condition: { Bool: { "aws:SecureTransport": "true" } } })),
        ),
        messages,
      },
      "a string that is not JSON, without quoting it": {
        ...of("hunter2"),
        messages: [/policy: is not valid JSON\.$/],
      },
    },
    undecided: {
      "an unknown document": { ...of(unknown), what: "policy" },
      "an unknown principal": {
        ...of({ Statement: statement({ AWS: unknown }) }),
        what: "policy",
      },
    },
    notApplicable: {
      "a resource without a document": { ...of(undefined), reason: /there is no resource policy/ },
    },
  };
}

export const eventsBusPoliciesAreNotPublicTable = documentTable(
  eventsBusPoliciesAreNotPublic,
  "aws:cloudwatch/eventBusPolicy:EventBusPolicy",
  "events:PutEvents",
);

export const glueCatalogPoliciesAreNotPublicTable = documentTable(
  glueCatalogPoliciesAreNotPublic,
  "aws:glue/resourcePolicy:ResourcePolicy",
  "glue:GetTables",
);

const ofAccessPoint = documentTable(
  s3AccessPointPoliciesAreNotPublic,
  "aws:s3control/accessPointPolicy:AccessPointPolicy",
  "s3:GetObject",
);
const inLine = documentTable(
  s3AccessPointPoliciesAreNotPublic,
  "aws:s3/accessPoint:AccessPoint",
  "s3:GetObject",
);

export const s3AccessPointPoliciesAreNotPublicTable: PolicyTable = {
  ...ofAccessPoint,
  fail: { ...ofAccessPoint.fail, ...inLineCases(inLine.fail) },
};

function inLineCases(cases: PolicyTable["fail"]): PolicyTable["fail"] {
  return Object.fromEntries(
    Object.entries(cases).map(([title, one]) => [`${title}, in-line`, one]),
  );
}

const permission = (props: object) => ({
  resources: [
    resource("aws:lambda/permission:Permission", "invoke", {
      ...{ function: "mask", action: "lambda:InvokeFunction" },
      ...props,
    }),
  ],
});
const toEveryone = [
  /principal is everyone: name a service, an account or a role, or set principalO/,
];

export const lambdaPermissionsAreNotPublicTable: PolicyTable = {
  policy: lambdaPermissionsAreNotPublic,
  pass: {
    "a service": permission({ principal: "events.amazonaws.com" }),
    "an account": permission({ principal: "123456789012" }),
    "everyone in an organization": permission({ principal: "*", principalOrgId: "o-a1b2c3d4e5" }),
    "everyone for a resource of an account": permission({
      principal: "*",
      sourceArn: "arn:aws:events:eu-central-1:123456789012:rule/nightly",
    }),
    "a secret principal": permission({ principal: secret("events.amazonaws.com") }),
  },
  fail: {
    everyone: { ...permission({ principal: "*" }), messages: toEveryone },
    "everyone by a function URL": {
      ...permission({
        principal: "*",
        action: "lambda:InvokeFunctionUrl",
        functionUrlAuthType: "NONE",
      }),
      messages: toEveryone,
    },
    "everyone for any resource": {
      ...permission({ principal: "*", sourceArn: "*" }),
      messages: toEveryone,
    },
    "a secret principal that is everyone": {
      ...permission({ principal: secret("*") }),
      messages: toEveryone,
    },
  },
  undecided: {
    "an unknown principal": { ...permission({ principal: unknown }), what: "principal" },
    "everyone for an unknown resource": {
      ...permission({ principal: "*", sourceArn: unknown }),
      what: "the condition on the principal",
    },
  },
  notApplicable: {
    "a permission without a principal": { ...permission({}), reason: /has no principal/ },
  },
  anyValuePasses: [],
};
