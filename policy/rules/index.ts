import type { Rule } from "../rule/rule";
import { firehoseBuffersAreBounded } from "./firehose/firehoseBuffersAreBounded";
import { firehoseDestinationsAreAllowed } from "./firehose/firehoseDestinationsAreAllowed";
import { firehoseErrorsAreLogged } from "./firehose/firehoseErrorsAreLogged";
import { firehoseFileExtensionsAreValid } from "./firehose/firehoseFileExtensionsAreValid";
import { firehoseNamesAreValid } from "./firehose/firehoseNamesAreValid";
import { firehoseObjectsAreCompressed } from "./firehose/firehoseObjectsAreCompressed";
import { firehoseObjectsAreEncrypted } from "./firehose/firehoseObjectsAreEncrypted";
import { firehosePrefixesAreValid } from "./firehose/firehosePrefixesAreValid";
import { firehoseProcessorsAreValid } from "./firehose/firehoseProcessorsAreValid";
import { firehoseRecordsAreDelimited } from "./firehose/firehoseRecordsAreDelimited";
import { firehoseRolesAreSeparate } from "./firehose/firehoseRolesAreSeparate";
import { firehoseSourcesAreEncrypted } from "./firehose/firehoseSourcesAreEncrypted";
import { firehoseStreamsAreEncrypted } from "./firehose/firehoseStreamsAreEncrypted";
import { firehoseStreamsUseCustomerManagedKeys } from "./firehose/firehoseStreamsUseCustomerManagedKeys";
import { firehoseTransformedRecordsAreBackedUp } from "./firehose/firehoseTransformedRecordsAreBackedUp";
import { firehoseWaitsForRolePolicies } from "./firehose/firehoseWaitsForRolePolicies";
import { iamActionsAreSpecific } from "./iam/iamActionsAreSpecific";
import { iamAllowsHaveNoExclusions } from "./iam/iamAllowsHaveNoExclusions";
import { iamPoliciesGrantNoAdministration } from "./iam/iamPoliciesGrantNoAdministration";
import { iamPoliciesGrantNoEscalation } from "./iam/iamPoliciesGrantNoEscalation";
import { iamResourcesAreSpecific } from "./iam/iamResourcesAreSpecific";
import { iamRolesAreManagedOneWay } from "./iam/iamRolesAreManagedOneWay";
import { iamRolesArePassedByName } from "./iam/iamRolesArePassedByName";
import { iamRolesHaveOwnPolicies } from "./iam/iamRolesHaveOwnPolicies";
import { iamRolesTrustChosenPrincipals } from "./iam/iamRolesTrustChosenPrincipals";
import { iamServicesActForChosenAccounts } from "./iam/iamServicesActForChosenAccounts";
import { kinesisResourcesHaveTags } from "./kinesis/kinesisResourcesHaveTags";
import { kinesisStreamPoliciesAreNotPublic } from "./kinesis/kinesisStreamPoliciesAreNotPublic";
import { kinesisStreamsAreEncrypted } from "./kinesis/kinesisStreamsAreEncrypted";
import { kinesisStreamsHaveShardLevelMetrics } from "./kinesis/kinesisStreamsHaveShardLevelMetrics";
import { kinesisStreamsRetainRecords } from "./kinesis/kinesisStreamsRetainRecords";
import { kinesisStreamsUseCustomerManagedKeys } from "./kinesis/kinesisStreamsUseCustomerManagedKeys";
import { kmsKeysAreDescribed } from "./kms/kmsKeysAreDescribed";
import { kmsKeysAreEnabled } from "./kms/kmsKeysAreEnabled";
import { kmsKeysAreNotPublic } from "./kms/kmsKeysAreNotPublic";
import { kmsKeysHavePolicy } from "./kms/kmsKeysHavePolicy";
import { kmsKeysKeepLockoutCheck } from "./kms/kmsKeysKeepLockoutCheck";
import { kmsKeysRotate } from "./kms/kmsKeysRotate";
import { kmsKeysWaitForDeletion } from "./kms/kmsKeysWaitForDeletion";
import { logsGroupsAreEncrypted } from "./logs/logsGroupsAreEncrypted";
import { logsGroupsExpireEvents } from "./logs/logsGroupsExpireEvents";
import { s3AclsAreDisabled } from "./s3/s3AclsAreDisabled";
import { s3BucketPoliciesAreNotPublic } from "./s3/s3BucketPoliciesAreNotPublic";
import { s3BucketPoliciesRequireTls } from "./s3/s3BucketPoliciesRequireTls";
import { s3BucketsAreEncrypted } from "./s3/s3BucketsAreEncrypted";
import { s3BucketsAreReplicated } from "./s3/s3BucketsAreReplicated";
import { s3BucketsHaveLifecycle } from "./s3/s3BucketsHaveLifecycle";
import { s3BucketsHaveOwnershipControls } from "./s3/s3BucketsHaveOwnershipControls";
import { s3BucketsHavePolicy } from "./s3/s3BucketsHavePolicy";
import { s3BucketsHavePublicAccessBlock } from "./s3/s3BucketsHavePublicAccessBlock";
import { s3BucketsHaveVersioning } from "./s3/s3BucketsHaveVersioning";
import { s3BucketsKeepTheirObjects } from "./s3/s3BucketsKeepTheirObjects";
import { s3BucketsLockObjects } from "./s3/s3BucketsLockObjects";
import { s3BucketsLogAccess } from "./s3/s3BucketsLogAccess";
import { s3BucketsSendEvents } from "./s3/s3BucketsSendEvents";
import { s3EncryptionUsesBucketKeys } from "./s3/s3EncryptionUsesBucketKeys";
import { s3EncryptionUsesCustomerManagedKeys } from "./s3/s3EncryptionUsesCustomerManagedKeys";
import { s3FormerVersionsExpire } from "./s3/s3FormerVersionsExpire";
import { s3IncompleteUploadsAreAborted } from "./s3/s3IncompleteUploadsAreAborted";
import { s3PublicAccessIsBlocked } from "./s3/s3PublicAccessIsBlocked";
import { s3VersioningIsEnabled } from "./s3/s3VersioningIsEnabled";

