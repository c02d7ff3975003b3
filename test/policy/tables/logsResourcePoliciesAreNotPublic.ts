import { logsResourcePoliciesAreNotPublic } from "../../../policy/rules/logs/logsResourcePoliciesAreNotPublic";
import { resource, secret, unknown } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";

const good = {
  Effect: "Allow",
  Principal: { Service: "delivery.logs.amazonaws.com" },
  Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
  Resource: "*",
};
const everyone = { ...good, Principal: "*" };
const ofGroups = (policyDocument: unknown) => ({
  resources: [
    resource("aws:cloudwatch/logResourcePolicy:LogResourcePolicy", "policy", { policyDocument }),
  ],
});
const ofDestination = (accessPolicy: unknown) => ({
  resources: [
    resource("aws:cloudwatch/logDestinationPolicy:LogDestinationPolicy", "policy", {
      accessPolicy,
    }),
  ],
});
const ofDelivery = (deliveryDestinationPolicy: unknown) => ({
  resources: [
    resource("aws:cloudwatch/logDeliveryDestinationPolicy:LogDeliveryDestinationPolicy", "policy", {
      deliveryDestinationPolicy,
    }),
  ],
});
const json = (...Statement: readonly unknown[]) => JSON.stringify({ Statement });
const isPublic = (path: string) =>
  new RegExp(
    `${path}: Statement\\[0\\] allows everyone: specify principals, or add a condition on`,
  );

export const logsResourcePoliciesAreNotPublicTable: PolicyTable = {
  policy: logsResourcePoliciesAreNotPublic,
  pass: {
    "a service": ofGroups(json(good)),
    "a document that is an object": ofGroups({ Statement: good }),
    "a secret document": ofGroups(secret(json(good))),
    "an account that sends to a destination": ofDestination(
      json({ ...good, Principal: { AWS: "210987654321" }, Action: "logs:PutSubscriptionFilter" }),
    ),
    "everyone in an organization": ofDestination(
      json({
        ...everyone,
        Condition: { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } },
      }),
    ),
    "an account that delivers": ofDelivery(
      json({ ...good, Principal: { AWS: "210987654321" }, Action: "logs:CreateDelivery" }),
    ),
  },
  fail: {
    "everyone in a log group": {
      ...ofGroups(json(everyone)),
      messages: [isPublic("policyDocument")],
    },
    "everyone who sends to a destination": {
      ...ofDestination(json({ ...everyone, Principal: { AWS: ["*"] } })),
      messages: [isPublic("accessPolicy")],
    },
    "everyone who delivers": {
      ...ofDelivery({ Statement: everyone }),
      messages: [isPublic("deliveryDestinationPolicy")],
    },
    "a string that is not JSON, without quoting it": {
      ...ofGroups("hunter2"),
      messages: [/policyDocument: is not valid JSON\.$/],
    },
  },
  undecided: {
    "an unknown document": { ...ofGroups(unknown), what: "policyDocument" },
    "an unknown principal": {
      ...ofDelivery({ Statement: { ...good, Principal: { AWS: unknown } } }),
      what: "deliveryDestinationPolicy",
    },
  },
  notApplicable: {
    "a resource without a document": {
      ...ofDestination(undefined),
      reason: /there is no resource policy/,
    },
  },
};
