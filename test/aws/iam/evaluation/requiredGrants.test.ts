import assert from "node:assert/strict";
import {
  account,
  accountArn,
  bucketArn,
  bucketAllows,
  bucketPolicy,
  encrypt,
  grantedBy,
  grantsFor,
  keyArn,
  noneAllowsPut,
  objectArn,
  otherAccount,
  outcome,
  policy,
  put,
  putObject,
  roleArn,
  roleAllowsPut,
  sessionArn,
  type WrittenStatement,
} from "../support/iamPolicies";

const putBoundary = policy("boundary", { ...put, Action: "s3:*" });
const logsBoundary = policy("boundary", { ...put, Action: "logs:*" });

describe("authorize with a permissions boundary", () => {
  // AWS: "Resource-based policies and implicit denies in other policy types (same account)".
  for (const [title, policies, expected] of [
    [
      "allows by a role policy within the boundary",
      { identity: roleAllowsPut, boundary: putBoundary },
      "allowed",
    ],
    [
      "denies despite a role policy outside the boundary",
      { identity: roleAllowsPut, boundary: logsBoundary },
      noneAllowsPut.boundary,
    ],
    ["denies if only the boundary allows", { boundary: putBoundary }, noneAllowsPut.identity],
    [
      "reports the missing role policy if the boundary does not allow either",
      { boundary: logsBoundary },
      noneAllowsPut.identity,
    ],
    [
      "denies a grant of the resource to the role outside the boundary",
      { resource: bucketAllows(roleArn), boundary: logsBoundary },
      noneAllowsPut.boundary,
    ],
    [
      "allows a grant of the resource to the role within the boundary",
      { resource: bucketAllows(roleArn), boundary: putBoundary },
      "allowed",
    ],
    [
      "allows a grant of the resource to the session outside the boundary",
      { resource: bucketAllows(sessionArn), boundary: logsBoundary },
      "allowed",
    ],
    [
      "allows a grant of the resource to everyone outside the boundary",
      { resource: bucketAllows("*"), boundary: logsBoundary },
      "allowed",
    ],
    [
      "denies a grant of the resource to the account outside the boundary",
      { identity: roleAllowsPut, resource: bucketAllows(account), boundary: logsBoundary },
      noneAllowsPut.boundary,
    ],
  ] as const) {
    it(title, () => {
      assert.equal(outcome(putObject, policies), expected);
    });
  }

  it("does not report the boundary as a grant", () => {
    const all = grantedBy(putObject, { identity: roleAllowsPut, boundary: putBoundary });
    assert.deepEqual(all, ["role policy delivery"]);
  });
});

describe("authorize with several grants", () => {
  it("reports the first sufficient grant of each policy that is needed", () => {
    const twice = (statement: WrittenStatement) => [
      { ...statement, Sid: "First" },
      { ...statement, Sid: "Second" },
    ];
    const identity = [policy("first", ...twice(put)), policy("second", put)];
    const resource = bucketPolicy(...twice({ ...put, Principal: { AWS: roleArn } }));
    const reported = (policies: Parameters<typeof grantsFor>[1]) =>
      grantsFor(putObject, policies)?.map((grant) => `${grant.policy}: ${grant.statement}`);
    assert.deepEqual(reported({ identity }), ["first: First"]);
    assert.deepEqual(reported({ resource }), ["bucket policy lake: First"]);
    assert.deepEqual(reported({ identity, resource, resourceAccount: otherAccount }), [
      "first: First",
      "bucket policy lake: First",
    ]);
  });
});

describe("authorize across accounts", () => {
  const elsewhere = { resourceAccount: otherAccount };
  const everyPrincipal = [sessionArn, roleArn, account, accountArn, "*"];

  it("requires a grant in both accounts", () => {
    for (const AWS of everyPrincipal) {
      const policies = { identity: roleAllowsPut, resource: bucketAllows(AWS), ...elsewhere };
      assert.deepEqual(grantedBy(putObject, policies), [
        "role policy delivery",
        "bucket policy lake",
      ]);
    }
  });

  it("denies a request that only one account grants", () => {
    assert.equal(
      outcome(putObject, { identity: roleAllowsPut, ...elsewhere }),
      noneAllowsPut.resource,
    );
    for (const AWS of everyPrincipal) {
      assert.equal(
        outcome(putObject, { resource: bucketAllows(AWS), ...elsewhere }),
        noneAllowsPut.identity,
      );
    }
    const resource = bucketAllows(otherAccount);
    assert.equal(
      outcome(putObject, { identity: roleAllowsPut, resource, ...elsewhere }),
      noneAllowsPut.resource,
    );
  });

  it("denies outside the boundary, whichever principal the resource names", () => {
    for (const AWS of everyPrincipal) {
      const both = { identity: roleAllowsPut, resource: bucketAllows(AWS), ...elsewhere };
      assert.equal(outcome(putObject, { ...both, boundary: logsBoundary }), noneAllowsPut.boundary);
    }
  });

  it("requires a grant in both accounts for a key too", () => {
    const identity = [
      policy("role policy delivery", { ...put, Action: "kms:*", Resource: keyArn }),
    ];
    const Principal = { AWS: roleArn };
    const resource = policy("key policy", { ...put, Action: "kms:*", Resource: "*", Principal });
    assert.equal(outcome(encrypt, { identity, resource, ...elsewhere }), "allowed");
    assert.match(outcome(encrypt, { resource, ...elsewhere }), /no identity-based policy/);
    assert.match(outcome(encrypt, { identity, ...elsewhere }), /no resource-based policy/);
  });
});

