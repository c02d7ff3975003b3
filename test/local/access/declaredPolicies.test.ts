import assert from "node:assert/strict";
import type { AccessRequest } from "../../../aws/iam/accessRequest";
import type { Decision } from "../../../aws/iam/decision";
import {
  type GraphResource,
  type Properties,
  Secret,
  Unknown,
} from "../../../engine/graph/resourceGraph";
import { declaredPolicies } from "../../../local/access/declaredPolicies";
import { policyText, types, withArn } from "../support/changedGraph";
import { graphOf, resourceOf } from "../support/graph";

const account = "123456789012";
const other = "210987654321";
const roleArn = `arn:aws:iam::${account}:role/writer`;
const bucketArn = "arn:aws:s3:::lake";
const streamArn = `arn:aws:kinesis:us-east-1:${account}:stream/clicks`;
const keyArn = `arn:aws:kms:us-east-1:${account}:key/k`;

const allow = (action: string, more: object = {}) => ({
  ...{ Effect: "Allow", Action: action, Resource: "*" },
  ...more,
});
const deny = (action: string, more: object = {}) => ({
  ...{ Effect: "Deny", Principal: "*", Action: action, Resource: "*" },
  ...more,
});
const everything = policyText(allow("*"));
const trust = policyText({
  Effect: "Allow",
  Principal: { Service: "firehose.amazonaws.com" },
  Action: "sts:AssumeRole",
});

const role = (more: Properties = {}): GraphResource =>
  withArn(types.role, "writer", roleArn, { name: "writer", assumeRolePolicy: trust, ...more });
const rolePolicy = (policy: Properties["policy"] = everything): GraphResource =>
  resourceOf(types.rolePolicy, "all", { role: "writer", policy: policy ?? null });
const managedArn = `arn:aws:iam::${account}:policy/shared`;
const managed = (policy = everything): GraphResource =>
  withArn(types.managedPolicy, "shared", managedArn, { policy });
const bucket = (more: Properties = {}): GraphResource =>
  withArn(types.bucket, "lake", bucketArn, { bucket: "lake", ...more });
const bucketPolicy = (policy: Properties["policy"]): GraphResource =>
  resourceOf(types.bucketPolicy, "lake", { bucket: "lake", policy: policy ?? null });
const key = (more: Properties = {}): GraphResource =>
  withArn(types.key, "data", keyArn, { keyId: "k", ...more });
const stream = withArn(types.stream, "clicks", streamArn, { name: "clicks" });

const request = (action: string, resource: string): AccessRequest => ({
  caller: { roleArn, sessionName: "test" },
  action,
  resource,
  context: {},
});
const put = request("s3:PutObject", `${bucketArn}/raw/1`);
const read = request("kinesis:GetRecords", streamArn);
const decrypt = request("kms:Decrypt", keyArn);

const decide = (checked: AccessRequest, ...resources: readonly GraphResource[]): Decision =>
  declaredPolicies(graphOf(...resources)).decide(checked);
const outcome = (checked: AccessRequest, ...resources: readonly GraphResource[]): string =>
  decide(checked, ...resources).outcome;

function reason(checked: AccessRequest, ...resources: readonly GraphResource[]): string {
  const decision = decide(checked, ...resources);
  assert.equal(decision.outcome, "undecided");
  return "reason" in decision ? decision.reason : "";
}

