import assert from "node:assert/strict";
import fc from "fast-check";
import type { AccessRequest } from "../../../../aws/iam/accessRequest";
import type { ApplyingPolicies } from "../../../../aws/iam/evaluation/authorize";
import type { Grant } from "../../../../aws/iam/decision";
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
} from "../../../local/support/iamPolicies";

/** Policies as their statements, so that some can be added, taken away or moved. */
interface World {
  readonly request: AccessRequest;
  readonly resourceAccount: string;
  readonly identity: readonly WrittenStatement[];
  readonly boundary: readonly WrittenStatement[] | undefined;
  readonly resource: readonly WrittenStatement[];
}

type Place = "identity" | "boundary" | "resource";

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
const world: fc.Arbitrary<World> = fc.record({
  request,
  resourceAccount: fc.constantFrom(account, account, otherAccount),
  identity: list(ofIdentity),
  boundary: fc.option(list(ofIdentity), { nil: undefined }),
  resource: list(ofResource),
});
const place = fc.constantFrom<Place>("identity", "boundary", "resource");

const made = (name: string, statements: readonly WrittenStatement[] | undefined) =>
  statements && statements.length > 0 ? policy(name, ...statements) : undefined;

function judge({ request: asked, resourceAccount, ...written }: World) {
  const identity = made("identity", written.identity);
  const boundary = made("boundary", written.boundary);
  const onResource = made("resource", written.resource);
  const policies: ApplyingPolicies = {
    resourceAccount,
    ...(identity && { identity: [identity] }),
    ...(boundary && { boundary }),
    ...(onResource && { resource: onResource }),
  };
  return decide(asked, policies);
}

const withMore = (before: World, where: Place, statement: WrittenStatement): World => ({
  ...before,
  [where]: [...(before[where] ?? []), statement],
});

/** A statement that matches every request of everyone, as it stands in such a policy. */
const everything = (Effect: string, where: Place): WrittenStatement => ({
  Effect,
  Action: "*",
  Resource: "*",
  ...(where === "resource" ? { Principal: "*" } : {}),
});

function forAnyWorld(check: (before: World, where: Place) => void): void {
  fc.assert(fc.property(world, place, check), { numRuns: 500 });
}

describe("authorize, for any policies", () => {
  it("both allows and denies, so that what follows says something", () => {
    const outcomes = fc.sample(world, 300).map((sample) => judge(sample).outcome);
    for (const outcome of ["allowed", "denied"] as const) {
      assert.ok(outcomes.filter((each) => each === outcome).length > 20);
    }
  });

  it("denies after a matching Deny was added", () => {
    forAnyWorld((before, where) => {
      const ofService = "service" in before.request.caller;
      const reached = ofService ? "resource" : where;
      const after = judge(withMore(before, reached, everything("Deny", reached)));
      assert.equal(after.outcome, "denied");
      assert.match(after.message, /with an explicit deny in an? [a-z- ]+$/);
    });
  });

  it("never allows because any Deny was added", () => {
    fc.assert(
      fc.property(world, ofIdentity, ofResource, (before, own, onResource) => {
        const identity = withMore(before, "identity", { ...own, Effect: "Deny" });
        const both = withMore(identity, "resource", { ...onResource, Effect: "Deny" });
        if (judge(before).outcome === "denied") assert.equal(judge(both).outcome, "denied");
      }),
      { numRuns: 500 },
    );
  });

  it("never denies because an Allow was added", () => {
    fc.assert(
      fc.property(world, ofIdentity, ofResource, (before, own, onResource) => {
        const identity = withMore(before, "identity", { ...own, Effect: "Allow" });
        const resourceToo = withMore(identity, "resource", { ...onResource, Effect: "Allow" });
        const all = before.boundary?.length
          ? withMore(resourceToo, "boundary", { ...own, Effect: "Allow" })
          : resourceToo;
        if (judge(before).outcome === "allowed") assert.equal(judge(all).outcome, "allowed");
      }),
      { numRuns: 500 },
    );
  });

  it("allows by the grants that it names, and denies without any one of them", () => {
    forAnyWorld((before) => {
      const decision = judge(before);
      if (decision.outcome === "denied") return;
      const alone = { ...before, identity: [], resource: [], ...named(before, decision.grants) };
      assert.equal(judge(alone).outcome, "allowed");
      for (const grant of decision.grants) {
        assert.equal(judge({ ...alone, [grant.policy]: [] }).outcome, "denied");
      }
    });
  });

  it("does not depend on the order of statements", () => {
    forAnyWorld((before) => {
      const reversed = {
        ...before,
        identity: [...before.identity].reverse(),
        boundary: before.boundary && [...before.boundary].reverse(),
        resource: [...before.resource].reverse(),
      };
      assert.equal(judge(reversed).outcome, judge(before).outcome);
    });
  });
});

/** The statements that the grants name, by policy. */
function named(before: World, grants: readonly Grant[]): Partial<World> {
  return Object.fromEntries(
    grants.map(({ policy: name, statement }) => [
      name,
      [before[name as Place]?.[Number(statement) - 1] ?? {}],
    ]),
  );
}
