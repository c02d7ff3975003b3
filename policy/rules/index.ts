import type { Policies } from "@pulumi/policy";
import { firehoseObjectsAreCompressed } from "./firehose/objectCompression";
import { iamAllowsHaveNoExclusions } from "./iam/noExclusions";
import { iamActionsAreSpecific } from "./iam/specificActions";
import { iamResourcesAreSpecific } from "./iam/specificResources";
import { kinesisStreamsAreEncrypted } from "./kinesis/streamEncryption";
import { s3BucketsAreEncrypted } from "./s3/encryption";
import { s3BucketsHavePublicAccessBlock, s3PublicAccessIsBlocked } from "./s3/publicAccessBlock";
import { s3BucketPoliciesRequireTls, s3BucketsHavePolicy } from "./s3/tlsOnly";

/** Every rule of the pack. */
export const rules: Policies = [
  s3BucketsAreEncrypted,
  s3BucketsHavePublicAccessBlock,
  s3PublicAccessIsBlocked,
  s3BucketsHavePolicy,
  s3BucketPoliciesRequireTls,
  kinesisStreamsAreEncrypted,
  firehoseObjectsAreCompressed,
  iamActionsAreSpecific,
  iamResourcesAreSpecific,
  iamAllowsHaveNoExclusions,
];
