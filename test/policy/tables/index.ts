import type { PolicyTable } from "../policyTable";
import {
  eventsBusPoliciesAreNotPublicTable,
  glueCatalogPoliciesAreNotPublicTable,
  lambdaPermissionsAreNotPublicTable,
  s3AccessPointPoliciesAreNotPublicTable,
} from "./aroundPipelines";
import { firehoseBuffersAreBoundedTable } from "./firehoseBuffersAreBounded";
import { firehoseDestinationsAreAllowedTable } from "./firehoseDestinationsAreAllowed";
import { firehoseErrorsAreLoggedTable } from "./firehoseErrorsAreLogged";
import {
  firehoseBackupsAreSeparateTable,
  firehoseConversionsAreValidTable,
  firehosePartitioningIsKeptTable,
  firehosePartitionKeysAreFewTable,
  firehosePartitionKeysHaveDefaultsTable,
} from "./firehoseFeatures";
import {
  firehoseFeaturesHaveAlarmsTable,
  firehoseFunctionsAreQualifiedTable,
  firehoseFunctionsEndInTimeTable,
  firehoseProcessorParametersAreValidTable,
  firehoseRolesAllowFeaturesTable,
} from "./firehoseFunctions";
import {
  firehoseFileExtensionsAreValidTable,
  firehoseNamesAreValidTable,
  firehoseProcessorsAreValidTable,
} from "./firehoseValidInputs";
import { firehoseRecordsAreDelimitedTable } from "./firehoseRecordsAreDelimited";
import { firehoseObjectsAreCompressedTable } from "./firehoseObjectsAreCompressed";
import { firehoseObjectsAreEncryptedTable } from "./firehoseObjectsAreEncrypted";
import { firehosePrefixesAreValidTable } from "./firehosePrefixesAreValid";
import { firehoseRolesAreSeparateTable, firehoseWaitsForRolePoliciesTable } from "./firehoseRoles";
import {
  firehoseStreamsAreEncryptedTable,
  firehoseStreamsUseCustomerManagedKeysTable,
} from "./firehoseServerSideEncryption";
import { firehoseSourcesAreEncryptedTable } from "./firehoseSourcesAreEncrypted";
import { firehoseTransformedRecordsAreBackedUpTable } from "./firehoseTransformedRecordsAreBackedUp";
import { iamActionsAreSpecificTable } from "./iamActionsAreSpecific";
import { iamAllowsHaveNoExclusionsTable } from "./iamAllowsHaveNoExclusions";
import {
  iamPoliciesGrantNoAdministrationTable,
  iamPoliciesGrantNoEscalationTable,
  iamRolesArePassedByNameTable,
} from "./iamGrants";
import { iamActionsExistTable } from "./iamActionsExist";
import { iamResourcesAreSpecificTable } from "./iamResourcesAreSpecific";
import { iamRolesAreManagedOneWayTable } from "./iamRolesAreManagedOneWay";
import { iamRolesHaveOwnPoliciesTable } from "./iamRolesHaveOwnPolicies";
import {
  iamRolesTrustChosenPrincipalsTable,
  iamRolesTrustChosenRepositoriesTable,
  iamServicesActForChosenAccountsTable,
} from "./iamTrust";
import { iamTrustActionsAreSpecificTable } from "./iamTrustActionsAreSpecific";
import { kinesisResourcesHaveTagsTable } from "./kinesisResourcesHaveTags";
import { kinesisStreamPoliciesAreNotPublicTable } from "./kinesisStreamPoliciesAreNotPublic";
import { kinesisStreamsAreEncryptedTable } from "./kinesisStreamsAreEncrypted";
import { kinesisStreamsHaveShardLevelMetricsTable } from "./kinesisStreamsHaveShardLevelMetrics";
import { kinesisStreamsRetainRecordsTable } from "./kinesisStreamsRetainRecords";
import { kinesisStreamsUseCustomerManagedKeysTable } from "./kinesisStreamsUseCustomerManagedKeys";
import {
  kmsKeysAreDescribedTable,
  kmsKeysAreEnabledTable,
  kmsKeysKeepLockoutCheckTable,
  kmsKeysWaitForDeletionTable,
} from "./kmsKeyCare";
import { kmsKeysAreNotPublicTable } from "./kmsKeysAreNotPublic";
import { kmsKeysHavePolicyTable } from "./kmsKeysHavePolicy";
import { kmsKeysRotateTable } from "./kmsKeysRotate";
import { logsGroupsAreEncryptedTable, logsGroupsExpireEventsTable } from "./logsGroups";
import { s3AclsAreDisabledTable, s3BucketsHaveOwnershipControlsTable } from "./s3Acls";
import { s3BucketPoliciesAreNotPublicTable } from "./s3BucketPoliciesAreNotPublic";
import { s3BucketPoliciesRequireTlsTable } from "./s3BucketPoliciesRequireTls";
import { s3BucketsAreEncryptedTable } from "./s3BucketsAreEncrypted";
import { s3BucketsHavePolicyTable } from "./s3BucketsHavePolicy";
import { s3BucketsKeepTheirObjectsTable } from "./s3BucketsKeepTheirObjects";
import { s3BucketsLogAccessTable } from "./s3BucketsLogAccess";
import { s3EncryptionUsesBucketKeysTable } from "./s3EncryptionUsesBucketKeys";
import { s3EncryptionUsesCustomerManagedKeysTable } from "./s3EncryptionUsesCustomerManagedKeys";
import {
  s3BucketsHaveLifecycleTable,
  s3FormerVersionsExpireTable,
  s3IncompleteUploadsAreAbortedTable,
} from "./s3Lifecycle";
import {
  s3BucketsAreReplicatedTable,
  s3BucketsLockObjectsTable,
  s3BucketsSendEventsTable,
} from "./s3Optional";
import {
  s3BucketsHavePublicAccessBlockTable,
  s3PublicAccessIsBlockedTable,
} from "./s3PublicAccess";
import { s3BucketsHaveVersioningTable, s3VersioningIsEnabledTable } from "./s3Versioning";
import {
  s3BucketPoliciesHaveNoExclusionsTable,
  s3BucketPoliciesKeepAccessTable,
  s3BucketPoliciesRestrictOtherAccountsTable,
  s3BucketPolicyActionsAreSpecificTable,
} from "./s3BucketPolicies";
import {
  s3AccessPointsBlockPublicAccessTable,
  s3AccountPublicAccessIsBlockedTable,
} from "./s3AccountAndAccessPoints";
import { s3ObjectsAreNotPublicTable, s3ObjectsUseCustomerManagedKeysTable } from "./s3Objects";
import {
  s3DirectoryBucketsHaveLifecycleTable,
  s3ObjectEventsAreLoggedTable,
  s3VersionsNeedMfaToDeleteTable,
} from "./s3Safeguards";
import {
  kmsGrantsAreNotPassedOnTable,
  kmsGrantsNameIdentitiesTable,
  kmsKeysAreSingleRegionTable,
} from "./kmsGrants";
import { logsResourcePoliciesAreNotPublicTable } from "./logsResourcePoliciesAreNotPublic";
import {
  cloudwatchAlarmActionsAreEnabledTable,
  cloudwatchAlarmsHaveActionsTable,
} from "./cloudwatchAlarms";
import {
  snsSubscriptionsUseHttpsTable,
  snsTopicsAreEncryptedTable,
  snsTopicsUseCustomerManagedKeysTable,
} from "./snsTopics";
import {
  snsTopicPoliciesAreNotPublicTable,
  snsTopicPoliciesHaveNoExclusionsTable,
  snsTopicPoliciesRequireTlsTable,
  snsTopicPoliciesRestrictOtherAccountsTable,
} from "./snsTopicPolicies";
import {
  sqsQueuePoliciesAreNotPublicTable,
  sqsQueuePoliciesHaveNoExclusionsTable,
  sqsQueuePoliciesRequireTlsTable,
  sqsQueuesAreEncryptedTable,
  sqsQueuesUseCustomerManagedKeysTable,
} from "./sqsQueues";
import { firehoseCredentialsAreInSecretsManagerTable } from "./firehoseCredentialsAreInSecretsManager";
import { firehosePartitionsAreValidTable } from "./firehosePartitionsAreValid";
import { firehoseSourcesHaveDeliverableRecordsTable } from "./firehoseSourcesHaveDeliverableRecords";
import { firehoseRolesServeOnlyFirehoseTable } from "./firehoseRolesServeOnlyFirehose";
import { iamAttachmentsGrantNoAdministrationTable } from "./iamIdentities";
import { iamRolesGrantNoEscalationTable } from "./iamRolesGrantNoEscalation";
import { iamPoliciesAreNotInlineTable } from "./iamIdentities";
import { iamUsersHaveNoPoliciesTable } from "./iamIdentities";
import { iamUsersAreNotDeclaredTable } from "./iamIdentities";

