import { logGroupArn, parseArn } from "../../../components/iam/arn";
import { existingBucketPolicy, tlsOnly } from "../../../components/iam/bucketPolicies";
import { producerAccess, readerAccess } from "../../../components/iam/clientAccess";
import {
  type DeliveryAccess,
  deliveryAccess,
  firehoseTrust,
  sourceAccess,
} from "../../../components/iam/deliveryAccess";
import { existingKeyPolicy, keyPolicy } from "../../../components/iam/keyPolicies";
import type { PolicyDocument } from "../../../components/iam/policyDocument";

/** A pipeline, as far as its IAM documents depend on it. */
export interface Pipeline {
  readonly streamArn: string;
  readonly bucketArn: string;
  /** Owner of an existing bucket; absent if the bucket is the pipeline's own. */
  readonly existingBucket?: "same-account" | "other-account" | undefined;
  /** The key of stream and bucket; absent if AWS manages the keys. */
  readonly keyArn?: string | undefined;
  /** An existing key of the stream alone; `keyArn` is then the bucket's. */
  readonly streamKeyArn?: string | undefined;
  readonly existingKey?: boolean | undefined;
  /** Whether the error log is encrypted with the key too. */
  readonly encryptedLog?: boolean | undefined;
  /** Beginnings of the keys of data and of failed records. */
  readonly prefix: string;
  readonly errorPrefix: string;
  readonly logGroupName: string;
  readonly functionArn?: string | undefined;
  readonly tableArn?: string | undefined;
  /** ARN of the bucket of source records; absent without a backup. */
  readonly backupBucketArn?: string | undefined;
  /** Key of that bucket alone; absent if it is the one of the bucket. */
  readonly backupKeyArn?: string | undefined;
  readonly roleNames: { readonly source: string; readonly delivery: string };
}

export type Documents = Readonly<Record<string, PolicyDocument>>;

/** The policies of identities: Firehose's two roles, producers, readers. */
export function identityPolicies(pipeline: Pipeline): Documents {
  const { streamArn, bucketArn, keyArn, streamKeyArn = keyArn, prefix } = pipeline;
  const groupArn = logGroupArn(streamArn, pipeline.logGroupName);
  return {
    source: sourceAccess({ streamArn, keyArn: streamKeyArn }),
    delivery: deliveryAccess({
      bucketArn,
      foreignBucket: pipeline.existingBucket === "other-account",
      beginnings: beginningsOf(pipeline),
      logStreamArn: `${groupArn}:log-stream:DestinationDelivery`,
      keyArn,
      ...(pipeline.encryptedLog === true &&
        keyArn !== undefined && { encryptedLog: { logGroupArn: groupArn, keyArn } }),
      ...featuresOf(pipeline, groupArn),
    }),
    producer: producerAccess({ streamArn, keyArn: streamKeyArn }),
    reader: readerAccess({ bucketArn, prefix, keyArn }),
  };
}

/** The features that are on. */
function featuresOf(pipeline: Pipeline, groupArn: string): Partial<DeliveryAccess> {
  const { functionArn, tableArn, backupBucketArn, backupKeyArn = pipeline.keyArn } = pipeline;
  return {
    ...{ functionArn, tableArn },
    ...(backupBucketArn !== undefined && {
      backupLogStreamArn: `${groupArn}:log-stream:BackupDelivery`,
      backup: { bucketArn: backupBucketArn, keyArn: backupKeyArn },
    }),
  };
}

function beginningsOf({ existingBucket, prefix, errorPrefix }: Pipeline) {
  return existingBucket && [prefix, errorPrefix];
}

/** The resource and trust policies that the pipeline creates. */
function ownedPolicies(pipeline: Pipeline): Documents {
  const { streamArn, bucketArn, keyArn } = pipeline;
  const groupArn = logGroupArn(streamArn, pipeline.logGroupName);
  return {
    trust: firehoseTrust(parseArn(streamArn).account),
    ...(keyArn !== undefined &&
      pipeline.existingKey !== true && {
        keyPolicy: keyPolicy(keyArn, {
          logGroupArn: pipeline.encryptedLog === true ? groupArn : undefined,
        }),
      }),
    ...(pipeline.existingBucket === undefined && { bucketPolicy: tlsOnly(bucketArn) }),
  };
}

/** What the policies of existing resources must allow. */
export function requiredPolicies(pipeline: Pipeline): Documents {
  const { streamArn, bucketArn, keyArn, streamKeyArn } = pipeline;
  const { partition, account } = parseArn(streamArn);
  const role = (name: string): string => `arn:${partition}:iam::${account}:role/${name}`;
  const sourceRoleArn = role(pipeline.roleNames.source);
  const deliveryRoleArn = role(pipeline.roleNames.delivery);
  const groupArn = logGroupArn(streamArn, pipeline.logGroupName);
  return {
    ...(pipeline.existingBucket === "other-account" && {
      requiredBucketPolicy: existingBucketPolicy({
        ...{ bucketArn, deliveryRoleArn },
        beginnings: beginningsOf(pipeline),
      }),
    }),
    ...(keyArn !== undefined &&
      pipeline.existingKey === true && {
        requiredKeyPolicy: existingKeyPolicy({
          keyArn,
          ...(streamKeyArn === undefined && { stream: { streamArn, sourceRoleArn } }),
          bucket: { bucketArn, deliveryRoleArn, beginnings: beginningsOf(pipeline) },
          ...(pipeline.encryptedLog === true && {
            log: { logGroupArn: groupArn, deliveryRoleArn },
          }),
        }),
      }),
    ...(streamKeyArn !== undefined && {
      requiredStreamKeyPolicy: existingKeyPolicy({
        keyArn: streamKeyArn,
        stream: { streamArn, sourceRoleArn },
      }),
    }),
    ...(pipeline.backupKeyArn !== undefined &&
      pipeline.backupBucketArn !== undefined && {
        requiredBackupKeyPolicy: existingKeyPolicy({
          keyArn: pipeline.backupKeyArn,
          backup: { bucketArn: pipeline.backupBucketArn, deliveryRoleArn },
        }),
      }),
  };
}

export function documentsOf(pipeline: Pipeline): Documents {
  return {
    ...ownedPolicies(pipeline),
    ...requiredPolicies(pipeline),
    ...identityPolicies(pipeline),
  };
}
