import assert from "node:assert/strict";
import fc from "fast-check";
import type { AccessRequest } from "../../../../aws/iam/accessRequest";
import type { Grant } from "../../../../aws/iam/decision";
import type { ApplyingPolicies } from "../../../../aws/iam/evaluation/authorize";
import {
  account,
  assume,
  bucketArn,
  decide,
  encrypt,
  otherAccount,
  policy,
  putObject,
  roleArn,
  sessionArn,
  type WrittenStatement,
} from "../support/iamPolicies";

/** A request, and policies as their statements, so that statements can be added or removed. */
interface Scenario {
  readonly request: AccessRequest;
  readonly resourceAccount: string;
  readonly identity: readonly WrittenStatement[];
  readonly boundary: readonly WrittenStatement[] | undefined;
  readonly resource: readonly WrittenStatement[];
}

type PolicyRole = "identity" | "boundary" | "resource";

const request = fc.constantFrom(
  putObject,
  encrypt,
  { ...putObject, action: "s3:GetObject" },
  { ...encrypt, caller: assume.caller },
);
const condition = fc.constantFrom(
  {},
  { Bool: { "aws:SecureTransport": "true" } },
  { StringNotEquals: { "aws:SourceAccount": account } },
  { "ForAllValues:StringLike": { "aws:TagKeys": "${aws:username, 'x'}*" } },
);
const action = fc.constantFrom("*", "s3:*", "s3:PutObject", "kms:*", "kms:G?nerate*");
const resource = fc.constantFrom("*", `${bucketArn}/*`, bucketArn, "arn:aws:kms:*:*:key/k");
const effect = fc.constantFrom("Allow", "Allow", "Allow", "Deny");
const principal = fc.oneof(
  fc.constantFrom<unknown>("*", { Service: "firehose.amazonaws.com" }),
  fc.constantFrom(account, otherAccount, roleArn, sessionArn).map((AWS) => ({ AWS })),
);

const ofIdentity: fc.Arbitrary<WrittenStatement> = fc.record({
  Effect: effect,
  Action: action,
  Resource: resource,
  Condition: condition,
});
const ofResource: fc.Arbitrary<WrittenStatement> = fc
  .tuple(ofIdentity, principal, fc.constantFrom("Principal", "Principal", "NotPrincipal"))
  .map(([statement, named, element]) => ({ ...statement, [element]: named }));

const list = (statement: fc.Arbitrary<WrittenStatement>) => fc.array(statement, { maxLength: 3 });
const scenario: fc.Arbitrary<Scenario> = fc.record({
  request,
  resourceAccount: fc.constantFrom(account, account, otherAccount),
  identity: list(ofIdentity),
  boundary: fc.option(list(ofIdentity), { nil: undefined }),
  resource: list(ofResource),
});
const policyRole = fc.constantFrom<PolicyRole>("identity", "boundary", "resource");

const policyOf = (name: string, statements: readonly WrittenStatement[] | undefined) =>
  statements && statements.length > 0 ? policy(name, ...statements) : undefined;

function decideFor({ request: checked, resourceAccount, ...written }: Scenario) {
  const identity = policyOf("identity", written.identity);
  const boundary = policyOf("boundary", written.boundary);
  const onResource = policyOf("resource", written.resource);
  const policies: ApplyingPolicies = {
    resourceAccount,
    ...(identity && { identity: [identity] }),
    ...(boundary && { boundary }),
    ...(onResource && { resource: onResource }),
  };
  return decide(checked, policies);
}

const withAdded = (before: Scenario, where: PolicyRole, statement: WrittenStatement): Scenario => ({
  ...before,
  [where]: [...(before[where] ?? []), statement],
});

/** A statement that matches every request of every caller, for this kind of policy. */
const everything = (Effect: string, where: PolicyRole): WrittenStatement => ({
  Effect,
  Action: "*",
  Resource: "*",
  ...(where === "resource" ? { Principal: "*" } : {}),
});

function forAnyScenario(check: (before: Scenario, where: PolicyRole) => void): void {
  fc.assert(fc.property(scenario, policyRole, check), { numRuns: 500 });
}

describe("authorize for arbitrary policies", () => {
  it("allows some of the generated requests and denies others", () => {
    const outcomes = fc
      .sample(scenario, { numRuns: 1000, seed: 1 })
      .map((sample) => decideFor(sample).outcome);
    for (const outcome of ["allowed", "denied"] as const) {
      assert.ok(outcomes.filter((each) => each === outcome).length > 20);
    }
  });

  it("denies after a matching Deny is added", () => {
    forAnyScenario((before, where) => {
      const isService = "service" in before.request.caller;
      const applying = isService ? "resource" : where;
      const after = decideFor(withAdded(before, applying, everything("Deny", applying)));
      assert.equal(after.outcome, "denied");
      assert.match(after.message, /with an explicit deny in an? [a-z- ]+$/);
    });
  });

  it("never allows a denied request because a Deny is added", () => {
    fc.assert(
      fc.property(scenario, ofIdentity, ofResource, (before, own, onResource) => {
        const identity = withAdded(before, "identity", { ...own, Effect: "Deny" });
        const both = withAdded(identity, "resource", { ...onResource, Effect: "Deny" });
        if (decideFor(before).outcome === "denied") assert.equal(decideFor(both).outcome, "denied");
      }),
      { numRuns: 500 },
    );
  });

  it("never denies an allowed request because an Allow is added", () => {
    fc.assert(
      fc.property(scenario, ofIdentity, ofResource, (before, own, onResource) => {
        const identity = withAdded(before, "identity", { ...own, Effect: "Allow" });
        const resourceToo = withAdded(identity, "resource", { ...onResource, Effect: "Allow" });
        const all = before.boundary?.length
          ? withAdded(resourceToo, "boundary", { ...own, Effect: "Allow" })
          : resourceToo;
        if (decideFor(before).outcome === "allowed")
          assert.equal(decideFor(all).outcome, "allowed");
      }),
      { numRuns: 500 },
    );
  });

  it("reports grants that suffice together and are each necessary", () => {
    forAnyScenario((before) => {
      const decision = decideFor(before);
      if (decision.outcome === "denied") return;
      const minimal = {
        ...before,
        identity: [],
        resource: [],
        ...granting(before, decision.grants),
      };
      assert.equal(decideFor(minimal).outcome, "allowed");
      for (const grant of decision.grants) {
        assert.equal(decideFor({ ...minimal, [grant.policy]: [] }).outcome, "denied");
      }
    });
  });

  it("gives the same decision for any order of statements", () => {
    forAnyScenario((before) => {
      const reversed = {
        ...before,
        identity: [...before.identity].reverse(),
        boundary: before.boundary && [...before.boundary].reverse(),
        resource: [...before.resource].reverse(),
      };
      assert.equal(decideFor(reversed).outcome, decideFor(before).outcome);
    });
  });
});

/** Policy -> the statements that the grants name. */
function granting(before: Scenario, grants: readonly Grant[]): Partial<Scenario> {
  return Object.fromEntries(
    grants.map(({ policy: name, statement }) => [
      name,
      [before[name as PolicyRole]?.[Number(statement) - 1] ?? {}],
    ]),
  );
}