/** One table for each rule of the pack, in the pack's order. */
export const tables: readonly PolicyTable[] = [
  s3BucketsAreEncryptedTable,
  s3EncryptionUsesCustomerManagedKeysTable,
  s3EncryptionUsesBucketKeysTable,
  s3BucketsHavePublicAccessBlockTable,
  s3PublicAccessIsBlockedTable,
  s3BucketsHavePolicyTable,
  s3BucketPoliciesRequireTlsTable,
  s3BucketPoliciesAreNotPublicTable,
  s3BucketsHaveOwnershipControlsTable,
  s3AclsAreDisabledTable,
  s3BucketsHaveVersioningTable,
  s3VersioningIsEnabledTable,
  s3BucketsHaveLifecycleTable,
  s3IncompleteUploadsAreAbortedTable,
  s3FormerVersionsExpireTable,
  s3BucketsLogAccessTable,
  s3BucketsKeepTheirObjectsTable,
  s3BucketsAreReplicatedTable,
  s3BucketsLockObjectsTable,
  s3BucketsSendEventsTable,
  s3BucketPoliciesRestrictOtherAccountsTable,
  s3BucketPoliciesHaveNoExclusionsTable,
  s3BucketPolicyActionsAreSpecificTable,
  s3BucketPoliciesKeepAccessTable,
  s3AccountPublicAccessIsBlockedTable,
  s3AccessPointsBlockPublicAccessTable,
  s3ObjectsAreNotPublicTable,
  s3ObjectsUseCustomerManagedKeysTable,
  s3VersionsNeedMfaToDeleteTable,
  s3ObjectEventsAreLoggedTable,
  s3DirectoryBucketsHaveLifecycleTable,
  kinesisStreamsAreEncryptedTable,
  kinesisStreamsUseCustomerManagedKeysTable,
  kinesisStreamsRetainRecordsTable,
  kinesisStreamsHaveShardLevelMetricsTable,
  kinesisStreamPoliciesAreNotPublicTable,
  kinesisResourcesHaveTagsTable,
  firehoseObjectsAreCompressedTable,
  firehoseBuffersAreBoundedTable,
  firehoseWaitsForRolePoliciesTable,
  firehoseCredentialsAreInSecretsManagerTable,
  firehoseDestinationsAreAllowedTable,
  firehoseErrorsAreLoggedTable,
  firehoseObjectsAreEncryptedTable,
  firehosePartitionsAreValidTable,
  firehoseFileExtensionsAreValidTable,
  firehoseNamesAreValidTable,
  firehosePrefixesAreValidTable,
  firehoseProcessorsAreValidTable,
  firehoseRecordsAreDelimitedTable,
  firehoseRolesAreSeparateTable,
  firehoseBackupsAreSeparateTable,
  firehoseConversionsAreValidTable,
  firehosePartitioningIsKeptTable,
  firehosePartitionKeysAreFewTable,
  firehosePartitionKeysHaveDefaultsTable,
  firehoseFeaturesHaveAlarmsTable,
  firehoseFunctionsAreQualifiedTable,
  firehoseFunctionsEndInTimeTable,
  firehoseProcessorParametersAreValidTable,
  firehoseRolesAllowFeaturesTable,
  firehoseRolesServeOnlyFirehoseTable,
  firehoseStreamsAreEncryptedTable,
  firehoseStreamsUseCustomerManagedKeysTable,
  firehoseTransformedRecordsAreBackedUpTable,
  firehoseSourcesAreEncryptedTable,
  firehoseSourcesHaveDeliverableRecordsTable,
  iamActionsAreSpecificTable,
  iamResourcesAreSpecificTable,
  iamActionsExistTable,
  iamAllowsHaveNoExclusionsTable,
  iamRolesTrustChosenPrincipalsTable,
  iamTrustActionsAreSpecificTable,
  iamRolesTrustChosenRepositoriesTable,
  iamServicesActForChosenAccountsTable,
  iamPoliciesGrantNoAdministrationTable,
  iamAttachmentsGrantNoAdministrationTable,
  iamRolesArePassedByNameTable,
  iamPoliciesGrantNoEscalationTable,
  iamRolesGrantNoEscalationTable,
  iamRolesHaveOwnPoliciesTable,
  iamRolesAreManagedOneWayTable,
  iamPoliciesAreNotInlineTable,
  iamUsersHaveNoPoliciesTable,
  iamUsersAreNotDeclaredTable,
  kmsKeysRotateTable,
  kmsKeysAreNotPublicTable,
  kmsKeysHavePolicyTable,
  kmsKeysKeepLockoutCheckTable,
  kmsKeysAreEnabledTable,
  kmsKeysAreDescribedTable,
  kmsKeysWaitForDeletionTable,
  kmsKeysAreSingleRegionTable,
  kmsGrantsAreNotPassedOnTable,
  kmsGrantsNameIdentitiesTable,
  logsGroupsExpireEventsTable,
  logsGroupsAreEncryptedTable,
  logsResourcePoliciesAreNotPublicTable,
  eventsBusPoliciesAreNotPublicTable,
  glueCatalogPoliciesAreNotPublicTable,
  lambdaPermissionsAreNotPublicTable,
  s3AccessPointPoliciesAreNotPublicTable,
  cloudwatchAlarmsHaveActionsTable,
  cloudwatchAlarmActionsAreEnabledTable,
  snsTopicsAreEncryptedTable,
  snsTopicsUseCustomerManagedKeysTable,
  snsTopicPoliciesAreNotPublicTable,
  snsTopicPoliciesHaveNoExclusionsTable,
  snsTopicPoliciesRestrictOtherAccountsTable,
  snsTopicPoliciesRequireTlsTable,
  snsSubscriptionsUseHttpsTable,
  sqsQueuesAreEncryptedTable,
  sqsQueuesUseCustomerManagedKeysTable,
  sqsQueuePoliciesAreNotPublicTable,
  sqsQueuePoliciesHaveNoExclusionsTable,
  sqsQueuePoliciesRequireTlsTable,
];
