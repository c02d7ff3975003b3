import { kmsGrantsAreNotPassedOn } from "../../../policy/rules/kms/kmsGrantsAreNotPassedOn";
import { kmsGrantsNameIdentities } from "../../../policy/rules/kms/kmsGrantsNameIdentities";
import { kmsKeysAreSingleRegion } from "../../../policy/rules/kms/kmsKeysAreSingleRegion";
import { resource, secret, unknown } from "../../../policy/testing";
import type { WireProperties } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";

const key = (type: string, props: WireProperties) => ({
  resources: [resource(type, "key", props)],
});
const keyType = "aws:kms/key:Key";
const externalKeyType = "aws:kms/externalKey:ExternalKey";

export const kmsKeysAreSingleRegionTable: PolicyTable = {
  policy: kmsKeysAreSingleRegion,
  pass: {
    "the default": key(keyType, {}),
    "an explicit single Region": key(externalKeyType, { multiRegion: false }),
    "a secret flag": key(keyType, { multiRegion: secret(false) }),
  },
  fail: {
    "a multi-Region key": {
      ...key(keyType, { multiRegion: true }),
      messages: [/multiRegion is not false: remove it/],
    },
    "an imported multi-Region key": {
      ...key(externalKeyType, { multiRegion: true }),
      messages: [/multiRegion is not false/],
    },
    "a replica": {
      ...key("aws:kms/replicaKey:ReplicaKey", {}),
      messages: [/The key is a replica of a multi-Region key/],
    },
  },
  undecided: {
    "an unknown flag": { ...key(keyType, { multiRegion: unknown }), what: "multiRegion" },
  },
};

const role = "arn:aws:iam::123456789012:role/reader";
const grant = (props: WireProperties) => ({
  resources: [
    resource("aws:kms/grant:Grant", "reader", {
      keyId: "1234abcd",
      granteePrincipal: role,
      operations: ["Decrypt"],
      ...props,
    }),
  ],
});

export const kmsGrantsAreNotPassedOnTable: PolicyTable = {
  policy: kmsGrantsAreNotPassedOn,
  pass: {
    "operations on data": grant({ operations: ["Decrypt", "GenerateDataKey"] }),
    "secret operations": grant({ operations: secret(["Decrypt"]) }),
  },
  fail: {
    "a grant to create grants": {
      ...grant({ operations: ["Decrypt", "CreateGrant"] }),
      messages: [/operations has CreateGrant, .*: remove it/],
    },
  },
  undecided: {
    "unknown operations": { ...grant({ operations: unknown }), what: "operations" },
    "an unknown operation": { ...grant({ operations: ["Decrypt", unknown] }), what: "operations" },
  },
};

export const kmsGrantsNameIdentitiesTable: PolicyTable = {
  policy: kmsGrantsNameIdentities,
  pass: {
    "a role": grant({}),
    "a secret role": grant({ granteePrincipal: secret(role) }),
  },
  fail: {
    "an account": {
      ...grant({ granteePrincipal: "123456789012" }),
      messages: [/granteePrincipal is a whole account: use the ARN of a role/],
    },
    "the root of an account": {
      ...grant({ granteePrincipal: "arn:aws:iam::210987654321:root" }),
      messages: [/granteePrincipal is a whole account/],
    },
  },
  undecided: {
    "a role that will be created": {
      ...grant({ granteePrincipal: unknown }),
      what: "granteePrincipal",
    },
  },
};
