import assert from "node:assert/strict";
import {
  account,
  accountArn,
  assume,
  bucketAllows,
  bucketPolicy,
  denyPut,
  noneAllowsPut,
  otherAccount,
  outcome,
  policy,
  put,
  putObject,
  roleArn,
  roleAllowsPut,
  sessionArn,
} from "../support/iamPolicies";

const putBoundary = policy("boundary", { ...put, Action: "s3:*" });

describe("authorize with principals in a Deny statement", () => {
  for (const [principal, Principal, denied] of [
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
    it(`${denied ? "denies" : "allows"} a role session if Principal is ${principal}`, () => {
      const policies = {
        identity: roleAllowsPut,
        resource: bucketPolicy({ ...denyPut, Principal }),
      };
      assert.equal(outcome(putObject, policies) !== "allowed", denied);
    });
  }

  describe("with NotPrincipal", () => {
    const names = [sessionArn, roleArn, accountArn];
    const policies = (NotPrincipal: unknown) => ({
      identity: roleAllowsPut,
      resource: bucketPolicy({ ...denyPut, NotPrincipal }),
    });

    it("allows a session if NotPrincipal names session, role and account", () => {
      assert.equal(outcome(putObject, policies({ AWS: names })), "allowed");
      assert.equal(outcome(putObject, policies("*")), "allowed");
    });

    it("denies a session if NotPrincipal omits session, role or account", () => {
      for (const omitted of names) {
        const AWS = names.filter((arn) => arn !== omitted);
        assert.notEqual(outcome(putObject, policies({ AWS })), "allowed", omitted);
      }
    });

    it("denies a role with a boundary despite NotPrincipal", () => {
      const all = { ...policies({ AWS: names }), boundary: putBoundary };
      assert.match(outcome(putObject, all), /explicit deny in a resource-based policy/);
    });

    it("allows a service that NotPrincipal names, and denies others", () => {
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

describe("authorize with NotPrincipal in an Allow statement", () => {
  it("grants nothing to a session that NotPrincipal matches in any way", () => {
    const allowingAllBut = (AWS: string) => ({
      resource: bucketPolicy({ ...put, NotPrincipal: { AWS } }),
    });
    assert.equal(outcome(putObject, allowingAllBut(otherAccount)), "allowed");
    for (const AWS of [sessionArn, roleArn, account, accountArn, "*"]) {
      assert.equal(outcome(putObject, allowingAllBut(AWS)), noneAllowsPut.identity, AWS);
    }
  });
});

describe("authorize for a service as caller", () => {
  const putByService = { ...putObject, caller: { service: "logging.s3.amazonaws.com" } };

  it("requires a resource-based policy that names the service or everyone", () => {
    const service = { Service: ["logging.s3.amazonaws.com"] };
    for (const Principal of [service, "*", { AWS: "*" }]) {
      assert.equal(
        outcome(putByService, { resource: bucketPolicy({ ...put, Principal }) }),
        "allowed",
      );
    }
    assert.equal(
      outcome(putByService, { resource: bucketAllows(account) }),
      noneAllowsPut.resource,
    );
  });
});
