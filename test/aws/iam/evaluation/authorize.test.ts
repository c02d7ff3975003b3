import assert from "node:assert/strict";
import type { Decision } from "../../../../aws/iam/decision";
import { authorize } from "../../../../aws/iam/evaluation/authorize";
import type { IamPolicy } from "../../../../aws/iam/language/iamPolicy";
import { readPolicy } from "../../../../aws/iam/language/readPolicy";
import {
  account,
  accountArn,
  bucketArn,
  bucketAllows,
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
  policyJson,
  put,
  putObject,
  roleArn,
  roleAllowsPut,
} from "../support/iamPolicies";

const denyPutElsewhere = { ...denyPut, Resource: "arn:aws:s3:::other/*" };

describe("authorize within an account", () => {
  it("denies a request that no policy allows", () => {
    assert.equal(outcome(putObject, {}), noneAllowsPut.identity);
    assert.equal(outcome(putObject, { identity: undefined }), noneAllowsPut.identity);
    assert.equal(outcome(putObject, { identity: [] }), noneAllowsPut.identity);
  });

  it("allows a request that a role policy allows, and reports the grant as written", () => {
    const identity = [
      policy("a", { ...put, Action: "s3:Get*" }),
      policy("b", denyPutElsewhere, { ...put, Sid: "Write", Action: ["s3:Get*", "S3:put*"] }, put),
    ];
    assert.deepEqual(grantsFor(putObject, { identity }), [
      { policy: "b", statement: "Write", action: "S3:put*", resource: `${bucketArn}/*` },
    ]);
  });

  it("allows a request without a role policy if a resource-based policy names the role", () => {
    const resource = bucketAllows(roleArn);
    assert.deepEqual(grantsFor(putObject, { resource }), [
      {
        policy: "bucket policy lake",
        statement: "1",
        action: "s3:PutObject",
        resource: `${bucketArn}/*`,
      },
    ]);
  });

  it("reports the grant of the role if role and resource both allow", () => {
    const all = grantedBy(putObject, { identity: roleAllowsPut, resource: bucketAllows(roleArn) });
    assert.deepEqual(all, ["role policy delivery"]);
  });

  it("requires a role policy if the resource-based policy only names the account", () => {
    assert.equal(outcome(putObject, { resource: bucketAllows(account) }), noneAllowsPut.identity);
    const all = grantedBy(putObject, {
      identity: roleAllowsPut,
      resource: bucketAllows(accountArn),
    });
    assert.deepEqual(all, ["role policy delivery"]);
  });

  it("reports grants of NotAction and NotResource as written", () => {
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
    ["a resource in different case", { ...put, Resource: objectArn.replace("raw", "RAW") }],
    [
      "the action under a condition that fails",
      { ...put, Condition: { Bool: { "aws:SecureTransport": "true" } } },
    ],
  ] as const) {
    it(`denies a request despite a grant of ${what}`, () => {
      assert.equal(
        outcome(putObject, { identity: [policy("p", statement)] }),
        noneAllowsPut.identity,
      );
    });
  }

  it("requires all conditions of a statement, ignoring the case of their keys", () => {
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
      const changed = { ...context, [key]: "false" };
      const expected = key === "aws:PrincipalArn" ? "allowed" : noneAllowsPut.identity;
      assert.equal(outcome({ ...putObject, context: changed }, { identity }), expected, key);
      const without = Object.fromEntries(Object.entries(context).filter(([name]) => name !== key));
      assert.equal(
        outcome({ ...putObject, context: without }, { identity }),
        noneAllowsPut.identity,
        key,
      );
    }
  });

  it("substitutes variables in version 2012-10-17, but not in 2008-10-17", () => {
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

  it("matches no resource with a variable without value", () => {
    const own = `${bucketArn}/\${aws:username}/*`;
    const resource = `${bucketArn}/ann/x`;
    const allowing = (part: object): IamPolicy[] => [
      policy("p", { ...put, Resource: undefined, ...part }),
    ];
    const ann = { ...putObject, resource, context: { "aws:username": "ann" } };
    const nobody = { ...putObject, resource };
    assert.equal(outcome(ann, { identity: allowing({ Resource: own }) }), "allowed");
    assert.equal(
      outcome(nobody, { identity: allowing({ Resource: own }) }),
      noneAllowsPut.identity,
    );
    const listed = { Resource: [own, `${bucketArn}/*`] };
    assert.equal(outcome(nobody, { identity: allowing(listed) }), "allowed");
    assert.equal(
      outcome(ann, { identity: allowing({ NotResource: own }) }),
      noneAllowsPut.identity,
    );
    assert.equal(outcome(nobody, { identity: allowing({ NotResource: own }) }), "allowed");
  });

  it("applies a Deny whose variable has no value with an inverted operator", () => {
    const Condition = {
      StringNotLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/${aws:PrincipalTag/unit}/*" },
    };
    const resource = bucketPolicy({ ...denyPut, Principal: "*", Condition });
    const context = { "aws:PrincipalArn": roleArn };
    const request = { ...putObject, context };
    const denied = "with an explicit deny in a resource-based policy";
    assert.equal(outcome(request, { identity: roleAllowsPut, resource }), denied);
    const tagged = { ...request, context: { ...context, "aws:PrincipalTag/unit": "service" } };
    assert.equal(outcome(tagged, { identity: roleAllowsPut, resource }), "allowed");
  });
});

describe("authorize with unknown condition keys", () => {
  const decided = (statement: object): string =>
    authorize(putObject, {
      resourceAccount: account,
      identity: [policy("p", put, { ...put, Sid: "s", ...statement })],
    }).outcome;
  const alone = (statement: object): Decision =>
    authorize(putObject, {
      resourceAccount: account,
      identity: [policy("p", { ...put, ...statement })],
    });

  it("is undecided in both directions, and names the keys", () => {
    const Condition = { StringEquals: { "vendor:Key": "a", "aws:SourceVpc": "vpc-1" } };
    assert.deepEqual(alone({ Condition }), {
      outcome: "undecided",
      reason: "policies depend on aws:SourceVpc, vendor:Key, unknown before the call",
    });
    assert.equal(decided({ Effect: "Deny", Condition }), "undecided");
    const Resource = `${bucketArn}/\${aws:PrincipalTag/unit}/*`;
    assert.match(JSON.stringify(alone({ Resource })), /PrincipalTag\/unit, unknown before/);
    assert.equal(decided({ Effect: "Deny", Resource }), "undecided");
    assert.equal(alone({ Resource: undefined, NotResource: Resource }).outcome, "undecided");
  });

  it("decides if they change nothing", () => {
    const Condition = { StringEquals: { "vendor:Key": "a" } };
    assert.equal(decided({ Condition }), "allowed");
    assert.equal(decided({ Effect: "Deny", Condition, Action: "s3:GetObject" }), "allowed");
    assert.equal(alone({ Condition, Resource: "arn:aws:s3:::other/*" }).outcome, "denied");
    const Resource = "arn:aws:s3:::other/${aws:PrincipalTag/unit}/*";
    assert.equal(alone({ Resource }).outcome, "denied");
  });
});

describe("authorize with keys that AWS leaves out", () => {
  it("reads a family of keys by its longest prefix", () => {
    const statement = (key: string, value: string): IamPolicy =>
      policy("p", { ...put, Condition: { Null: { [key]: value } } });
    const context = { "kms:EncryptionContext:*": [], "kms:EncryptionContext:aws:s3:arn": "a" };
    const outcomeOf = (key: string, value = "true"): string =>
      authorize(
        { ...putObject, context },
        { resourceAccount: account, identity: [statement(key, value)] },
      ).outcome;
    assert.equal(outcomeOf("kms:EncryptionContext:department"), "allowed");
    assert.equal(outcomeOf("kms:EncryptionContext:aws:kinesis:arn"), "allowed");
    assert.equal(outcomeOf("kms:encryptioncontext:AWS:S3:arn"), "denied");
    assert.equal(outcomeOf("kms:EncryptionContext:aws:s3:arn", "false"), "allowed");
    assert.equal(outcomeOf("kms:EncryptionAlgorithm"), "undecided");
  });
});

describe("authorize with an explicit deny", () => {
  const resource = bucketAllows(roleArn);

  it("denies if any kind of policy has a matching Deny", () => {
    const identity = [...roleAllowsPut, policy("guard", denyPut)];
    const explicit = "with an explicit deny in";
    assert.equal(
      outcome(putObject, { identity, resource }),
      `${explicit} an identity-based policy`,
    );
    assert.equal(
      outcome(putObject, {
        identity: roleAllowsPut,
        boundary: policy("b", put, denyPut),
        resource,
      }),
      `${explicit} a permissions boundary`,
    );
    assert.equal(
      outcome(putObject, {
        identity: roleAllowsPut,
        resource: bucketPolicy({ ...put, Principal: "*" }, { ...denyPut, Principal: "*" }),
      }),
      `${explicit} a resource-based policy`,
    );
  });

  it("allows a request that no Deny statement matches", () => {
    const resource = bucketPolicy(
      { ...denyPutElsewhere, Principal: "*" },
      { ...denyPut, Principal: { AWS: otherAccount } },
      { ...denyPut, Principal: "*", Condition: { Bool: { "aws:SecureTransport": "false" } } },
      { ...denyPut, Principal: "*", Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } } },
    );
    const context = { "aws:SecureTransport": "true", "s3:TlsVersion": "1.3" };
    const policies = { identity: roleAllowsPut, resource };
    assert.equal(outcome({ ...putObject, context }, policies), "allowed");
    for (const changed of [{ "aws:SecureTransport": "false" }, { "s3:TlsVersion": "1.1" }]) {
      const request = { ...putObject, context: { ...context, ...changed } };
      assert.match(outcome(request, policies), /explicit deny in a resource-based policy/);
    }
  });
});

describe("authorize with invalid input", () => {
  it("rejects an identity-based policy with a Principal", () => {
    const own = policy("role policy delivery", { ...put, Sid: "Put", Principal: "*" });
    const message =
      "The role policy delivery has a Principal in statement Put; " +
      "only a resource-based policy can have one.";
    assert.throws(() => decide(putObject, { identity: [own] }), { message });
    assert.throws(() => decide(encrypt, { boundary: own }), { message });
  });

  it("rejects a resource-based policy without Principal, even for another action", () => {
    const resource = readPolicy("bucket policy lake", policyJson({ ...put, Action: "s3:Get*" }));
    assert.throws(() => decide(putObject, { resource }), {
      message:
        "The bucket policy lake has no Principal in statement 1; " +
        "a resource-based policy must have one.",
    });
  });

  it("rejects a caller that is not a role", () => {
    const caller = { roleArn: `arn:aws:iam::${account}:user/ann`, sessionName: "s" };
    assert.throws(() => decide({ ...putObject, caller }, {}), {
      message: '"arn:aws:iam::123456789012:user/ann" is not the ARN of a role.',
    });
  });
});
