import { s3AclsAreDisabled } from "../../../policy/rules/s3/s3AclsAreDisabled";
import { s3BucketsHaveOwnershipControls } from "../../../policy/rules/s3/s3BucketsHaveOwnershipControls";
import { resource, secret, unknown } from "../../../policy/testing";
import type { TestResource, WireProperties } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";
import { bucket, bucketV2 } from "./resources";

const type = "aws:s3/bucketOwnershipControls:BucketOwnershipControls";
const aclType = "aws:s3/bucketAcl:BucketAcl";
const aclV2Type = "aws:s3/bucketAclV2:BucketAclV2";

const lake = bucket("lake");
const controls = (objectOwnership: unknown, name: unknown = "lake"): TestResource =>
  resource(type, "ownership", { bucket: name, rule: { objectOwnership } });
const controlsOf = (target: TestResource): TestResource => ({
  ...resource(type, "ownership", { bucket: unknown }, { bucket: target }),
});

export const s3BucketsHaveOwnershipControlsTable: PolicyTable = {
  policy: s3BucketsHaveOwnershipControls,
  pass: {
    "controls that name the bucket by its output": { resources: [lake, controlsOf(lake)] },
    "controls that name the bucket by a known name": {
      resources: [lake, controls("ObjectWriter")],
    },
    "a bucket of the deprecated type": {
      resources: [bucketV2("lake"), controls("BucketOwnerEnforced")],
    },
  },
  fail: {
    "a bucket without controls": {
      resources: [lake],
      messages: [/The bucket has no ownership controls: add an aws\.s3\.BucketOwnershipControls/],
    },
    "a bucket of the deprecated type without controls": {
      resources: [bucketV2("logs"), lake, controlsOf(lake)],
      messages: [/has no ownership controls/],
    },
  },
  undecided: {
    "a bucket while the bucket of the controls is unknown": {
      resources: [lake, controls("BucketOwnerEnforced", unknown)],
      what: 'the ownership controls of "lake"',
    },
  },
};

const grant = { type: "Group", permissions: ["READ"] };
const hasAcl = [/acl is not private: remove it, and use the bucket policy\.$/];
const ownGrant = { grants: [{ permission: "FULL_CONTROL", grantee: { type: "CanonicalUser" } }] };
const acl = (props: WireProperties): readonly TestResource[] => [
  resource(aclType, "acl", { bucket: "lake", ...props }),
];

export const s3AclsAreDisabledTable: PolicyTable = {
  policy: s3AclsAreDisabled,
  pass: {
    "an enforced owner": { resources: [controls("BucketOwnerEnforced")] },
    "an enforced owner in a list of one": {
      resources: [
        resource(type, "ownership", { rule: [{ objectOwnership: "BucketOwnerEnforced" }] }),
      ],
    },
    "a secret ownership": { resources: [controls(secret("BucketOwnerEnforced"))] },
    "a bucket without an ACL": { resources: [lake] },
    "the ACL that is the default": { resources: [bucket("lake", { acl: "private" })] },
    "the ACL that is the default, as a resource": { resources: acl({ acl: "private" }) },
    "the ACL that is the default, with the grants that the update shows": {
      resources: acl({ acl: secret("private"), accessControlPolicy: ownGrant }),
    },
    "an empty list of grants": { resources: [bucketV2("lake", { grants: [] })] },
  },
  fail: {
    "a preferred owner": {
      resources: [controls("BucketOwnerPreferred")],
      messages: [
        /rule\.objectOwnership is "BucketOwnerPreferred": set it to "BucketOwnerEnforced"/,
      ],
    },
    "writers as owners": {
      resources: [controls("ObjectWriter")],
      messages: [/is "ObjectWriter"/],
    },
    "controls without an ownership": {
      resources: [resource(type, "ownership", { bucket: "lake" })],
      messages: [/rule\.objectOwnership is absent/],
    },
    "an ACL": { resources: acl({ acl: "log-delivery-write" }), messages: hasAcl },
    "an ACL of grants": {
      resources: acl({ accessControlPolicy: ownGrant }),
      messages: [/accessControlPolicy is set: remove it, and use the bucket policy/],
    },
    "an ACL of the deprecated type": {
      resources: [resource(aclV2Type, "acl", { bucket: "lake", acl: "public-read" })],
      messages: hasAcl,
    },
    "an in-line ACL": {
      resources: [bucket("lake", { acl: "public-read" })],
      messages: [/acl is not private: remove it/],
    },
    "in-line grants of the deprecated bucket type": {
      resources: [bucketV2("lake", { acl: "log-delivery-write", grants: [grant] })],
      messages: [/acl is not private/, /grants is not empty: remove it/],
    },
  },
  undecided: {
    "an unknown ownership": { resources: [controls(unknown)], what: "rule.objectOwnership" },
    "an unknown in-line ACL": { resources: [bucket("lake", { acl: unknown })], what: "acl" },
    "an unknown ACL of its own resource": { resources: acl({ acl: unknown }), what: "acl" },
    "unknown grants of an ACL": {
      resources: acl({ accessControlPolicy: unknown }),
      what: "accessControlPolicy",
    },
    "unknown grants": { resources: [bucket("lake", { grants: unknown })], what: "grants" },
    "an unknown ACL, while reporting the grants": {
      resources: [bucket("lake", { acl: unknown, grants: [grant] })],
      what: "acl",
      messages: [/grants is not empty/],
    },
  },
};
