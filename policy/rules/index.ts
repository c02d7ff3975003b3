import type { Rule } from "../rule/rule";
import { withPage } from "../rule/rulePage";
import { cloudwatchAlarmActionsAreEnabled } from "./cloudwatch/cloudwatchAlarmActionsAreEnabled";
import { cloudwatchAlarmsHaveActions } from "./cloudwatch/cloudwatchAlarmsHaveActions";
import { eventsBusPoliciesAreNotPublic } from "./events/eventsBusPoliciesAreNotPublic";
import { firehoseBuffersAreBounded } from "./firehose/firehoseBuffersAreBounded";
import { firehoseCredentialsAreInSecretsManager } from "./firehose/firehoseCredentialsAreInSecretsManager";
import { firehoseDestinationsAreAllowed } from "./firehose/firehoseDestinationsAreAllowed";
import { firehoseErrorsAreLogged } from "./firehose/firehoseErrorsAreLogged";
import { firehoseFileExtensionsAreValid } from "./firehose/firehoseFileExtensionsAreValid";
import { firehoseNamesAreValid } from "./firehose/firehoseNamesAreValid";
import { firehoseObjectsAreCompressed } from "./firehose/firehoseObjectsAreCompressed";
import { firehoseObjectsAreEncrypted } from "./firehose/firehoseObjectsAreEncrypted";
import { firehosePartitionsAreValid } from "./firehose/firehosePartitionsAreValid";
import { firehosePrefixesAreValid } from "./firehose/firehosePrefixesAreValid";
import { firehoseProcessorsAreValid } from "./firehose/firehoseProcessorsAreValid";
import { firehoseRecordsAreDelimited } from "./firehose/firehoseRecordsAreDelimited";
import { firehoseRolesAreSeparate } from "./firehose/firehoseRolesAreSeparate";
import { firehoseRolesServeOnlyFirehose } from "./firehose/firehoseRolesServeOnlyFirehose";
import { firehoseSourcesAreEncrypted } from "./firehose/firehoseSourcesAreEncrypted";
import { firehoseSourcesHaveDeliverableRecords } from "./firehose/firehoseSourcesHaveDeliverableRecords";
import { firehoseStreamsAreEncrypted } from "./firehose/firehoseStreamsAreEncrypted";
import { firehoseStreamsUseCustomerManagedKeys } from "./firehose/firehoseStreamsUseCustomerManagedKeys";
import { firehoseTransformedRecordsAreBackedUp } from "./firehose/firehoseTransformedRecordsAreBackedUp";
import { firehoseWaitsForRolePolicies } from "./firehose/firehoseWaitsForRolePolicies";
import { firehoseBackupsAreSeparate } from "./firehose/firehoseBackupsAreSeparate";
import { firehoseConversionsAreValid } from "./firehose/firehoseConversionsAreValid";
import { firehoseFeaturesHaveAlarms } from "./firehose/firehoseFeaturesHaveAlarms";
import { firehoseFunctionsAreQualified } from "./firehose/firehoseFunctionsAreQualified";
import { firehoseFunctionsEndInTime } from "./firehose/firehoseFunctionsEndInTime";
import { firehosePartitioningIsKept } from "./firehose/firehosePartitioningIsKept";
import { firehosePartitionKeysAreFew } from "./firehose/firehosePartitionKeysAreFew";
import { firehosePartitionKeysHaveDefaults } from "./firehose/firehosePartitionKeysHaveDefaults";
import { firehoseProcessorParametersAreValid } from "./firehose/firehoseProcessorParametersAreValid";
import { firehoseRolesAllowFeatures } from "./firehose/firehoseRolesAllowFeatures";
import { glueCatalogPoliciesAreNotPublic } from "./glue/glueCatalogPoliciesAreNotPublic";
import { iamActionsExist } from "./iam/iamActionsExist";
import { iamActionsAreSpecific } from "./iam/iamActionsAreSpecific";
import { iamAllowsHaveNoExclusions } from "./iam/iamAllowsHaveNoExclusions";
import { iamAttachmentsGrantNoAdministration } from "./iam/iamAttachmentsGrantNoAdministration";
import { iamPoliciesAreNotInline } from "./iam/iamPoliciesAreNotInline";
import { iamPoliciesGrantNoAdministration } from "./iam/iamPoliciesGrantNoAdministration";
import { iamPoliciesGrantNoEscalation } from "./iam/iamPoliciesGrantNoEscalation";
import { iamResourcesAreSpecific } from "./iam/iamResourcesAreSpecific";
import { iamRolesAreManagedOneWay } from "./iam/iamRolesAreManagedOneWay";
import { iamRolesArePassedByName } from "./iam/iamRolesArePassedByName";
import { iamRolesGrantNoEscalation } from "./iam/iamRolesGrantNoEscalation";
import { iamRolesHaveOwnPolicies } from "./iam/iamRolesHaveOwnPolicies";
import { iamRolesTrustChosenPrincipals } from "./iam/iamRolesTrustChosenPrincipals";
import { iamRolesTrustChosenRepositories } from "./iam/iamRolesTrustChosenRepositories";
import { iamServicesActForChosenAccounts } from "./iam/iamServicesActForChosenAccounts";
import { iamTrustActionsAreSpecific } from "./iam/iamTrustActionsAreSpecific";
import { iamUsersAreNotDeclared } from "./iam/iamUsersAreNotDeclared";
import { iamUsersHaveNoPolicies } from "./iam/iamUsersHaveNoPolicies";
import { kinesisResourcesHaveTags } from "./kinesis/kinesisResourcesHaveTags";
import { kinesisStreamPoliciesAreNotPublic } from "./kinesis/kinesisStreamPoliciesAreNotPublic";
import { kinesisStreamsAreEncrypted } from "./kinesis/kinesisStreamsAreEncrypted";
import { kinesisStreamsHaveShardLevelMetrics } from "./kinesis/kinesisStreamsHaveShardLevelMetrics";
import { kinesisStreamsRetainRecords } from "./kinesis/kinesisStreamsRetainRecords";
import { kinesisStreamsUseCustomerManagedKeys } from "./kinesis/kinesisStreamsUseCustomerManagedKeys";
import { kmsGrantsAreNotPassedOn } from "./kms/kmsGrantsAreNotPassedOn";
import { kmsGrantsNameIdentities } from "./kms/kmsGrantsNameIdentities";
import { kmsKeysAreDescribed } from "./kms/kmsKeysAreDescribed";
import { kmsKeysAreEnabled } from "./kms/kmsKeysAreEnabled";
import { kmsKeysAreNotPublic } from "./kms/kmsKeysAreNotPublic";
import { kmsKeysAreSingleRegion } from "./kms/kmsKeysAreSingleRegion";
import { kmsKeysHavePolicy } from "./kms/kmsKeysHavePolicy";
import { kmsKeysKeepLockoutCheck } from "./kms/kmsKeysKeepLockoutCheck";
import { kmsKeysRotate } from "./kms/kmsKeysRotate";
import { kmsKeysWaitForDeletion } from "./kms/kmsKeysWaitForDeletion";
import { lambdaPermissionsAreNotPublic } from "./lambda/lambdaPermissionsAreNotPublic";
import { logsGroupsAreEncrypted } from "./logs/logsGroupsAreEncrypted";
import { logsGroupsExpireEvents } from "./logs/logsGroupsExpireEvents";
import { logsResourcePoliciesAreNotPublic } from "./logs/logsResourcePoliciesAreNotPublic";
import { s3AccessPointPoliciesAreNotPublic } from "./s3/s3AccessPointPoliciesAreNotPublic";
import { s3AccessPointsBlockPublicAccess } from "./s3/s3AccessPointsBlockPublicAccess";
import { s3AccountPublicAccessIsBlocked } from "./s3/s3AccountPublicAccessIsBlocked";
import { s3AclsAreDisabled } from "./s3/s3AclsAreDisabled";
import { s3BucketPoliciesAreNotPublic } from "./s3/s3BucketPoliciesAreNotPublic";
import { s3BucketPoliciesHaveNoExclusions } from "./s3/s3BucketPoliciesHaveNoExclusions";
import { s3BucketPoliciesKeepAccess } from "./s3/s3BucketPoliciesKeepAccess";
import { s3BucketPoliciesRequireTls } from "./s3/s3BucketPoliciesRequireTls";
import { s3BucketPoliciesRestrictOtherAccounts } from "./s3/s3BucketPoliciesRestrictOtherAccounts";
import { s3BucketPolicyActionsAreSpecific } from "./s3/s3BucketPolicyActionsAreSpecific";
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
import { s3DirectoryBucketsHaveLifecycle } from "./s3/s3DirectoryBucketsHaveLifecycle";
import { s3EncryptionUsesBucketKeys } from "./s3/s3EncryptionUsesBucketKeys";
import { s3EncryptionUsesCustomerManagedKeys } from "./s3/s3EncryptionUsesCustomerManagedKeys";
import { s3FormerVersionsExpire } from "./s3/s3FormerVersionsExpire";
import { s3IncompleteUploadsAreAborted } from "./s3/s3IncompleteUploadsAreAborted";
import { s3ObjectEventsAreLogged } from "./s3/s3ObjectEventsAreLogged";
import { s3ObjectsAreNotPublic } from "./s3/s3ObjectsAreNotPublic";
import { s3ObjectsUseCustomerManagedKeys } from "./s3/s3ObjectsUseCustomerManagedKeys";
import { s3PublicAccessIsBlocked } from "./s3/s3PublicAccessIsBlocked";
import { s3VersioningIsEnabled } from "./s3/s3VersioningIsEnabled";
import { s3VersionsNeedMfaToDelete } from "./s3/s3VersionsNeedMfaToDelete";
import { snsSubscriptionsUseHttps } from "./sns/snsSubscriptionsUseHttps";
import { snsTopicPoliciesAreNotPublic } from "./sns/snsTopicPoliciesAreNotPublic";
import { snsTopicPoliciesHaveNoExclusions } from "./sns/snsTopicPoliciesHaveNoExclusions";
import { snsTopicPoliciesRequireTls } from "./sns/snsTopicPoliciesRequireTls";
import { snsTopicPoliciesRestrictOtherAccounts } from "./sns/snsTopicPoliciesRestrictOtherAccounts";
import { snsTopicsAreEncrypted } from "./sns/snsTopicsAreEncrypted";
import { snsTopicsUseCustomerManagedKeys } from "./sns/snsTopicsUseCustomerManagedKeys";
import { sqsQueuePoliciesAreNotPublic } from "./sqs/sqsQueuePoliciesAreNotPublic";
import { sqsQueuePoliciesHaveNoExclusions } from "./sqs/sqsQueuePoliciesHaveNoExclusions";
import { sqsQueuePoliciesRequireTls } from "./sqs/sqsQueuePoliciesRequireTls";
import { sqsQueuesAreEncrypted } from "./sqs/sqsQueuesAreEncrypted";
import { sqsQueuesUseCustomerManagedKeys } from "./sqs/sqsQueuesUseCustomerManagedKeys";

