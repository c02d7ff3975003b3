import assert from "node:assert/strict";
import { readPolicy } from "../../../../aws/iam/language/readPolicy";
import {
  account,
  accountArn,
  bucketArn,
  bucketLets,
  bucketPolicy,
  decide,
  denyPut,
  encrypt,
  grantedBy,
  grantsFor,
  noneAllowsPut,
  objectArn,
  otherAccount,
  outcome,
  policy,
  policyText,
  put,
  putObject,
  roleArn,
  roleMayPut,
} from "../../../local/support/iamPolicies";

const denyOther = { ...denyPut, Resource: "arn:aws:s3:::other/*" };

describe("authorize, within an account", () => {
  it("denies what nothing allows", () => {
    assert.equal(outcome(putObject, {}), noneAllowsPut.identity);
    assert.equal(outcome(putObject, { identity: undefined }), noneAllowsPut.identity);
    assert.equal(outcome(putObject, { identity: [] }), noneAllowsPut.identity);
  });

  it("allows what a policy of the role allows, and tells the grant as it is written", () => {
    const identity = [
      policy("a", { ...put, Action: "s3:Get*" }),
      policy("b", denyOther, { ...put, Sid: "Write", Action: ["s3:Get*", "S3:put*"] }, put),
    ];
    assert.deepEqual(grantsFor(putObject, { identity }), [
      { policy: "b", statement: "Write", action: "S3:put*", resource: `${bucketArn}/*` },
    ]);
  });

  it("allows what a policy of the resource allows to the role, without one of the role", () => {
    const resource = bucketLets(roleArn);
    assert.deepEqual(grantsFor(putObject, { resource }), [
      {
        policy: "bucket policy lake",
        statement: "1",
        action: "s3:PutObject",
        resource: `${bucketArn}/*`,
      },
    ]);
  });

  it("names the role's grant where both allow", () => {
    const all = grantedBy(putObject, { identity: roleMayPut, resource: bucketLets(roleArn) });
    assert.deepEqual(all, ["role policy delivery"]);
  });

  it("needs a policy of the role where the resource's names the account", () => {
    assert.equal(outcome(putObject, { resource: bucketLets(account) }), noneAllowsPut.identity);
    const all = grantedBy(putObject, { identity: roleMayPut, resource: bucketLets(accountArn) });
    assert.deepEqual(all, ["role policy delivery"]);
  });

  it("tells a statement by exclusion as what it is", () => {
    const identity = [
      policy("p", {
        Effect: "Allow",
        NotAction: ["iam:*", "kms:*"],
        NotResource: "arn:aws:s3:::other/*",
      }),
    ];
    const [grant] = grantsFor(putObject, { identity }) ?? [];
    assert.equal(grant?.action, "NotAction iam:*, kms:*");
    assert.equal(grant.resource, "NotResource arn:aws:s3:::other/*");
    assert.equal(
      outcome({ ...putObject, action: "iam:PassRole" }, { identity }).slice(0, 7),
      "because",
    );
    assert.notEqual(
      outcome({ ...putObject, resource: "arn:aws:s3:::other/x" }, { identity }),
      "allowed",
    );
  });

  for (const [what, statement] of [
    ["another action", { ...put, Action: "s3:PutObjectAcl" }],
    ["another resource", { ...put, Resource: bucketArn }],
    ["a resource in other letters", { ...put, Resource: objectArn.replace("raw", "RAW") }],
    ["a condition that fails", { ...put, Condition: { Bool: { "aws:SecureTransport": "true" } } }],
  ] as const) {
    it(`does not take a grant of ${what}`, () => {
      assert.equal(
        outcome(putObject, { identity: [policy("p", statement)] }),
        noneAllowsPut.identity,
      );
    });
  }

  it("asks for all conditions of a statement, in any letters of their keys", () => {
    const Condition = {
      Bool: { "AWS:SECURETRANSPORT": "true" },
      StringLike: { "s3:x-amz-acl": "bucket-*", "aws:PrincipalArn": "*" },
    };
    const identity = [policy("p", { ...put, Condition })];
    const context = {
      "aws:SecureTransport": "true",
      "s3:X-Amz-Acl": "bucket-owner",
      "aws:PrincipalArn": roleArn,
    };
    assert.equal(outcome({ ...putObject, context }, { identity }), "allowed");
    for (const key of Object.keys(context)) {
      const less = { ...context, [key]: "false" };
      const still = key === "aws:PrincipalArn" ? "allowed" : noneAllowsPut.identity;
      assert.equal(outcome({ ...putObject, context: less }, { identity }), still, key);
      const without = Object.fromEntries(Object.entries(context).filter(([name]) => name !== key));
      assert.equal(
        outcome({ ...putObject, context: without }, { identity }),
        noneAllowsPut.identity,
        key,
      );
    }
  });

  it("fills variables in, from version 2012-10-17 on", () => {
    const statement = { ...put, Resource: `${bucketArn}/\${aws:PrincipalAccount}/*` };
    const resource = `${bucketArn}/${account}/x`;
    const context = { "aws:PrincipalAccount": account };
    const identity = [policy("p", statement)];
    assert.equal(outcome({ ...putObject, resource, context }, { identity }), "allowed");
    assert.equal(outcome({ ...putObject, resource }, { identity }), noneAllowsPut.identity);
    const old = [readPolicy("p", JSON.stringify({ Statement: statement }))];
    assert.equal(
      outcome({ ...putObject, resource, context }, { identity: old }),
      noneAllowsPut.identity,
    );
  });

  it("takes a statement for invalid whose variable stands for nothing, also by exclusion", () => {
    const NotResource = [`${bucketArn}/\${aws:username}`, "arn:aws:s3:::other/*"];
    const identity = [policy("p", { Effect: "Allow", Action: "*", NotResource })];
    assert.equal(outcome(putObject, { identity }), noneAllowsPut.identity);
    const context = { "aws:username": "ann" };
    assert.equal(outcome({ ...putObject, context }, { identity }), "allowed");
  });
});

