import { guardedTypes } from "../guardedTypes";

/** What is known about the replacement of a type of resource. */
export interface ReplacementFacts {
  /** The file that decides which changes AWS can make. */
  readonly source: string;
  /**
   * Input whose change forces a replacement, with dots for nested ones -> the value that counts if it is
   * absent; null if there is none.
   */
  readonly replaces: Readonly<Record<string, string | boolean | null>>;
  /** Groups of inputs, or lists of them, that force a replacement if one is added or removed. */
  readonly replacesWhole?: readonly string[];
  /** What is gone with the old resource, as full sentences. Absent for guarded types, which have it. */
  readonly lost?: string;
}

/** A file of the Terraform provider that @pulumi/aws is generated from; `ForceNew` and `RequiresReplace` in it. */
function providerFile(path: string): string {
  return `hashicorp/terraform-provider-aws, internal/service/${path}`;
}

/**
 * Every resource in a region is replaced if that changes. Source: `forceNewIfRegionChanges` in
 * internal/provider/sdkv2 of the same repository.
 */
const region = { region: null };

/** A part of a bucket that the provider treats as a resource of its own. */
function ofBucket(file: string, lost?: string): ReplacementFacts {
  return {
    source: providerFile(`s3/${file}.go`),
    replaces: { bucket: null, ...region },
    ...(lost !== undefined && { lost }),
  };
}

/** The same for a part that can check who owns the bucket. */
function ofOwnedBucket(file: string, lost?: string): ReplacementFacts {
  const facts = ofBucket(file, lost);
  return { ...facts, replaces: { ...facts.replaces, expectedBucketOwner: null } };
}

const vpcAndBackup = (group: string, mode: string) => ({
  [`${group}.s3BackupMode`]: mode,
  [`${group}.vpcConfig.roleArn`]: null,
  [`${group}.vpcConfig.securityGroupIds`]: null,
  [`${group}.vpcConfig.subnetIds`]: null,
});

const deliveryStream: ReplacementFacts = {
  source: providerFile("firehose/delivery_stream.go"),
  replaces: {
    name: null,
    destination: null,
    kinesisSourceConfiguration: null,
    mskSourceConfiguration: null,
    "extendedS3Configuration.dynamicPartitioningConfiguration.enabled": false,
    ...vpcAndBackup("elasticsearchConfiguration", "FailedDocumentsOnly"),
    ...vpcAndBackup("opensearchConfiguration", "FailedDocumentsOnly"),
    ...vpcAndBackup("opensearchserverlessConfiguration", "FailedDocumentsOnly"),
    "icebergConfiguration.appendOnly": false,
    "icebergConfiguration.catalogArn": null,
    "httpEndpointConfiguration.secretsManagerConfiguration.enabled": false,
    "redshiftConfiguration.secretsManagerConfiguration.enabled": false,
    "snowflakeConfiguration.secretsManagerConfiguration.enabled": false,
    "splunkConfiguration.secretsManagerConfiguration.enabled": false,
    ...region,
  },
  replacesWhole: [
    "extendedS3Configuration.dynamicPartitioningConfiguration",
    "elasticsearchConfiguration.vpcConfig",
    "opensearchConfiguration.vpcConfig",
    "opensearchserverlessConfiguration.vpcConfig",
    "icebergConfiguration.destinationTableConfigurations",
  ],
};

const ALARM_LOST = "Its history. The new alarm begins without data, so it notifies again.";

