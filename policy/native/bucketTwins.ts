import * as types from "../resourceTypes";
import type { Fields, Twin } from "./fields";

/** `PublicRead` -> `public-read` */
function cannedAcl(word: unknown): unknown {
  return typeof word === "string" ? word.replace(/(?<=[a-z])(?=[A-Z])/g, "-").toLowerCase() : word;
}

const lifecycleRule: Fields = {
  status: "status",
  prefix: "prefix",
  tags: "tagFilters",
  filter: {
    from: "",
    fields: {
      objectSizeGreaterThan: "objectSizeGreaterThan",
      objectSizeLessThan: "objectSizeLessThan",
    },
  },
  abortIncompleteMultipartUpload: "abortIncompleteMultipartUpload",
  noncurrentVersionExpiration: "noncurrentVersionExpiration",
  noncurrentVersionExpirations: {
    from: "",
    fields: { days: "noncurrentVersionExpirationInDays" },
  },
};

/** A block of a bucket that is a resource of its own in the AWS provider. */
function part(type: string, block: string, fields: Fields): Twin {
  return { type, block, fields, refersToParent: ["bucket"] };
}

const publicAccessBlock = "publicAccessBlockConfiguration";

/** The resources that a bucket of Cloud Control corresponds to. */
export const bucketTwins: readonly Twin[] = [
  {
    type: types.bucketType,
    fields: {
      bucket: "bucketName",
      arn: "arn",
      acl: { from: "accessControl", as: cannedAcl },
      objectLockEnabled: "objectLockEnabled",
    },
  },
  part(types.bucketEncryptionTypes[0], "bucketEncryption", {
    rules: {
      from: "bucketEncryption.serverSideEncryptionConfiguration",
      fields: {
        bucketKeyEnabled: "bucketKeyEnabled",
        applyServerSideEncryptionByDefault: {
          from: "serverSideEncryptionByDefault",
          fields: { sseAlgorithm: "sseAlgorithm", kmsMasterKeyId: "kmsMasterKeyId" },
        },
      },
    },
  }),
  part(types.publicAccessBlockType, publicAccessBlock, {
    blockPublicAcls: `${publicAccessBlock}.blockPublicAcls`,
    blockPublicPolicy: `${publicAccessBlock}.blockPublicPolicy`,
    ignorePublicAcls: `${publicAccessBlock}.ignorePublicAcls`,
    restrictPublicBuckets: `${publicAccessBlock}.restrictPublicBuckets`,
  }),
  part(types.bucketVersioningTypes[0], "versioningConfiguration", {
    versioningConfiguration: "versioningConfiguration",
  }),
  part(types.bucketLifecycleTypes[0], "lifecycleConfiguration", {
    rules: { from: "lifecycleConfiguration.rules", fields: lifecycleRule },
  }),
  {
    ...part(types.bucketLoggingTypes[0], "loggingConfiguration", {
      targetBucket: "loggingConfiguration.destinationBucketName",
    }),
    // Without a destination, a bucket logs to itself.
    refersToParent: ["bucket", "targetBucket"],
  },
  part(types.ownershipControlsType, "ownershipControls", {
    rule: {
      from: "ownershipControls.rules",
      fields: { objectOwnership: "objectOwnership" },
    },
  }),
  part(types.bucketNotificationType, "notificationConfiguration", {
    eventbridge: "notificationConfiguration.eventBridgeConfiguration.eventBridgeEnabled",
    lambdaFunctions: "notificationConfiguration.lambdaConfigurations",
    queues: "notificationConfiguration.queueConfigurations",
    topics: "notificationConfiguration.topicConfigurations",
  }),
  part(types.bucketObjectLockTypes[0], "objectLockConfiguration", {
    objectLockEnabled: "objectLockConfiguration.objectLockEnabled",
    rule: "objectLockConfiguration.rule",
  }),
  part(types.bucketReplicationType, "replicationConfiguration", {
    rules: "replicationConfiguration.rules",
  }),
];
