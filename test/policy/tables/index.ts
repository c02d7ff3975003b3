import type { PolicyTable } from "../policyTable";
import { firehoseObjects } from "./firehoseObjects";
import { iamActions } from "./iamActions";
import { iamExclusions } from "./iamExclusions";
import { iamAdministration, iamEscalation, iamPassRole } from "./iamGrants";
import { iamManagedPolicies } from "./iamManagedPolicies";
import { iamOneWay } from "./iamOneWay";
import { iamConfusedDeputy, iamTrustedPrincipals } from "./iamTrust";
import { kmsDeletionWindow, kmsDescription, kmsEnabled, kmsLockoutCheck } from "./kmsKeyCare";
import { kmsKeyPolicies } from "./kmsKeyPolicies";
import { kmsPublicKeys } from "./kmsPublicKeys";
import { kmsRotation } from "./kmsRotation";
import { logsEncryption, logsRetention } from "./logsGroups";
import { iamResources } from "./iamResources";
import { kinesisStreams } from "./kinesisStreams";
import { accessLogs } from "./s3AccessLogs";
import { aclsAreDisabled, ownershipControlsExist } from "./s3Acls";
import { bucketKeys } from "./s3BucketKey";
import { bucketPolicyExists } from "./s3BucketPolicy";
import { customerManagedKeys } from "./s3CustomerManagedKey";
import { s3Encryption } from "./s3Encryption";
import { forceDestroy } from "./s3ForceDestroy";
import { formerVersionsExpire, lifecycleExists, uploadsAreAborted } from "./s3Lifecycle";
import { eventNotifications, objectLock, replication } from "./s3Optional";
import { publicAccessBlockExists, publicAccessIsBlocked } from "./s3PublicAccess";
import { bucketPolicyIsNotPublic } from "./s3PublicPolicy";
import { bucketPolicyRequiresTls } from "./s3Tls";
import { versioningExists, versioningIsEnabled } from "./s3Versioning";
import { firehoseBuffering } from "./firehoseBuffering";
import { firehoseDestination } from "./firehoseDestination";
import { firehoseErrorLogging } from "./firehoseErrorLogging";
import { firehoseObjectEncryption } from "./firehoseObjectEncryption";
import { firehosePrefixes } from "./firehosePrefixes";
import { firehoseCreateOrder, firehoseSeparateRoles } from "./firehoseRoles";
import {
  firehoseCustomerManagedKey,
  firehoseServerSideEncryption,
} from "./firehoseServerSideEncryption";
import { firehoseSourceBackup } from "./firehoseSourceBackup";
import { firehoseSourceEncryption } from "./firehoseSourceEncryption";
import { kinesisCustomerManagedKey } from "./kinesisCustomerManagedKey";
import { kinesisRetention } from "./kinesisRetention";
import { kinesisShardLevelMetrics } from "./kinesisShardLevelMetrics";
import { kinesisStreamPolicy } from "./kinesisStreamPolicy";
import { kinesisTags } from "./kinesisTags";

/** One table for each rule of the pack. */
export const tables: readonly PolicyTable[] = [
  s3Encryption,
  customerManagedKeys,
  bucketKeys,
  publicAccessBlockExists,
  publicAccessIsBlocked,
  bucketPolicyExists,
  bucketPolicyRequiresTls,
  bucketPolicyIsNotPublic,
  ownershipControlsExist,
  aclsAreDisabled,
  versioningExists,
  versioningIsEnabled,
  lifecycleExists,
  uploadsAreAborted,
  formerVersionsExpire,
  accessLogs,
  forceDestroy,
  replication,
  objectLock,
  eventNotifications,
  kinesisStreams,
  firehoseObjects,
  iamActions,
  iamResources,
  iamExclusions,
  iamTrustedPrincipals,
  iamConfusedDeputy,
  iamAdministration,
  iamPassRole,
  iamEscalation,
  iamManagedPolicies,
  iamOneWay,
  kmsRotation,
  kmsPublicKeys,
  kmsKeyPolicies,
  kmsLockoutCheck,
  kmsEnabled,
  kmsDescription,
  kmsDeletionWindow,
  logsRetention,
  logsEncryption,
  firehoseBuffering,
  firehoseDestination,
  firehoseErrorLogging,
  firehoseObjectEncryption,
  firehosePrefixes,
  firehoseCreateOrder,
  firehoseSeparateRoles,
  firehoseCustomerManagedKey,
  firehoseServerSideEncryption,
  firehoseSourceBackup,
  firehoseSourceEncryption,
  kinesisCustomerManagedKey,
  kinesisRetention,
  kinesisShardLevelMetrics,
  kinesisStreamPolicy,
  kinesisTags,
];
