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

describe("authorize, to assume a role", () => {
  const lets = (Principal: unknown, more: WrittenStatement = {}) =>
    policy("trust policy", { Effect: "Allow", Action: "sts:AssumeRole", Principal, ...more });
  const externalId = { Condition: { StringEquals: { "sts:ExternalId": account } } };
  const firehose = { Service: "firehose.amazonaws.com" };

  it("a service needs the trust policy and nothing else", () => {
    assert.deepEqual(grantsFor(assume, { resource: lets(firehose, externalId) }), [
      { policy: "trust policy", statement: "1", action: "sts:AssumeRole", resource: "*" },
    ]);
  });

  for (const [what, resource, context] of [
    ["nothing says so", undefined, {}],
    ["another service may", lets({ Service: "lambda.amazonaws.com" }), {}],
    ["its account may", lets({ AWS: account }), {}],
    ["it may do something else", lets(firehose, { Action: "sts:TagSession" }), {}],
    ["the external id is another", lets(firehose, externalId), { "sts:ExternalId": otherAccount }],
    ["the external id is absent", lets(firehose, externalId), {}],
  ] as const) {
    it(`a service may not where ${what}`, () => {
      const request = { ...assume, context };
      assert.equal(outcome(request, resource ? { resource } : {}), "denied");
    });
  }

  it("a service has no policies of its own, and no boundary", () => {
    const identity = [policy("p", { Effect: "Allow", Action: "*", Resource: "*" })];
    assert.equal(outcome(assume, { identity }), "denied");
    const denying = policy("p", { Effect: "Deny", Action: "*", Resource: "*" });
    const policies = { identity: [denying], boundary: denying, resource: lets(firehose) };
    assert.equal(outcome(assume, policies), "allowed");
  });

  it("a service of any account may, in whichever the role is", () => {
    const resource = lets(firehose);
    assert.equal(outcome(assume, { resource, resourceAccount: otherAccount }), "allowed");
  });

  it("a role may where the trust policy names it, or its account and its own policies allow", () => {
    const request = { ...putObject, action: "sts:AssumeRole", resource: roleArn };
    const identity = [policy("p", { Effect: "Allow", Action: "sts:*", Resource: roleArn })];
    assert.equal(outcome(request, { resource: lets({ AWS: roleArn }) }), "allowed");
    assert.equal(outcome(request, { identity, resource: lets({ AWS: account }) }), "allowed");
    assert.equal(outcome(request, { resource: lets({ AWS: account }) }), "denied");
    assert.equal(outcome(request, { identity }), "denied");
  });
});