describe("authorize with a key", () => {
  const useKey = { Effect: "Allow", Action: "kms:GenerateDataKey", Resource: keyArn };
  const identity = [policy("role policy delivery", useKey)];
  const keyAllows = (AWS: string, more: WrittenStatement = {}) =>
    policy("key policy", { ...useKey, Resource: "*", Principal: { AWS }, ...more });
  const keyPolicyMissing = "because no resource-based policy allows the kms:GenerateDataKey action";
  const rolePolicyMissing =
    "because no identity-based policy allows the kms:GenerateDataKey action";
  const boundaryMissing = "because no permissions boundary allows the kms:GenerateDataKey action";
  const boundary = logsBoundary;

  it("denies the use of a key that only role policies allow", () => {
    assert.equal(outcome(encrypt, { identity }), keyPolicyMissing);
    assert.equal(
      outcome(encrypt, { identity, resource: keyAllows(otherAccount) }),
      keyPolicyMissing,
    );
    assert.equal(
      outcome(encrypt, { identity, resource: keyAllows(account, { Action: "kms:Decrypt" }) }),
      keyPolicyMissing,
    );
    assert.equal(outcome(encrypt, {}), keyPolicyMissing);
  });

  it("requires a role policy if the key policy names the account", () => {
    for (const AWS of [account, accountArn]) {
      const resource = keyAllows(AWS);
      assert.deepEqual(grantsFor(encrypt, { identity, resource }), [
        {
          policy: "role policy delivery",
          statement: "1",
          action: "kms:GenerateDataKey",
          resource: keyArn,
        },
        { policy: "key policy", statement: "1", action: "kms:GenerateDataKey", resource: "*" },
      ]);
      assert.equal(outcome(encrypt, { resource }), rolePolicyMissing);
      assert.equal(outcome(encrypt, { identity, resource, boundary }), boundaryMissing);
    }
  });

  it("allows by the key policy alone if it names the role", () => {
    for (const AWS of [roleArn, sessionArn, "*"]) {
      const resource = keyAllows(AWS);
      assert.deepEqual(grantedBy(encrypt, { resource }), ["key policy"]);
      assert.deepEqual(grantedBy(encrypt, { identity, resource }), ["key policy"]);
    }
    assert.equal(outcome(encrypt, { resource: keyAllows(roleArn), boundary }), boundaryMissing);
    assert.equal(outcome(encrypt, { resource: keyAllows(sessionArn), boundary }), "allowed");
  });

  it("prefers the role policy if the key policy names both account and role", () => {
    const statement = { ...useKey, Resource: "*" };
    const resource = policy(
      "key policy",
      { ...statement, Sid: "Role", Principal: { AWS: roleArn } },
      { ...statement, Sid: "Account", Principal: { AWS: account } },
    );
    const all = grantsFor(encrypt, { identity, resource });
    assert.deepEqual(
      all?.map(({ statement: sid }) => sid),
      ["1", "Account"],
    );
    const withoutRolePolicy = grantsFor(encrypt, { resource });
    assert.deepEqual(
      withoutRolePolicy?.map(({ statement: sid }) => sid),
      ["Role"],
    );
  });

  it("requires the conditions of both role policy and key policy", () => {
    const condition = (arn: string) => ({
      StringEquals: { "kms:ViaService": "s3.eu-central-1.amazonaws.com" },
      StringLike: { "kms:EncryptionContext:aws:s3:arn": [bucketArn, arn] },
    });
    const context = {
      "kms:ViaService": "s3.eu-central-1.amazonaws.com",
      "kms:EncryptionContext:aws:s3:arn": objectArn,
    };
    const request = { ...encrypt, context };
    const limited = [policy("p", { ...useKey, Condition: condition(`${bucketArn}/*`) })];
    assert.equal(outcome(request, { identity: limited, resource: keyAllows(account) }), "allowed");
    assert.equal(
      outcome(encrypt, { identity: limited, resource: keyAllows(account) }),
      rolePolicyMissing,
    );
    const Condition = condition("arn:aws:s3:::other/*");
    const resource = keyAllows(account, { Condition });
    assert.equal(outcome(request, { identity: limited, resource }), keyPolicyMissing);
  });
});