/** Every rule on AWS resources. */
export const rules: readonly Rule[] = [
  s3BucketsAreEncrypted,
  s3EncryptionUsesCustomerManagedKeys,
  s3EncryptionUsesBucketKeys,
  s3BucketsHavePublicAccessBlock,
  s3PublicAccessIsBlocked,
  s3BucketsHavePolicy,
  s3BucketPoliciesRequireTls,
  s3BucketPoliciesAreNotPublic,
  s3BucketsHaveOwnershipControls,
  s3AclsAreDisabled,
  s3BucketsHaveVersioning,
  s3VersioningIsEnabled,
  s3BucketsHaveLifecycle,
  s3IncompleteUploadsAreAborted,
  s3FormerVersionsExpire,
  s3BucketsLogAccess,
  s3BucketsKeepTheirObjects,
  s3BucketsAreReplicated,
  s3BucketsLockObjects,
  s3BucketsSendEvents,
  kinesisStreamsAreEncrypted,
  kinesisStreamsUseCustomerManagedKeys,
  kinesisStreamsRetainRecords,
  kinesisStreamsHaveShardLevelMetrics,
  kinesisStreamPoliciesAreNotPublic,
  kinesisResourcesHaveTags,
  firehoseObjectsAreCompressed,
  firehoseBuffersAreBounded,
  firehoseWaitsForRolePolicies,
  firehoseDestinationsAreAllowed,
  firehoseErrorsAreLogged,
  firehoseFileExtensionsAreValid,
  firehoseNamesAreValid,
  firehoseObjectsAreEncrypted,
  firehosePrefixesAreValid,
  firehoseProcessorsAreValid,
  firehoseRecordsAreDelimited,
  firehoseRolesAreSeparate,
  firehoseStreamsAreEncrypted,
  firehoseStreamsUseCustomerManagedKeys,
  firehoseTransformedRecordsAreBackedUp,
  firehoseSourcesAreEncrypted,
  iamActionsAreSpecific,
  iamResourcesAreSpecific,
  iamAllowsHaveNoExclusions,
  iamRolesTrustChosenPrincipals,
  iamServicesActForChosenAccounts,
  iamPoliciesGrantNoAdministration,
  iamRolesArePassedByName,
  iamPoliciesGrantNoEscalation,
  iamRolesHaveOwnPolicies,
  iamRolesAreManagedOneWay,
  kmsKeysRotate,
  kmsKeysAreNotPublic,
  kmsKeysHavePolicy,
  kmsKeysKeepLockoutCheck,
  kmsKeysAreEnabled,
  kmsKeysAreDescribed,
  kmsKeysWaitForDeletion,
  logsGroupsExpireEvents,
  logsGroupsAreEncrypted,
];
