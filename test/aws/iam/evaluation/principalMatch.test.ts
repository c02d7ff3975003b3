import assert from "node:assert/strict";
import {
  account,
  accountArn,
  assume,
  bucketLets,
  bucketPolicy,
  denyPut,
  noneAllowsPut,
  otherAccount,
  outcome,
  policy,
  put,
  putObject,
  roleArn,
  roleMayPut,
  sessionArn,
} from "../../../local/support/iamPolicies";

const boundaryForPut = policy("boundary", { ...put, Action: "s3:*" });

describe("authorize, an explicit deny", () => {
  for (const [whom, Principal, denied] of [
    ["everyone", "*", true],
    ["every account", { AWS: "*" }, true],
    ["the account", { AWS: account }, true],
    ["the account's ARN", { AWS: accountArn }, true],
    ["the role", { AWS: roleArn }, true],
    ["the session", { AWS: sessionArn }, true],
    ["one of several", { AWS: [otherAccount, roleArn] }, true],
    ["another account", { AWS: otherAccount }, false],
    ["another role", { AWS: `arn:aws:iam::${account}:role/delivery` }, false],
    ["another session", { AWS: `${sessionArn}-2` }, false],
    ["a service", { Service: "firehose.amazonaws.com" }, false],
    ["an identity provider", { Federated: "accounts.google.com" }, false],
  ] as const) {
    it(`to ${whom} ${denied ? "reaches" : "does not reach"} a session of the role`, () => {
      const policies = { identity: roleMayPut, resource: bucketPolicy({ ...denyPut, Principal }) };
      assert.equal(outcome(putObject, policies) !== "allowed", denied);
    });
  }

  describe("to all but", () => {
    const named = [sessionArn, roleArn, accountArn];
    const policies = (NotPrincipal: unknown) => ({
      identity: roleMayPut,
      resource: bucketPolicy({ ...denyPut, NotPrincipal }),
    });

    it("session, role and account spares the session", () => {
      assert.equal(outcome(putObject, policies({ AWS: named })), "allowed");
      assert.equal(outcome(putObject, policies("*")), "allowed");
    });

    it("fewer of them does not", () => {
      for (const left of named) {
        const AWS = named.filter((arn) => arn !== left);
        assert.notEqual(outcome(putObject, policies({ AWS })), "allowed", left);
      }
    });

    it("anyone denies every role that has a boundary", () => {
      const all = { ...policies({ AWS: named }), boundary: boundaryForPut };
      assert.match(outcome(putObject, all), /explicit deny in a resource-based policy/);
    });

    it("a service spares that service", () => {
      const resource = policy(
        "trust policy",
        { Effect: "Allow", Action: "sts:AssumeRole", Principal: "*" },
        {
          Effect: "Deny",
          Action: "sts:AssumeRole",
          NotPrincipal: { Service: "firehose.amazonaws.com" },
        },
      );
      assert.equal(outcome(assume, { resource }), "allowed");
      const caller = { service: "lambda.amazonaws.com" };
      assert.match(outcome({ ...assume, caller }, { resource }), /explicit deny/);
    });
  });
});

describe("authorize, allowing all but some", () => {
  it("means no one who is named in any way", () => {
    const all = (AWS: string) => ({ resource: bucketPolicy({ ...put, NotPrincipal: { AWS } }) });
    assert.equal(outcome(putObject, all(otherAccount)), "allowed");
    for (const AWS of [sessionArn, roleArn, account, accountArn, "*"]) {
      assert.equal(outcome(putObject, all(AWS)), noneAllowsPut.identity, AWS);
    }
  });
});

describe("authorize, a service as caller elsewhere", () => {
  const deliverLogs = { ...putObject, caller: { service: "logging.s3.amazonaws.com" } };

  it("needs the policy of the resource to name it, or everyone", () => {
    const names = { Service: ["logging.s3.amazonaws.com"] };
    for (const Principal of [names, "*", { AWS: "*" }]) {
      assert.equal(
        outcome(deliverLogs, { resource: bucketPolicy({ ...put, Principal }) }),
        "allowed",
      );
    }
    assert.equal(outcome(deliverLogs, { resource: bucketLets(account) }), noneAllowsPut.resource);
  });
});
