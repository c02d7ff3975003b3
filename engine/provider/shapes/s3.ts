import { arn, type AwsShape, type AwsShapes, named, type PhysicalName } from "./shape";

const bucketName: PhysicalName = { property: "bucket", maxLength: 63, lowerCase: true };

const bucket: AwsShape = {
  name: bucketName,
  tagged: true,
  outputs: {
    arn: "arn:{partition}:s3:::{bucket}",
    bucketDomainName: "{bucket}.s3.{dnsSuffix}",
    bucketRegion: "{region}",
    bucketRegionalDomainName: "{bucket}.s3.{region}.{dnsSuffix}",
  },
  id: "{bucket}",
};

/** One setting of a bucket, whose id is the bucket's name. */
const ofBucket: AwsShape = { id: "{bucket}" };

/** One setting of a bucket, whose id also contains the owner that the program expects. */
const ofOwnedBucket: AwsShape = { id: ["{bucket},{expectedBucketOwner}", "{bucket}"] };

/** One of several settings of the same kind. */
const namedOfBucket: AwsShape = { name: named(64), id: "{bucket}:{name}" };

const acl: AwsShape = {
  id: [
    "{bucket},{expectedBucketOwner},{acl}",
    "{bucket},{expectedBucketOwner}",
    "{bucket},{acl}",
    "{bucket}",
  ],
};

/** The key of an object is the resource's name, if the program does not set it. */
const object: AwsShape = {
  name: { property: "key", maxLength: 1024, random: "nothing" },
  tagged: true,
  outputs: { arn: "arn:{partition}:s3:::{bucket|plain}/{key}" },
};

/** What the ids of S3 Files contain, AWS chooses. */
const file: AwsShape = {};

