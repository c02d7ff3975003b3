import type { PolicyTable } from "../../support/policyTable";
import { firehoseObjects } from "./firehoseObjects";
import { iamActions } from "./iamActions";
import { iamExclusions } from "./iamExclusions";
import { iamResources } from "./iamResources";
import { kinesisStreams } from "./kinesisStreams";
import { bucketPolicyExists } from "./s3BucketPolicy";
import { s3Encryption } from "./s3Encryption";
import { publicAccessBlockExists, publicAccessIsBlocked } from "./s3PublicAccess";
import { bucketPolicyRequiresTls } from "./s3Tls";

/** One table for each rule of the pack. */
export const tables: readonly PolicyTable[] = [
  s3Encryption,
  publicAccessBlockExists,
  publicAccessIsBlocked,
  bucketPolicyExists,
  bucketPolicyRequiresTls,
  kinesisStreams,
  firehoseObjects,
  iamActions,
  iamResources,
  iamExclusions,
];
