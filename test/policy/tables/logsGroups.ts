import { logsGroupsAreEncrypted } from "../../../policy/rules/logs/logsGroupsAreEncrypted";
import { logsGroupsExpireEvents } from "../../../policy/rules/logs/logsGroupsExpireEvents";
import { resource, secret, unknown } from "../../../policy/testing";
import type { TestResource, WireProperties } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";

function logGroup(props: WireProperties): readonly TestResource[] {
  return [resource("aws:cloudwatch/logGroup:LogGroup", "errors", props)];
}

const bounds = { retentionDays: { min: 60, max: 400 } };

export const logsGroupsExpireEventsTable: PolicyTable = {
  policy: logsGroupsExpireEvents,
  pass: {
    "the minimum": { resources: logGroup({ retentionInDays: 7 }) },
    "the maximum": { resources: logGroup({ retentionInDays: 3653 }) },
    "the bounds of the config": {
      resources: logGroup({ retentionInDays: 400, logGroupClass: "STANDARD" }),
      config: bounds,
    },
    "no expiration if the config allows it": {
      resources: logGroup({}),
      config: { allowNever: true },
    },
  },
  fail: {
    "the default": {
      resources: logGroup({}),
      messages: [/retentionInDays is absent or 0, so that events never expire: set it to 7 to/],
    },
    "an explicit 0, which means no expiration": {
      resources: logGroup({ retentionInDays: 0, logGroupClass: "INFREQUENT_ACCESS" }),
      messages: [/never expire/],
    },
    "less than the minimum": {
      resources: logGroup({ retentionInDays: 5 }),
      messages: [/retentionInDays must be from 7 to 3653 days/],
    },
    "less than the minimum, even if no expiration is allowed": {
      resources: logGroup({ retentionInDays: 30 }),
      config: { ...bounds, allowNever: true },
      messages: [/must be from 60 to 400 days/],
    },
    "more than the maximum": {
      resources: logGroup({ retentionInDays: 545 }),
      config: bounds,
      messages: [/must be from 60 to 400 days/],
    },
  },
  undecided: {
    "an unknown retention": {
      resources: logGroup({ retentionInDays: unknown }),
      what: "retentionInDays",
    },
    "an invalid retention of a log group of unknown class": {
      resources: logGroup({ logGroupClass: unknown }),
      what: "logGroupClass",
    },
  },
  notApplicable: {
    "log groups of class DELIVERY, whose retention AWS sets": {
      resources: logGroup({ logGroupClass: "DELIVERY" }),
      reason: /class DELIVERY/,
    },
  },
  remediated: {
    "no expiration to the maximum": { resources: logGroup({}), to: { retentionInDays: 3653 } },
    "no expiration to the longest supported retention within the bounds": {
      resources: logGroup({ retentionInDays: 0, name: secret("errors"), kmsKeyId: unknown }),
      config: { retentionDays: { min: 60, max: 399 } },
      to: { retentionInDays: 365, name: secret("errors"), kmsKeyId: unknown },
    },
    "a short retention to the shortest supported one within the bounds": {
      resources: logGroup({ retentionInDays: 1 }),
      config: { retentionDays: { min: 31, max: 400 } },
      to: { retentionInDays: 60 },
    },
    "a long retention to the maximum": {
      resources: logGroup({ retentionInDays: 545 }),
      config: bounds,
      to: { retentionInDays: 400 },
    },
    "nothing if AWS supports no value within the bounds": {
      resources: logGroup({}),
      config: { retentionDays: { min: 8, max: 13 } },
      to: "unchanged",
    },
    "no log group of class DELIVERY": {
      resources: logGroup({ logGroupClass: "DELIVERY" }),
      to: "unchanged",
    },
  },
};

export const logsGroupsAreEncryptedTable: PolicyTable = {
  policy: logsGroupsAreEncrypted,
  pass: {
    "a key": {
      resources: logGroup({ kmsKeyId: "arn:aws:kms:eu-central-1:123456789012:key/1234abcd" }),
    },
  },
  fail: {
    "the default": { resources: logGroup({}), messages: [/kmsKeyId is absent: set it/] },
    "an empty key": { resources: logGroup({ kmsKeyId: "" }), messages: [/kmsKeyId is absent/] },
  },
  undecided: {
    "a key that will be created": { resources: logGroup({ kmsKeyId: unknown }), what: "kmsKeyId" },
  },
};
