import { kmsKeysHavePolicy } from "../../../policy/rules/kms/kmsKeysHavePolicy";
import { resource, unknown } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";
import { accountDecides, documentOf, keyArn, keyPolicy } from "./kmsKeys";

const key = resource("aws:kms/key:Key", "key", { keyId: "1234abcd", arn: keyArn });
const inline = (policy: unknown) => [resource(key.type, key.name, { ...key.props, policy })];
const byDefault = { Version: "2012-10-17", Id: "key-default-1", Statement: [accountDecides] };
const missing = [/The key has the default key policy: set policy, or add an aws\.kms\.KeyPolicy/];

export const kmsKeysHavePolicyTable: PolicyTable = {
  policy: kmsKeysHavePolicy,
  pass: {
    "a key policy by ARN": { resources: [key, keyPolicy({ keyId: keyArn, policy: "{}" })] },
    "a key policy of a key that will be created": {
      resources: [
        resource(key.type, key.name, { arn: unknown }),
        resource(
          "aws:kms/keyPolicy:KeyPolicy",
          "policy",
          { keyId: unknown, policy: unknown },
          { keyId: resource(key.type, key.name, {}) },
        ),
      ],
    },
    "an in-line policy": { resources: inline(documentOf(accountDecides)) },
    "an in-line policy that is an object, which is never the default of AWS": {
      resources: inline(byDefault),
    },
    "an in-line policy that adds to the default": {
      resources: inline(
        JSON.stringify({ ...byDefault, Statement: [accountDecides, accountDecides] }),
      ),
    },
  },
  fail: {
    "a key without a key policy": { resources: [key], messages: missing },
    "the default key policy of AWS": {
      resources: inline(JSON.stringify(byDefault)),
      messages: missing,
    },
    "a key policy of another key": {
      resources: [key, keyPolicy({ keyId: "another", policy: "{}" })],
      messages: missing,
    },
  },
  undecided: {
    "an unknown in-line policy": { resources: inline(unknown), what: 'policy of "key"' },
    "a key while the key of a policy is unknown": {
      resources: [key, keyPolicy({ keyId: unknown })],
      what: 'the key policy of "key"',
    },
  },
};