/** Every rule on AWS resources. */
export const rules: readonly Rule[] = [
  s3BucketsAreEncrypted,
  s3EncryptionUsesCustomerManagedKeys,
  s3EncryptionUsesBucketKeys,
  s3BucketsHavePublicAccessBlock,
  s3PublicAccessIsBlocked,
  s3BucketsHavePolicy,
  s3BucketPoliciesAreNotPublic,
  s3BucketPoliciesRequireTls,
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
  s3BucketPoliciesRestrictOtherAccounts,
  s3BucketPoliciesHaveNoExclusions,
  s3BucketPolicyActionsAreSpecific,
  s3BucketPoliciesKeepAccess,
  s3AccountPublicAccessIsBlocked,
  s3AccessPointsBlockPublicAccess,
  s3AccessPointPoliciesAreNotPublic,
  s3ObjectsAreNotPublic,
  s3ObjectsUseCustomerManagedKeys,
  s3VersionsNeedMfaToDelete,
  s3ObjectEventsAreLogged,
  s3DirectoryBucketsHaveLifecycle,
  kinesisStreamsAreEncrypted,
  kinesisStreamsUseCustomerManagedKeys,
  kinesisStreamsRetainRecords,
  kinesisStreamsHaveShardLevelMetrics,
  kinesisStreamPoliciesAreNotPublic,
  kinesisResourcesHaveTags,
  firehoseObjectsAreCompressed,
  firehoseBuffersAreBounded,
  firehoseWaitsForRolePolicies,
  firehoseCredentialsAreInSecretsManager,
  firehoseDestinationsAreAllowed,
  firehoseErrorsAreLogged,
  firehoseFileExtensionsAreValid,
  firehoseNamesAreValid,
  firehoseObjectsAreEncrypted,
  firehosePartitionsAreValid,
  firehosePrefixesAreValid,
  firehoseProcessorsAreValid,
  firehoseRecordsAreDelimited,
  firehoseRolesAreSeparate,
  firehoseRolesServeOnlyFirehose,
  firehoseStreamsAreEncrypted,
  firehoseStreamsUseCustomerManagedKeys,
  firehoseTransformedRecordsAreBackedUp,
  firehoseSourcesAreEncrypted,
  firehoseSourcesHaveDeliverableRecords,
  firehoseProcessorParametersAreValid,
  firehosePartitionKeysHaveDefaults,
  firehosePartitionKeysAreFew,
  firehosePartitioningIsKept,
  firehoseConversionsAreValid,
  firehoseBackupsAreSeparate,
  firehoseFunctionsAreQualified,
  firehoseFunctionsEndInTime,
  firehoseRolesAllowFeatures,
  firehoseFeaturesHaveAlarms,
  iamPoliciesGrantNoAdministration,
  iamActionsAreSpecific,
  iamResourcesAreSpecific,
  iamActionsExist,
  iamAllowsHaveNoExclusions,
  iamRolesTrustChosenPrincipals,
  iamTrustActionsAreSpecific,
  iamRolesTrustChosenRepositories,
  iamServicesActForChosenAccounts,
  iamAttachmentsGrantNoAdministration,
  iamRolesArePassedByName,
  iamPoliciesGrantNoEscalation,
  iamRolesGrantNoEscalation,
  iamRolesHaveOwnPolicies,
  iamRolesAreManagedOneWay,
  iamPoliciesAreNotInline,
  iamUsersHaveNoPolicies,
  iamUsersAreNotDeclared,
  kmsKeysRotate,
  kmsKeysAreNotPublic,
  kmsKeysHavePolicy,
  kmsKeysKeepLockoutCheck,
  kmsKeysAreEnabled,
  kmsKeysAreDescribed,
  kmsKeysWaitForDeletion,
  kmsKeysAreSingleRegion,
  kmsGrantsAreNotPassedOn,
  kmsGrantsNameIdentities,
  logsGroupsExpireEvents,
  logsGroupsAreEncrypted,
  logsResourcePoliciesAreNotPublic,
  eventsBusPoliciesAreNotPublic,
  glueCatalogPoliciesAreNotPublic,
  lambdaPermissionsAreNotPublic,
  cloudwatchAlarmsHaveActions,
  cloudwatchAlarmActionsAreEnabled,
  snsTopicsAreEncrypted,
  snsTopicsUseCustomerManagedKeys,
  snsTopicPoliciesAreNotPublic,
  snsTopicPoliciesHaveNoExclusions,
  snsTopicPoliciesRestrictOtherAccounts,
  snsTopicPoliciesRequireTls,
  snsSubscriptionsUseHttps,
  sqsQueuesAreEncrypted,
  sqsQueuesUseCustomerManagedKeys,
  sqsQueuePoliciesAreNotPublic,
  sqsQueuePoliciesHaveNoExclusions,
  sqsQueuePoliciesRequireTls,
].map(withPage);
