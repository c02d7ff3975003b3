import assert from "node:assert/strict";
import {
  account,
  accountArn,
  bucketArn,
  bucketLets,
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
  roleMayPut,
  sessionArn,
  type WrittenStatement,
} from "../../../local/support/iamPolicies";

const boundaryForPut = policy("boundary", { ...put, Action: "s3:*" });
const boundaryForLogs = policy("boundary", { ...put, Action: "logs:*" });

describe("authorize, with a permissions boundary", () => {
  // AWS: "Resource-based policies and implicit denies in other policy types (same account)".
  for (const [what, policies, expected] of [
    [
      "within it, the role's policy counts",
      { identity: roleMayPut, boundary: boundaryForPut },
      "allowed",
    ],
    [
      "beyond it, the role's does not",
      { identity: roleMayPut, boundary: boundaryForLogs },
      noneAllowsPut.boundary,
    ],
    ["it grants nothing by itself", { boundary: boundaryForPut }, noneAllowsPut.identity],
    [
      "without both, the role's is what lacks",
      { boundary: boundaryForLogs },
      noneAllowsPut.identity,
    ],
    [
      "it limits what a resource gives the role",
      { resource: bucketLets(roleArn), boundary: boundaryForLogs },
      noneAllowsPut.boundary,
    ],
    [
      "within it, what a resource gives the role counts",
      { resource: bucketLets(roleArn), boundary: boundaryForPut },
      "allowed",
    ],
    [
      "it does not limit what a resource gives the session",
      { resource: bucketLets(sessionArn), boundary: boundaryForLogs },
      "allowed",
    ],
    [
      "it does not limit what a resource gives everyone",
      { resource: bucketLets("*"), boundary: boundaryForLogs },
      "allowed",
    ],
    [
      "it limits what a resource leaves to the account",
      { identity: roleMayPut, resource: bucketLets(account), boundary: boundaryForLogs },
      noneAllowsPut.boundary,
    ],
  ] as const) {
    it(what, () => {
      assert.equal(outcome(putObject, policies), expected);
    });
  }

  it("is not among the grants", () => {
    const all = grantedBy(putObject, { identity: roleMayPut, boundary: boundaryForPut });
    assert.deepEqual(all, ["role policy delivery"]);
  });
});

describe("authorize, with several grants", () => {
  it("names the first of each policy that is needed", () => {
    const twice = (statement: WrittenStatement) => [
      { ...statement, Sid: "First" },
      { ...statement, Sid: "Second" },
    ];
    const identity = [policy("first", ...twice(put)), policy("second", put)];
    const resource = bucketPolicy(...twice({ ...put, Principal: { AWS: roleArn } }));
    const named = (policies: Parameters<typeof grantsFor>[1]) =>
      grantsFor(putObject, policies)?.map((grant) => `${grant.policy}: ${grant.statement}`);
    assert.deepEqual(named({ identity }), ["first: First"]);
    assert.deepEqual(named({ resource }), ["bucket policy lake: First"]);
    assert.deepEqual(named({ identity, resource, resourceAccount: otherAccount }), [
      "first: First",
      "bucket policy lake: First",
    ]);
  });
});

describe("authorize, across accounts", () => {
  const elsewhere = { resourceAccount: otherAccount };
  const everyNaming = [sessionArn, roleArn, account, accountArn, "*"];

  it("needs a grant of both accounts", () => {
    for (const AWS of everyNaming) {
      const policies = { identity: roleMayPut, resource: bucketLets(AWS), ...elsewhere };
      assert.deepEqual(grantedBy(putObject, policies), [
        "role policy delivery",
        "bucket policy lake",
      ]);
    }
  });

  it("denies what one of them grants alone", () => {
    assert.equal(
      outcome(putObject, { identity: roleMayPut, ...elsewhere }),
      noneAllowsPut.resource,
    );
    for (const AWS of everyNaming) {
      assert.equal(
        outcome(putObject, { resource: bucketLets(AWS), ...elsewhere }),
        noneAllowsPut.identity,
      );
    }
    const resource = bucketLets(otherAccount);
    assert.equal(
      outcome(putObject, { identity: roleMayPut, resource, ...elsewhere }),
      noneAllowsPut.resource,
    );
  });

  it("is limited by the boundary, whomever the resource names", () => {
    for (const AWS of everyNaming) {
      const both = { identity: roleMayPut, resource: bucketLets(AWS), ...elsewhere };
      assert.equal(
        outcome(putObject, { ...both, boundary: boundaryForLogs }),
        noneAllowsPut.boundary,
      );
    }
  });

  it("needs both for a key as well", () => {
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

describe("authorize, with a key", () => {
  const useKey = { Effect: "Allow", Action: "kms:GenerateDataKey", Resource: keyArn };
  const identity = [policy("role policy delivery", useKey)];
  const keyLets = (AWS: string, more: WrittenStatement = {}) =>
    policy("key policy", { ...useKey, Resource: "*", Principal: { AWS }, ...more });
  const noKey = "because no resource-based policy allows the kms:GenerateDataKey action";
  const noRole = "because no identity-based policy allows the kms:GenerateDataKey action";
  const noLimit = "because no permissions boundary allows the kms:GenerateDataKey action";
  const boundary = boundaryForLogs;

  it("the role's policies alone are not enough", () => {
    assert.equal(outcome(encrypt, { identity }), noKey);
    assert.equal(outcome(encrypt, { identity, resource: keyLets(otherAccount) }), noKey);
    assert.equal(
      outcome(encrypt, { identity, resource: keyLets(account, { Action: "kms:Decrypt" }) }),
      noKey,
    );
    assert.equal(outcome(encrypt, {}), noKey);
  });

  it("the role's policies count where the key's leaves it to the account", () => {
    for (const AWS of [account, accountArn]) {
      const resource = keyLets(AWS);
      assert.deepEqual(grantsFor(encrypt, { identity, resource }), [
        {
          policy: "role policy delivery",
          statement: "1",
          action: "kms:GenerateDataKey",
          resource: keyArn,
        },
        { policy: "key policy", statement: "1", action: "kms:GenerateDataKey", resource: "*" },
      ]);
      assert.equal(outcome(encrypt, { resource }), noRole);
      assert.equal(outcome(encrypt, { identity, resource, boundary }), noLimit);
    }
  });

  it("the key's policy alone is enough where it names the role", () => {
    for (const AWS of [roleArn, sessionArn, "*"]) {
      const resource = keyLets(AWS);
      assert.deepEqual(grantedBy(encrypt, { resource }), ["key policy"]);
      assert.deepEqual(grantedBy(encrypt, { identity, resource }), ["key policy"]);
    }
    assert.equal(outcome(encrypt, { resource: keyLets(roleArn), boundary }), noLimit);
    assert.equal(outcome(encrypt, { resource: keyLets(sessionArn), boundary }), "allowed");
  });

  it("prefers the role's grant where the key's policy names account and role", () => {
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
    const alone = grantsFor(encrypt, { resource });
    assert.deepEqual(
      alone?.map(({ statement: sid }) => sid),
      ["Role"],
    );
  });

  it("asks for the conditions of both", () => {
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
    assert.equal(outcome(request, { identity: limited, resource: keyLets(account) }), "allowed");
    assert.equal(outcome(encrypt, { identity: limited, resource: keyLets(account) }), noRole);
    const Condition = condition("arn:aws:s3:::other/*");
    const resource = keyLets(account, { Condition });
    assert.equal(outcome(request, { identity: limited, resource }), noKey);
  });
});