/** By type token: every type that `DeliveryPipeline` declares. */
export const replacementFacts: ReadonlyMap<string, ReplacementFacts> = new Map([
  [
    "aws:kinesis/stream:Stream",
    { source: providerFile("kinesis/stream.go"), replaces: { name: null, ...region } },
  ],
  ["aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream", deliveryStream],
  [
    "aws:s3/bucket:Bucket",
    {
      source: providerFile("s3/bucket.go"),
      replaces: { bucket: null, bucketPrefix: null, objectLockEnabled: false, ...region },
    },
  ],
  ["aws:s3/bucketPolicy:BucketPolicy", ofBucket("bucket_policy")],
  [
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    ofBucket("bucket_public_access_block"),
  ],
  ["aws:s3/bucketOwnershipControls:BucketOwnershipControls", ofBucket("bucket_ownership_controls")],
  [
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    ofOwnedBucket("bucket_server_side_encryption_configuration"),
  ],
  ["aws:s3/bucketVersioning:BucketVersioning", ofOwnedBucket("bucket_versioning")],
  [
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    ofOwnedBucket(
      "bucket_lifecycle_configuration",
      "Nothing. Objects expire and change their storage class later, once the new one exists.",
    ),
  ],
  [
    "aws:s3/bucketLogging:BucketLogging",
    ofOwnedBucket("bucket_logging", "Log records of requests until the new one exists."),
  ],
  [
    "aws:kms/key:Key",
    {
      source: providerFile("kms/key.go"),
      replaces: {
        customKeyStoreId: null,
        customerMasterKeySpec: "SYMMETRIC_DEFAULT",
        keyUsage: "ENCRYPT_DECRYPT",
        multiRegion: false,
        xksKeyId: null,
        ...region,
      },
    },
  ],
  // Its keyId is not ForceNew: with another key, the provider updates the policy of the former one.
  [
    "aws:kms/keyPolicy:KeyPolicy",
    { source: providerFile("kms/key_policy.go"), replaces: { ...region } },
  ],
  [
    "aws:kms/alias:Alias",
    {
      source: providerFile("kms/alias.go"),
      replaces: { name: null, namePrefix: null, ...region },
      lost: "Nothing. Calls that name the old alias fail.",
    },
  ],
  [
    "aws:iam/role:Role",
    {
      source: providerFile("iam/role.go"),
      replaces: { name: null, namePrefix: null, path: "/" },
      lost: "No data itself. Its ARN changes, and with it what refers to the role.",
    },
  ],
  [
    "aws:iam/rolePolicy:RolePolicy",
    {
      source: providerFile("iam/role_policy.go"),
      replaces: { name: null, namePrefix: null, role: null },
      lost: "Nothing. Until the new one exists, calls that need it are denied.",
    },
  ],
  [
    "aws:glue/catalogDatabase:CatalogDatabase",
    {
      source: providerFile("glue/catalog_database.go"),
      replaces: { name: null, catalogId: null, ...region },
      replacesWhole: ["targetDatabase"],
      lost: "The descriptions of its tables, also of those that the program does not declare. No objects.",
    },
  ],
  [
    "aws:glue/catalogTable:CatalogTable",
    {
      source: providerFile("glue/catalog_table.go"),
      replaces: {
        ...{ name: null, databaseName: null, catalogId: null, ...region },
        "openTableFormatInput.icebergInput.metadataOperation": null,
        "openTableFormatInput.icebergInput.version": null,
      },
      replacesWhole: ["partitionIndices"],
      lost: "Partitions and versions of the table that the program does not declare. No objects.",
    },
  ],
  [
    "aws:cloudwatch/logGroup:LogGroup",
    {
      source: providerFile("logs/group.go"),
      replaces: { name: null, namePrefix: null, logGroupClass: "STANDARD", ...region },
      lost: "All its log events.",
    },
  ],
  [
    "aws:cloudwatch/logStream:LogStream",
    {
      source: providerFile("logs/stream.go"),
      replaces: { name: null, logGroupName: null, ...region },
      lost: "Its log events.",
    },
  ],
  [
    "aws:cloudwatch/metricAlarm:MetricAlarm",
    {
      source: providerFile("cloudwatch/metric_alarm.go"),
      replaces: { name: null, ...region },
      lost: ALARM_LOST,
    },
  ],
  [
    "aws:cloudwatch/compositeAlarm:CompositeAlarm",
    {
      source: providerFile("cloudwatch/composite_alarm.go"),
      replaces: { alarmName: null, actionsEnabled: true, ...region },
      lost: ALARM_LOST,
    },
  ],
  [
    "aws:cloudwatch/dashboard:Dashboard",
    {
      source: providerFile("cloudwatch/dashboard.go"),
      replaces: { dashboardName: null, ...region },
      lost: "Nothing. Links to the old dashboard end.",
    },
  ],
]);

/** What is gone with a resource that is replaced, as full sentences; undefined if that is unknown. */
export function lostWith(type: string): string | undefined {
  return guardedTypes.get(type)?.lost ?? replacementFacts.get(type)?.lost;
}