/** Sources: Service Authorization Reference, "Amazon S3" and its siblings; provider, "Import". */
export const s3Shapes: AwsShapes = {
  "aws:s3/accessPoint:AccessPoint": {
    name: named(50),
    tagged: true,
    outputs: {
      accountId: "{account}",
      // An access point of S3 on Outposts, whose bucket is an ARN, has another form.
      arn: "arn:{partition}:s3:{region}:{accountId}:accesspoint/{name}{bucket|guard}",
      domainName: "{name}-{accountId}.s3-accesspoint.{region}.{dnsSuffix}{bucket|guard}",
    },
    id: "{accountId}:{name}{bucket|guard}",
  },
  "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock": {
    outputs: { accountId: "{account}" },
    id: "{accountId}",
    global: true,
  },
  "aws:s3/analyticsConfiguration:AnalyticsConfiguration": namedOfBucket,
  "aws:s3/bucket:Bucket": bucket,
  "aws:s3/bucketAbac:BucketAbac": ofOwnedBucket,
  "aws:s3/bucketAccelerateConfiguration:BucketAccelerateConfiguration": ofOwnedBucket,
  "aws:s3/bucketAccelerateConfigurationV2:BucketAccelerateConfigurationV2": ofOwnedBucket,
  "aws:s3/bucketAcl:BucketAcl": acl,
  "aws:s3/bucketAclV2:BucketAclV2": acl,
  "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration": ofOwnedBucket,
  "aws:s3/bucketCorsConfigurationV2:BucketCorsConfigurationV2": ofOwnedBucket,
  "aws:s3/bucketIntelligentTieringConfiguration:BucketIntelligentTieringConfiguration":
    namedOfBucket,
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": ofOwnedBucket,
  "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2": ofOwnedBucket,
  "aws:s3/bucketLogging:BucketLogging": ofOwnedBucket,
  "aws:s3/bucketLoggingV2:BucketLoggingV2": ofOwnedBucket,
  "aws:s3/bucketMetadataConfiguration:BucketMetadataConfiguration": ofBucket,
  "aws:s3/bucketMetric:BucketMetric": namedOfBucket,
  "aws:s3/bucketNotification:BucketNotification": ofBucket,
  "aws:s3/bucketObject:BucketObject": object,
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": ofOwnedBucket,
  "aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2": ofOwnedBucket,
  "aws:s3/bucketObjectv2:BucketObjectv2": object,
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": ofBucket,
  "aws:s3/bucketPolicy:BucketPolicy": ofBucket,
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": ofBucket,
  "aws:s3/bucketReplicationConfig:BucketReplicationConfig": ofBucket,
  "aws:s3/bucketRequestPaymentConfiguration:BucketRequestPaymentConfiguration": ofOwnedBucket,
  "aws:s3/bucketRequestPaymentConfigurationV2:BucketRequestPaymentConfigurationV2": ofOwnedBucket,
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration":
    ofOwnedBucket,
  "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2":
    ofOwnedBucket,
  "aws:s3/bucketV2:BucketV2": bucket,
  "aws:s3/bucketVersioning:BucketVersioning": ofOwnedBucket,
  "aws:s3/bucketVersioningV2:BucketVersioningV2": ofOwnedBucket,
  "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration": ofOwnedBucket,
  "aws:s3/bucketWebsiteConfigurationV2:BucketWebsiteConfigurationV2": ofOwnedBucket,
  "aws:s3/directoryBucket:DirectoryBucket": {
    tagged: true,
    outputs: { arn: arn("s3express", "bucket/{bucket}") },
    id: "{bucket}",
  },
  "aws:s3/filesAccessPoint:FilesAccessPoint": { ...file, tagged: true },
  "aws:s3/filesFileSystem:FilesFileSystem": { ...file, tagged: true },
  "aws:s3/filesFileSystemPolicy:FilesFileSystemPolicy": file,
  "aws:s3/filesMountTarget:FilesMountTarget": file,
  "aws:s3/filesSynchronizationConfiguration:FilesSynchronizationConfiguration": file,
  "aws:s3/inventory:Inventory": namedOfBucket,
  "aws:s3/objectCopy:ObjectCopy": {
    tagged: true,
    outputs: { arn: "arn:{partition}:s3:::{bucket|plain}/{key}" },
  },
  "aws:s3/vectorsIndex:VectorsIndex": {
    tagged: true,
    outputs: { indexArn: arn("s3vectors", "bucket/{vectorBucketName}/index/{indexName}") },
  },
  "aws:s3/vectorsVectorBucket:VectorsVectorBucket": {
    tagged: true,
    outputs: { vectorBucketArn: arn("s3vectors", "bucket/{vectorBucketName}") },
  },
  "aws:s3/vectorsVectorBucketPolicy:VectorsVectorBucketPolicy": {},
  "aws:s3control/multiRegionAccessPoint:MultiRegionAccessPoint": {
    outputs: { accountId: "{account}" },
  },
  "aws:s3control/objectLambdaAccessPoint:ObjectLambdaAccessPoint": {
    name: named(45),
    outputs: {
      accountId: "{account}",
      arn: "arn:{partition}:s3-object-lambda:{region}:{accountId}:accesspoint/{name}",
    },
    id: "{accountId}:{name}",
  },
  "aws:s3control/objectLambdaAccessPointPolicy:ObjectLambdaAccessPointPolicy": {
    outputs: { accountId: "{account}" },
    id: "{accountId}:{name}",
  },
  "aws:s3control/storageLensConfiguration:StorageLensConfiguration": {
    tagged: true,
    outputs: {
      accountId: "{account}",
      arn: "arn:{partition}:s3:{region}:{accountId}:storage-lens/{configId}",
    },
    id: "{accountId}:{configId}",
  },
  "aws:s3tables/namespace:Namespace": {
    outputs: { ownerAccountId: "{account}" },
    id: "{tableBucketArn};{namespace}",
  },
  "aws:s3tables/table:Table": {
    name: named(255),
    tagged: true,
    id: "{tableBucketArn};{namespace};{name}",
  },
  "aws:s3tables/tableBucket:TableBucket": {
    name: named(63),
    tagged: true,
    outputs: { arn: arn("s3tables", "bucket/{name}"), ownerAccountId: "{account}" },
    id: "{arn}",
  },
  "aws:s3tables/tableBucketPolicy:TableBucketPolicy": { id: "{tableBucketArn}" },
  "aws:s3tables/tablePolicy:TablePolicy": { id: "{tableBucketArn};{namespace};{name}" },
};