describe("declaredPolicies", () => {
  describe("of a role", () => {
    it("reads role policies from every resource that can contain them", () => {
      const attached = (type: string, inputs: Properties) => [
        managed(),
        resourceOf(type, "attached", inputs),
      ];
      const exclusive = "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive";
      const ways: Readonly<Record<string, readonly GraphResource[]>> = {
        "role policy": [role(), rolePolicy()],
        "role policy that is secret": [role(), rolePolicy(new Secret(everything))],
        "inline policy": [role({ inlinePolicies: [{ name: "all", policy: everything }] })],
        "managed policy of the role": [role({ managedPolicyArns: [managedArn] }), managed()],
        attachment: [
          role(),
          ...attached(types.attachment, { role: "writer", policyArn: managedArn }),
        ],
        "attachment to several": [
          role(),
          ...attached("aws:iam/policyAttachment:PolicyAttachment", {
            roles: ["writer"],
            policyArn: managedArn,
          }),
        ],
        "exclusive attachments": [
          role(),
          ...attached(exclusive, { roleName: "writer", policyArns: [managedArn] }),
        ],
      };
      for (const [way, resources] of Object.entries(ways))
        assert.equal(outcome(put, bucket(), ...resources), "allowed", way);
    });

    it("ignores the policies of other roles", () => {
      const others = resourceOf(types.rolePolicy, "all", { role: "reader", policy: everything });
      assert.equal(outcome(put, bucket(), role(), others), "denied");
      assert.equal(outcome(put, bucket(), role({ inlinePolicies: [{}] }), managed()), "denied");
    });

    it("reports the policy and statement of a grant", () => {
      const decision = decide(put, bucket(), role(), rolePolicy());
      assert.deepEqual(decision, {
        outcome: "allowed",
        grants: [{ policy: "role policy all", statement: "1", action: "*", resource: "*" }],
      });
    });

    it("applies a declared permissions boundary", () => {
      const bound = role({ permissionsBoundary: managedArn });
      const limits = managed(policyText(allow("kinesis:*")));
      assert.equal(outcome(put, bucket(), bound, rolePolicy(), limits), "denied");
      assert.equal(outcome(read, stream, bound, rolePolicy(), limits), "allowed");
    });

    it("is undecided if a policy of the role is not declared", () => {
      const ofAws = "arn:aws:iam::aws:policy/AmazonS3FullAccess";
      const elsewhere = `the managed policy ${ofAws} is not declared here`;
      const own = [bucket(), rolePolicy()];
      assert.equal(reason(put, role({ managedPolicyArns: [ofAws] }), ...own), elsewhere);
      assert.equal(reason(put, role({ permissionsBoundary: ofAws }), ...own), elsewhere);
      assert.equal(reason(put, bucket()), `the role ${roleArn} is not declared here`);
      const found = { ...role(), external: true };
      assert.equal(reason(put, found, ...own), `the role ${roleArn} is not declared here`);
    });

    it("is undecided if a policy of the role is unknown or invalid", () => {
      assert.equal(
        reason(put, bucket(), role(), rolePolicy(new Unknown())),
        "the role policy all is unknown until deployment",
      );
      const ofAnyRole = resourceOf(types.rolePolicy, "later", {
        role: new Unknown(),
        policy: new Unknown(),
      });
      assert.match(reason(put, bucket(), role(), rolePolicy(), ofAnyRole), /role policy later/);
      const ofAnother = { ...ofAnyRole, propertyDependencies: { role: ["urn:reader"] } };
      assert.equal(outcome(put, bucket(), role(), rolePolicy(), ofAnother), "allowed");
      assert.match(
        reason(put, bucket(), role(), rolePolicy("{}")),
        /^the role policy all cannot be read:\n.*Statement/,
      );
      const misplaced = rolePolicy(policyText({ ...allow("*"), Principal: "*" }));
      assert.match(reason(put, bucket(), role(), misplaced), /has a Principal/);
    });

    it("decides by the trust policy who may assume the role", () => {
      const assume = (service: string): AccessRequest => ({
        ...request("sts:AssumeRole", roleArn),
        caller: { service },
      });
      assert.equal(outcome(assume("firehose.amazonaws.com"), role()), "allowed");
      assert.equal(outcome(assume("lambda.amazonaws.com"), role()), "denied");
      assert.match(reason(assume("firehose.amazonaws.com")), /is not declared here$/);
    });
  });

  describe("of a bucket", () => {
    const denial = policyText(deny("s3:PutObject"));

    it("applies a bucket policy from its own resource or from the bucket", () => {
      const writer = [role(), rolePolicy()];
      assert.equal(outcome(put, bucket(), ...writer), "allowed");
      assert.equal(outcome(put, bucket(), bucketPolicy(denial), ...writer), "denied");
      assert.equal(outcome(put, bucket({ policy: denial }), ...writer), "denied");
      const former = { ...bucket({ policy: denial }), type: "aws:s3/bucketV2:BucketV2" };
      assert.equal(outcome(put, former, ...writer), "denied");
      assert.equal(outcome(put, bucketPolicy(denial), ...writer), "denied");
    });

    it("assumes once that an undeclared bucket has no policy", () => {
      const policies = declaredPolicies(graphOf(role(), rolePolicy()));
      assert.deepEqual(policies.assumptions, []);
      assert.equal(policies.decide(put).outcome, "allowed");
      assert.equal(policies.decide(put).outcome, "allowed");
      assert.deepEqual(policies.assumptions, [
        `The bucket ${bucketArn} is not declared here: assumed to belong to this account and to have no policy.`,
      ]);
    });

    it("is undecided if an undeclared bucket belongs to another account", () => {
      const pipeline = {
        ...resourceOf("streamlake:index:DeliveryPipeline", "events", {
          existing: { bucketArn, bucketAccountId: other },
        }),
        custom: false,
      };
      const writer = [pipeline, role(), rolePolicy()];
      assert.equal(
        reason(put, ...writer),
        `the policy of the bucket ${bucketArn}, of account ${other}, is not declared here`,
      );
      const allowed = allow("s3:PutObject", { Principal: { AWS: roleArn } });
      assert.equal(outcome(put, bucketPolicy(policyText(allowed)), ...writer), "allowed");
      assert.equal(outcome(put, bucketPolicy(denial), ...writer), "denied");
    });
  });

  describe("of a key", () => {
    const writer = [role(), rolePolicy()];
    const adminOnly = policyText(
      allow("kms:*", { Principal: { AWS: `arn:aws:iam::${account}:role/admin` } }),
    );

    it("applies a key policy, and delegates to IAM policies without one", () => {
      assert.equal(outcome(decrypt, key(), ...writer), "allowed");
      assert.equal(outcome(decrypt, key({ policy: adminOnly }), ...writer), "denied");
      const keyPolicy = resourceOf(types.keyPolicy, "data", { keyId: "k", policy: adminOnly });
      assert.equal(outcome(decrypt, key(), keyPolicy, ...writer), "denied");
      assert.equal(outcome(decrypt, keyPolicy, ...writer), "denied");
    });

    it("assumes that an undeclared key of this account delegates to IAM policies", () => {
      const policies = declaredPolicies(graphOf(...writer));
      assert.equal(policies.decide(decrypt).outcome, "allowed");
      assert.match(policies.assumptions[0] ?? "", /assumed to delegate access to IAM policies\.$/);
    });

    it("is undecided for a key of another account, a service as caller, or an alias", () => {
      const foreign = keyArn.replace(account, other);
      assert.match(reason({ ...decrypt, resource: foreign }, ...writer), /of another account/);
      const logs = { ...decrypt, caller: { service: "logs.us-east-1.amazonaws.com" } };
      assert.match(reason(logs, ...writer), /which must allow logs\.us-east-1\.amazonaws\.com/);
      const alias = keyArn.replace("key/k", "alias/data");
      assert.equal(
        reason({ ...decrypt, resource: alias }, ...writer),
        `the key of the alias ${alias} is not declared here`,
      );
    });
  });

  it("applies a stream policy, and assumes that an undeclared stream has none", () => {
    const writer = [role(), rolePolicy()];
    const denial = resourceOf("aws:kinesis/resourcePolicy:ResourcePolicy", "clicks", {
      resourceArn: streamArn,
      policy: policyText(deny("kinesis:GetRecords")),
    });
    assert.equal(outcome(read, stream, ...writer), "allowed");
    assert.equal(outcome(read, stream, denial, ...writer), "denied");
    const policies = declaredPolicies(graphOf(...writer));
    assert.equal(policies.decide(read).outcome, "allowed");
    assert.match(policies.assumptions[0] ?? "", /^The stream \S+\/clicks is not declared here/);
  });

  describe("with condition keys that the graph decides", () => {
    const alias = (targetKeyId: Properties["targetKeyId"]): GraphResource =>
      resourceOf("aws:kms/alias:Alias", "data", {
        name: "alias/data",
        targetKeyId: targetKeyId ?? null,
      });
    const byAlias = (name: string): GraphResource =>
      rolePolicy(
        policyText(
          allow("kms:*", {
            Condition: { "ForAnyValue:StringEquals": { "kms:ResourceAliases": name } },
          }),
        ),
      );

    it("knows the aliases of a declared key", () => {
      assert.equal(outcome(decrypt, key(), alias("k"), role(), byAlias("alias/data")), "allowed");
      assert.equal(outcome(decrypt, key(), alias("k"), role(), byAlias("alias/other")), "denied");
      assert.equal(outcome(decrypt, key(), alias("x"), role(), byAlias("alias/data")), "denied");
      assert.match(reason(decrypt, role(), byAlias("alias/data")), /kms:ResourceAliases/);
    });

    it("knows the tags of a declared role", () => {
      const forUnit = rolePolicy(
        policyText(allow("s3:*", { Resource: `${bucketArn}/\${aws:PrincipalTag/unit}/*` })),
      );
      const tagged = (unit: Properties["tags"]): GraphResource =>
        role({ tags: { unit: unit ?? null } });
      assert.equal(outcome(put, bucket(), tagged("raw"), forUnit), "allowed");
      assert.equal(outcome(put, bucket(), tagged("log"), forUnit), "denied");
      assert.equal(outcome(put, bucket(), role(), forUnit), "denied");
      assert.match(reason(put, bucket(), tagged(new Unknown()), forUnit), /PrincipalTag\/unit/);
      const unknownTags = role({ tags: new Unknown() });
      assert.match(reason(put, bucket(), unknownTags, forUnit), /PrincipalTag\/unit/);
    });

    it("knows who owns the resource", () => {
      const own = {
        StringEquals: { "aws:ResourceAccount": account, "s3:ResourceAccount": account },
      };
      const foreign = { StringEquals: { "aws:ResourceAccount": other } };
      for (const [Condition, expected] of [
        [own, "allowed"],
        [foreign, "denied"],
      ] as const) {
        const policies = rolePolicy(policyText(allow("s3:*", { Condition })));
        assert.equal(outcome(put, bucket(), role(), policies), expected);
      }
    });
  });

  describe("with conditions on values that are unknown before the call", () => {
    const inOrganization = { StringNotEquals: { "aws:PrincipalOrgID": "o-1" } };
    const outside = bucketPolicy(policyText(deny("s3:*", { Condition: inOrganization })));

    it("is undecided and names the unknown condition keys", () => {
      assert.equal(
        reason(put, bucket(), outside, role(), rolePolicy()),
        "policies depend on aws:PrincipalOrgID, unknown before the call",
      );
      const today = { DateLessThan: { "aws:CurrentTime": "2030-01-01T00:00:00Z" } };
      const forNow = rolePolicy(policyText(allow("s3:*", { Condition: today })));
      assert.match(reason(put, bucket(), role(), forNow), /aws:CurrentTime/);
    });

    it("is undecided if a trust policy depends on the source account of Firehose", () => {
      const assume: AccessRequest = {
        ...request("sts:AssumeRole", roleArn),
        caller: { service: "firehose.amazonaws.com" },
        context: { "sts:ExternalId": account },
      };
      const trusting = (externalId: string) =>
        role({
          assumeRolePolicy: policyText({
            Effect: "Allow",
            Principal: { Service: "firehose.amazonaws.com" },
            Action: "sts:AssumeRole",
            Condition: {
              StringEquals: { "aws:SourceAccount": account, "sts:ExternalId": externalId },
            },
          }),
        });
      assert.match(reason(assume, trusting(account)), /aws:SourceAccount/);
      assert.equal(outcome(assume, trusting(other)), "denied");
    });

    it("decides if unknown values do not change the result", () => {
      assert.equal(outcome(read, stream, outside, role(), rolePolicy()), "allowed");
      const nothing = rolePolicy(policyText(allow("kinesis:*")));
      assert.equal(outcome(put, bucket(), outside, role(), nothing), "denied");
      const today = { DateLessThan: { "aws:CurrentTime": "2030-01-01T00:00:00Z" } };
      const twice = rolePolicy(policyText(allow("s3:*", { Condition: today }), allow("s3:*")));
      assert.equal(outcome(put, bucket(), role(), twice), "allowed");
    });
  });
});
