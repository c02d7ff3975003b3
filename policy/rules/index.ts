import type { Rule } from "../rule/rule";
import { firehoseBuffersAreBounded } from "./firehose/buffering";
import { firehoseWaitsForRolePolicies } from "./firehose/createOrder";
import { firehoseDestinationsAreAllowed } from "./firehose/destination";
import { firehoseErrorsAreLogged } from "./firehose/errorLogging";
import { firehoseObjectsAreCompressed } from "./firehose/objectCompression";
import { firehoseObjectsAreEncrypted } from "./firehose/objectEncryption";
import { firehosePrefixesAreValid } from "./firehose/prefixes";
import { firehoseRolesAreSeparate } from "./firehose/separateRoles";
import {
  firehoseStreamsAreEncrypted,
  firehoseStreamsUseCustomerManagedKeys,
} from "./firehose/serverSideEncryption";
import { firehoseTransformedRecordsAreBackedUp } from "./firehose/sourceBackup";
import { firehoseSourcesAreEncrypted } from "./firehose/sourceEncryption";
import { iamServicesActForChosenAccounts } from "./iam/confusedDeputy";
import { iamPoliciesGrantNoEscalation } from "./iam/escalation";
import { iamRolesHaveOwnPolicies } from "./iam/managedPolicies";
import { iamPoliciesGrantNoAdministration } from "./iam/noAdministration";
import { iamAllowsHaveNoExclusions } from "./iam/noExclusions";
import { iamRolesAreManagedOneWay } from "./iam/oneWay";
import { iamRolesArePassedByName } from "./iam/passRole";
import { iamActionsAreSpecific } from "./iam/specificActions";
import { iamResourcesAreSpecific } from "./iam/specificResources";
import { iamRolesTrustChosenPrincipals } from "./iam/trustedPrincipals";
import { kinesisStreamsUseCustomerManagedKeys } from "./kinesis/customerManagedKey";
import { kinesisStreamsRetainRecords } from "./kinesis/retention";
import { kinesisStreamsHaveShardLevelMetrics } from "./kinesis/shardLevelMetrics";
import { kinesisStreamsAreEncrypted } from "./kinesis/streamEncryption";
import { kinesisStreamPoliciesAreNotPublic } from "./kinesis/streamPolicy";
import { kinesisResourcesHaveTags } from "./kinesis/tags";
import { kmsKeysWaitForDeletion } from "./kms/deletionWindow";
import { kmsKeysAreDescribed } from "./kms/description";
import { kmsKeysAreEnabled } from "./kms/enabled";
import { kmsKeysHavePolicy } from "./kms/keyPolicy";
import { kmsKeysKeepLockoutCheck } from "./kms/lockoutCheck";
import { kmsKeysAreNotPublic } from "./kms/publicKeyPolicy";
import { kmsKeysRotate } from "./kms/rotation";
import { logsGroupsAreEncrypted } from "./logs/encryption";
import { logsGroupsExpireEvents } from "./logs/retention";
import { s3BucketsLogAccess } from "./s3/accessLogs";
import { s3AclsAreDisabled, s3BucketsHaveOwnershipControls } from "./s3/acls";
import { s3EncryptionUsesBucketKeys } from "./s3/bucketKey";
import { s3EncryptionUsesCustomerManagedKeys } from "./s3/customerManagedKey";
import { s3BucketsAreEncrypted } from "./s3/encryption";
import { s3BucketsKeepTheirObjects } from "./s3/forceDestroy";
import {
  s3BucketsHaveLifecycle,
  s3FormerVersionsExpire,
  s3IncompleteUploadsAreAborted,
} from "./s3/lifecycle";
import { s3BucketsAreReplicated, s3BucketsLockObjects, s3BucketsSendEvents } from "./s3/optional";
import { s3BucketsHavePublicAccessBlock, s3PublicAccessIsBlocked } from "./s3/publicAccessBlock";
import { s3BucketPoliciesAreNotPublic } from "./s3/publicPolicy";
import { s3BucketPoliciesRequireTls, s3BucketsHavePolicy } from "./s3/tlsOnly";
import { s3BucketsHaveVersioning, s3VersioningIsEnabled } from "./s3/versioning";

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
  firehoseObjectsAreEncrypted,
  firehosePrefixesAreValid,
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
