import { own, UNKNOWN } from "../reading/value";
import * as types from "../resourceTypes";
import { bucketTwins } from "./bucketTwins";
import {
  deliveryStreamFields,
  formerDeliveryStreamFields,
  formerDestination,
} from "./deliveryStreamFields";
import type { Fields, Twin } from "./fields";

/** A list of keys and values becomes a map. */
const tags = { from: "tags", as: tagMap } as const;

function tagMap(list: unknown): unknown {
  if (!Array.isArray(list)) return list;
  const entries = Object.keys(list).map((index) => {
    const tag = own(list, index);
    return [own(tag, "key"), own(tag, "value")] as const;
  });
  if (entries.some(([key]) => key === UNKNOWN)) return UNKNOWN;
  return Object.fromEntries(entries.map(([key, value]) => [String(key), value]));
}

/** Cloud Control declares the inline policies of users and groups in the same way as those of roles. */
const inlinePolicies = {
  from: "policies",
  fields: { name: "policyName", policy: "policyDocument" },
} as const;
const identityPolicy = { policy: "policyDocument" };
const keyFields = {
  ...only("arn", "keyId", "description", "enableKeyRotation"),
  policy: "keyPolicy",
};

/** Properties with the same name. */
function only(...names: readonly string[]): Fields {
  return Object.fromEntries(names.map((name) => [name, name]));
}

/** Type of Cloud Control -> the resources that it corresponds to, the main one first. */
export const twins: Readonly<Record<string, readonly Twin[]>> = {
  "aws-native:s3:Bucket": bucketTwins,
  "aws-native:s3:BucketPolicy": [
    { type: types.bucketPolicyType, fields: { bucket: "bucket", policy: "policyDocument" } },
  ],
  "aws-native:kinesis:Stream": [
    {
      type: types.streamType,
      fields: {
        ...only("arn", "name", "shardCount"),
        encryptionType: "streamEncryption.encryptionType",
        kmsKeyId: "streamEncryption.keyId",
        maxRecordSizeInKib: "maxRecordSizeInKiB",
        retentionPeriod: "retentionPeriodHours",
        shardLevelMetrics: "desiredShardLevelMetrics",
        tags,
      },
    },
  ],
  "aws-native:kinesis:ResourcePolicy": [
    {
      type: types.streamPolicyType,
      fields: { resourceArn: "resourceArn", policy: "resourcePolicy" },
    },
  ],
  "aws-native:kinesisfirehose:DeliveryStream": [
    {
      type: types.deliveryStreamType,
      fields: { ...deliveryStreamFields, tags },
      unless: formerDestination,
    },
    {
      type: types.deliveryStreamType,
      fields: { ...formerDeliveryStreamFields, tags },
      block: formerDestination,
    },
  ],
  "aws-native:iam:Role": [
    {
      type: types.roleType,
      fields: {
        ...only("arn", "managedPolicyArns", "permissionsBoundary"),
        name: "roleName",
        assumeRolePolicy: "assumeRolePolicyDocument",
        inlinePolicies,
        tags,
      },
    },
  ],
  "aws-native:iam:RolePolicy": [
    {
      type: types.rolePolicyType,
      fields: { ...identityPolicy, role: "roleName", name: "policyName" },
    },
  ],
  "aws-native:iam:ManagedPolicy": [
    { type: types.managedPolicyType, fields: { ...identityPolicy, arn: "policyArn" } },
    {
      type: types.policyAttachmentType,
      fields: { ...only("roles", "users", "groups"), policyArn: "policyArn" },
    },
  ],
  "aws-native:iam:UserPolicy": [
    { type: types.userPolicyType, fields: { ...identityPolicy, user: "userName" } },
  ],
  "aws-native:iam:GroupPolicy": [
    { type: types.groupPolicyType, fields: { ...identityPolicy, group: "groupName" } },
  ],
  "aws-native:iam:User": [
    {
      type: types.userType,
      fields: { name: "userName", inlinePolicies, managedPolicyArns: "managedPolicyArns" },
    },
  ],
  "aws-native:iam:Group": [
    {
      type: types.groupType,
      fields: { name: "groupName", inlinePolicies, managedPolicyArns: "managedPolicyArns" },
    },
  ],
  "aws-native:kms:Key": [
    {
      type: types.keyType,
      fields: {
        ...keyFields,
        ...only("multiRegion", "rotationPeriodInDays"),
        bypassPolicyLockoutSafetyCheck: "bypassPolicyLockoutSafetyCheck",
        customerMasterKeySpec: "keySpec",
        deletionWindowInDays: "pendingWindowInDays",
        isEnabled: "enabled",
        keyUsage: "keyUsage",
        tags,
      },
    },
  ],
  "aws-native:logs:LogGroup": [
    {
      type: types.logGroupType,
      fields: { ...only("kmsKeyId", "retentionInDays"), name: "logGroupName", tags },
    },
  ],
};
