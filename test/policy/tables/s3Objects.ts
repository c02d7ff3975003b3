import { s3ObjectsAreNotPublic } from "../../../policy/rules/s3/s3ObjectsAreNotPublic";
import { s3ObjectsUseCustomerManagedKeys } from "../../../policy/rules/s3/s3ObjectsUseCustomerManagedKeys";
import { resource, secret, unknown } from "../../../policy/testing";
import type { WireProperties } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";

const objectType = "aws:s3/bucketObject:BucketObject";
const v2Type = "aws:s3/bucketObjectv2:BucketObjectv2";
const copyType = "aws:s3/objectCopy:ObjectCopy";
const object = (props: WireProperties, type = objectType) => ({
  resources: [resource(type, "object", { bucket: "lake", key: "a", ...props })],
});
const grant = (uri: unknown) => ({ type: "Group", permissions: ["READ"], uri });
const everyone = "http://acs.amazonaws.com/groups/global/AllUsers";
const logDelivery = "http://acs.amazonaws.com/groups/s3/LogDelivery";
const isPublic = [/acl is public: remove it, and use the bucket policy\.$/];
const hasPublicGrant = [/grants allow a public group: remove them/];

export const s3ObjectsAreNotPublicTable: PolicyTable = {
  policy: s3ObjectsAreNotPublic,
  pass: {
    "an object without an ACL": object({}),
    "a private ACL": object({ acl: "private" }, v2Type),
    "a secret ACL": object({ acl: secret("bucket-owner-full-control") }),
    "a grant to the log delivery": object({ grants: [grant(logDelivery)] }, copyType),
    "a grant to a user": object(
      { grants: [{ type: "CanonicalUser", id: "79a59df9", permissions: ["READ"] }] },
      copyType,
    ),
  },
  fail: {
    "an ACL for reading": { ...object({ acl: "public-read" }), messages: isPublic },
    "an ACL for writing": {
      ...object({ acl: "public-read-write" }, v2Type),
      messages: isPublic,
    },
    "an ACL for every account": {
      ...object({ acl: "authenticated-read" }, copyType),
      messages: isPublic,
    },
    "a grant to everyone": {
      ...object({ grants: [grant(logDelivery), grant(everyone)] }, copyType),
      messages: hasPublicGrant,
    },
    "a grant to every account": {
      ...object({ grants: [grant(everyone.replace("AllUsers", "AuthenticatedUsers"))] }, copyType),
      messages: hasPublicGrant,
    },
  },
  undecided: {
    "an unknown ACL": { ...object({ acl: unknown }), what: "acl" },
    "an unknown group": { ...object({ grants: [grant(unknown)] }, copyType), what: "grants" },
    "unknown grants, while reporting the ACL": {
      ...object({ acl: "public-read", grants: unknown }, copyType),
      what: "grants",
      messages: isPublic,
    },
  },
};

const arn = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd";
const isAbsent = [/kmsKeyId is absent: set it to a customer-managed key/];

export const s3ObjectsUseCustomerManagedKeysTable: PolicyTable = {
  policy: s3ObjectsUseCustomerManagedKeys,
  pass: {
    "a key": object({ kmsKeyId: arn }),
    "a secret key": object({ kmsKeyId: secret(arn) }, v2Type),
    "an alias": object({ kmsKeyId: "alias/lake" }, copyType),
  },
  fail: {
    "the default": { ...object({}), messages: isAbsent },
    "an empty key": { ...object({ kmsKeyId: "" }, v2Type), messages: isAbsent },
    "an AWS-managed key": {
      ...object({ kmsKeyId: "alias/aws/s3" }, copyType),
      messages: [/kmsKeyId is an AWS-managed key/],
    },
  },
  undecided: {
    "a key that will be created": { ...object({ kmsKeyId: unknown }), what: "kmsKeyId" },
  },
};