describe("authorize, explicit deny", () => {
  const resource = bucketLets(roleArn);

  it("wins wherever it stands", () => {
    const identity = [...roleMayPut, policy("guard", denyPut)];
    const explicit = "with an explicit deny in";
    assert.equal(
      outcome(putObject, { identity, resource }),
      `${explicit} an identity-based policy`,
    );
    assert.equal(
      outcome(putObject, { identity: roleMayPut, boundary: policy("b", put, denyPut), resource }),
      `${explicit} a permissions boundary`,
    );
    assert.equal(
      outcome(putObject, {
        identity: roleMayPut,
        resource: bucketPolicy({ ...put, Principal: "*" }, { ...denyPut, Principal: "*" }),
      }),
      `${explicit} a resource-based policy`,
    );
  });

  it("does not reach what it does not match", () => {
    const resource = bucketPolicy(
      { ...denyOther, Principal: "*" },
      { ...denyPut, Principal: { AWS: otherAccount } },
      { ...denyPut, Principal: "*", Condition: { Bool: { "aws:SecureTransport": "false" } } },
      { ...denyPut, Principal: "*", Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } } },
    );
    const context = { "aws:SecureTransport": "true", "s3:TlsVersion": "1.3" };
    const policies = { identity: roleMayPut, resource };
    assert.equal(outcome({ ...putObject, context }, policies), "allowed");
    for (const wrong of [{ "aws:SecureTransport": "false" }, { "s3:TlsVersion": "1.1" }]) {
      const request = { ...putObject, context: { ...context, ...wrong } };
      assert.match(outcome(request, policies), /explicit deny in a resource-based policy/);
    }
  });
});

describe("authorize, misuse", () => {
  it("refuses a role's policy with a Principal", () => {
    const own = policy("role policy delivery", { ...put, Sid: "Put", Principal: "*" });
    const message =
      "The role policy delivery has a Principal in its statement Put; " +
      "only the policy of a resource has one.";
    assert.throws(() => decide(putObject, { identity: [own] }), { message });
    assert.throws(() => decide(encrypt, { boundary: own }), { message });
  });

  it("refuses a resource's policy without Principal, though it is about another action", () => {
    const resource = readPolicy("bucket policy lake", policyText({ ...put, Action: "s3:Get*" }));
    assert.throws(() => decide(putObject, { resource }), {
      message:
        "The bucket policy lake has no Principal in its statement 1; " +
        "the policy of a resource needs one.",
    });
  });

  it("refuses a caller that is no role", () => {
    const caller = { roleArn: `arn:aws:iam::${account}:user/ann`, sessionName: "s" };
    assert.throws(() => decide({ ...putObject, caller }, {}), {
      message: '"arn:aws:iam::123456789012:user/ann" is not the ARN of a role.',
    });
  });
});
