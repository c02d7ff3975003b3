import assert from "node:assert/strict";
import {
  account,
  assume,
  grantsFor,
  otherAccount,
  outcome,
  policy,
  putObject,
  roleArn,
  type WrittenStatement,
} from "../support/iamPolicies";

describe("authorize for sts:AssumeRole", () => {
  const trustPolicy = (Principal: unknown, more: WrittenStatement = {}) =>
    policy("trust policy", { Effect: "Allow", Action: "sts:AssumeRole", Principal, ...more });
  const externalId = { Condition: { StringEquals: { "sts:ExternalId": account } } };
  const firehose = { Service: "firehose.amazonaws.com" };

  it("allows a service by the trust policy alone", () => {
    assert.deepEqual(grantsFor(assume, { resource: trustPolicy(firehose, externalId) }), [
      { policy: "trust policy", statement: "1", action: "sts:AssumeRole", resource: "*" },
    ]);
  });

  for (const [condition, resource, context] of [
    ["there is no trust policy", undefined, {}],
    [
      "the trust policy names another service",
      trustPolicy({ Service: "lambda.amazonaws.com" }),
      {},
    ],
    ["the trust policy names the account", trustPolicy({ AWS: account }), {}],
    [
      "the trust policy allows another action",
      trustPolicy(firehose, { Action: "sts:TagSession" }),
      {},
    ],
    [
      "the external ID differs",
      trustPolicy(firehose, externalId),
      { "sts:ExternalId": otherAccount },
    ],
    ["the external ID is absent", trustPolicy(firehose, externalId), {}],
  ] as const) {
    it(`denies a service if ${condition}`, () => {
      const request = { ...assume, context };
      assert.equal(outcome(request, resource ? { resource } : {}), "denied");
    });
  }

  it("ignores identity-based policies and boundaries for a service", () => {
    const identity = [policy("p", { Effect: "Allow", Action: "*", Resource: "*" })];
    assert.equal(outcome(assume, { identity }), "denied");
    const denying = policy("p", { Effect: "Deny", Action: "*", Resource: "*" });
    const policies = { identity: [denying], boundary: denying, resource: trustPolicy(firehose) };
    assert.equal(outcome(assume, policies), "allowed");
  });

  it("allows a service for a role in any account", () => {
    const resource = trustPolicy(firehose);
    assert.equal(outcome(assume, { resource, resourceAccount: otherAccount }), "allowed");
  });

  it("allows a role by its ARN, or by its account together with a role policy", () => {
    const request = { ...putObject, action: "sts:AssumeRole", resource: roleArn };
    const identity = [policy("p", { Effect: "Allow", Action: "sts:*", Resource: roleArn })];
    assert.equal(outcome(request, { resource: trustPolicy({ AWS: roleArn }) }), "allowed");
    assert.equal(
      outcome(request, { identity, resource: trustPolicy({ AWS: account }) }),
      "allowed",
    );
    assert.equal(outcome(request, { resource: trustPolicy({ AWS: account }) }), "denied");
    assert.equal(outcome(request, { identity }), "denied");
  });
});
