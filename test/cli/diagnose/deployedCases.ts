import { objectKey } from "../../records/support/fakeLake";
import { type Answers, iamError, jsonError, s3Error } from "../support/deployedAws";
import {
  alarms,
  described,
  key,
  listed,
  logEvents,
  metricData,
  policy,
  role,
  simulated,
  streamSummary,
} from "./deployedPipeline";

const allowAll = { Effect: "Allow", Principal: "*", Action: "s3:*", Resource: "*" };
export const flow = { sent: [10, 10], read: [10, 10] };
/** Why KMS rejects the delivery stream. */
const failure = { Type: "KMS_ACCESS_DENIED", Details: "Access to the key is denied" };

const day = new Date().toISOString().slice(0, 10);
/** A record of one partition too many, as it is below the error prefix. */
const overLimit = {
  rawData: "YQ==",
  errorCode: "DynamicPartitioning.ActivePartitionsLimitExceeded",
  errorMessage: "The number of active partitions has exceeded the configured limit",
  attemptsMade: 1,
  arrivalTimestamp: Date.now(),
  attemptEndingTimestamp: Date.now(),
};

/**
 * A case of a cause: what it is, what AWS answers, and the most likely cause with its title, its evidence and a
 * command that fixes it.
 */
type DeployedCase = readonly [string, Answers, string, RegExp, RegExp, RegExp];

/** The cases of all causes. A local run produces each as well, unless its cause says otherwise. */
export const deployedCases: readonly DeployedCase[] = [
  [
    "a delivery stream that could not be created",
    {
      DescribeDeliveryStream: described({
        DeliveryStreamStatus: "CREATING_FAILED",
        FailureDescription: failure,
      }),
    },
    "delivery-stream-state",
    /^The delivery stream events could not be created$/,
    /^KMS_ACCESS_DENIED: Access to the key is denied$/m,
    /^aws firehose delete-delivery-stream --delivery-stream-name events --region us-east-1 /m,
  ],
  [
    "a delivery stream that does not exist",
    {
      DescribeDeliveryStream: jsonError("ResourceNotFoundException", "Firehose events not found."),
    },
    "delivery-stream-state",
    /^There is no delivery stream events$/,
    /^its status is MISSING$/m,
    /^pulumi up --refresh --stack prod$/m,
  ],
  [
    "a delivery stream that is still being created",
    { DescribeDeliveryStream: described({ DeliveryStreamStatus: "CREATING" }) },
    "delivery-stream-state",
    /is still being created$/,
    /^its status is CREATING$/m,
    /Wait until it is ACTIVE/,
  ],
  [
    "a delivery stream that could not be deleted",
    { DescribeDeliveryStream: described({ DeliveryStreamStatus: "DELETING_FAILED" }) },
    "delivery-stream-state",
    /could not be deleted/,
    /DELETING_FAILED/,
    /--allow-force-delete/,
  ],
  [
    "a failed server-side encryption",
    {
      DescribeDeliveryStream: described({
        DeliveryStreamEncryptionConfiguration: {
          Status: "ENABLING_FAILED",
          FailureDescription: failure,
        },
      }),
    },
    "delivery-stream-state",
    /^The server-side encryption of the delivery stream events failed$/,
    /ENABLING_FAILED\nKMS_ACCESS_DENIED/,
    /^aws firehose start-delivery-stream-encryption /m,
  ],
  [
    "a stream that does not exist",
    { DescribeStreamSummary: jsonError("ResourceNotFoundException") },
    "stream-state",
    /^The stream events does not exist$/,
    /the delivery stream reads arn:aws:kinesis/,
    /^pulumi up --refresh --stack prod$/m,
  ],
  [
    "a delivery stream that writes to another bucket",
    { DescribeDeliveryStream: described({}, { BucketARN: "arn:aws:s3:::other" }) },
    "wiring",
    /^The delivery stream does not connect this stream with this bucket$/,
    /^it writes to the bucket other, not lake$/m,
    /^pulumi up --refresh --stack prod$/m,
  ],
  [
    "a bucket that does not exist",
    {
      HeadBucket: s3Error("NoSuchBucket", 404),
      FilterLogEvents: logEvents({
        errorCode: "S3.NoSuchBucket",
        message: "The specified bucket does not exist.",
      }),
    },
    "bucket-state",
    /^The bucket lake does not exist$/,
    /^The error log has S3\.NoSuchBucket: 1 line, last at /m,
    /^pulumi up --refresh --stack prod$/m,
  ],
  [
    "a bucket in another region",
    {
      HeadBucket: s3Error("PermanentRedirect", 301, { "x-amz-bucket-region": "eu-west-1" }),
      GetMetricData: metricData(flow),
    },
    "bucket-state",
    /^The bucket lake is in eu-west-1$/,
    /^the delivery stream is in us-east-1$/m,
    /^pulumi up --refresh --stack prod$/m,
  ],
  [
    "a role without a permission",
    { SimulatePrincipalPolicy: simulated({ "s3:PutObject": "implicitDeny" }) },
    "denied-call",
    /^The role events-delivery may not call s3:PutObject$/,
    /^simulation: implicitDeny for s3:PutObject on arn:aws:s3:::lake\/raw\/1970\/01\/01\/\*$/m,
    /^pulumi up --refresh --stack prod$/m,
  ],
  [
    "a role with a statement that denies it",
    { SimulatePrincipalPolicy: simulated({ "kinesis:GetRecords": "explicitDeny" }) },
    "denied-call",
    /^The role events-source may not call kinesis:GetRecords$/,
    /: explicitDeny \(role_events-delivery_events\) for kinesis:GetRecords on /m,
    /^pulumi up --refresh --stack prod$/m,
  ],
  [
    "a permissions boundary",
    {
      SimulatePrincipalPolicy: simulated(
        { "s3:PutObject": "implicitDeny" },
        "<PermissionsBoundaryDecisionDetail><AllowedByPermissionsBoundary>false</AllowedByPermissionsBoundary></PermissionsBoundaryDecisionDetail>",
      ),
    },
    "denied-call",
    /^The role events-delivery may not call s3:PutObject$/,
    /implicitDeny/,
    /^Ask who manages the permissions boundary of the role to allow it\.$/m,
  ],
  [
    "an organization that denies it",
    {
      SimulatePrincipalPolicy: simulated(
        { "s3:PutObject": "implicitDeny" },
        "<OrganizationsDecisionDetail><AllowedByOrganizations>false</AllowedByOrganizations></OrganizationsDecisionDetail>",
      ),
    },
    "denied-call",
    /may not call s3:PutObject$/,
    /implicitDeny/,
    /^Ask who manages the service control policies of the organization/m,
  ],
  [
    "a trust policy without Firehose",
    {
      GetRole: role(
        policy({
          Effect: "Allow",
          Principal: { Service: "lambda.amazonaws.com" },
          Action: "sts:AssumeRole",
        }),
      ),
    },
    "denied-call",
    /^Firehose may not assume the role events-source$/,
    /^User: firehose\.amazonaws\.com is not authorized to perform: sts:AssumeRole/m,
    /^pulumi up --refresh --stack prod$/m,
  ],
  [
    "a role that does not exist",
    {
      GetRole: iamError("NoSuchEntity", 404, "The role with name events-source cannot be found."),
      SimulatePrincipalPolicy: iamError("NoSuchEntity", 404),
    },
    "denied-call",
    /^Firehose may not assume the role events-source$/,
    /^IAM has no role arn:aws:iam::123456789012:role\/events-source$/m,
    /^pulumi up --refresh --stack prod$/m,
  ],
  [
    "a bucket policy that denies it",
    {
      GetBucketPolicy: {
        body: policy(allowAll, {
          ...allowAll,
          Sid: "Only",
          Effect: "Deny",
          Action: "s3:PutObject",
        }),
      },
    },
    "denied-call",
    /^The role events-delivery may not call s3:PutObject$/,
    /with an explicit deny in a resource-based policy$/m,
    /^pulumi stack output requiredBucketPolicy --show-secrets --stack prod$/m,
  ],
  [
    "a key policy that does not delegate to IAM",
    {
      GetKeyPolicy: {
        body: JSON.stringify({
          Policy: policy({
            Effect: "Allow",
            Principal: { AWS: "arn:aws:iam::123456789012:role/admin" },
            Action: "kms:*",
            Resource: "*",
          }),
        }),
      },
    },
    "denied-call",
    /^The role events-source may not call kms:Decrypt$/,
    /because no resource-based policy allows the kms:Decrypt action$/m,
    /^pulumi stack output requiredKeyPolicy --show-secrets --stack prod$/m,
  ],
  [
    "a disabled key",
    { DescribeKey: key("Disabled") },
    "key-state",
    /^The key of the objects is disabled$/,
    /: Disabled$/m,
    /^aws kms enable-key --key-id arn:aws:kms:\S+ --region us-east-1 /m,
  ],
  [
    "a key that is scheduled for deletion",
    { DescribeKey: key("PendingDeletion", { DeletionDate: 1_900_000_000 }) },
    "key-state",
    /^The key of the objects is scheduled for deletion$/,
    /^it will be deleted at 2030-03-17 17:46 UTC$/m,
    /^aws kms cancel-key-deletion --key-id \S+ --region us-east-1 .*\naws kms enable-key /m,
  ],
  [
    "a key without material",
    { DescribeKey: key("PendingImport", { Origin: "EXTERNAL" }) },
    "key-state",
    /^The key of the objects has no key material$/,
    /: PendingImport$/m,
    /"Importing key material"/,
  ],
  [
    "a key of the records that producers put",
    { GetMetricData: metricData({ ...flow, keyDenied: [0, 3] }) },
    "key-state",
    /^Firehose cannot use the key of the records that producers put to it$/,
    /^KMSKeyAccessDenied is above 0/m,
    /^pulumi up --refresh --stack prod$/m,
  ],
  [
    "lines of the error log",
    {
      FilterLogEvents: logEvents(
        {
          errorCode: "S3.KMS.RequestLimitExceeded",
          message:
            "The KMS request per second limit was exceeded while attempting to encrypt S3 objects. Increase the request per second limit.",
        },
        {
          errorCode: "S3.KMS.RequestLimitExceeded",
          message:
            "The KMS request per second limit was exceeded while attempting to encrypt S3 objects. Increase the request per second limit.",
        },
      ),
    },
    "error-log",
    /^The error log has S3\.KMS\.RequestLimitExceeded$/,
    /^2 lines, last at .*\nThe KMS request per second limit was exceeded/m,
    /Bucket Key/,
  ],
  [
    "a function that fails",
    { GetMetricData: metricData({ ...flow, delivered: [1], functionSuccess: [1, 0] }) },
    "function-fails",
    /^The function that transforms the records fails$/,
    /^ExecuteProcessing\.Success was 0 at /m,
    /^pulumi up --stack prod$/m,
  ],
  [
    "too many partitions",
    {
      GetMetricData: metricData({ ...flow, delivered: [1], partitionsExceeded: [0, 1] }),
      ListObjectsV2: listed(objectKey("errors/activePartitionExceeded/", day, 1, "")),
      GetObject: { body: JSON.stringify(overLimit) },
    },
    "partition-limit",
    /^More partitions are active than the delivery stream may have$/,
    /^PartitionCountExceeded was 1.*\n1 record failed with DynamicPartitioning\.ActivePartitionsLimitExceeded: /m,
    /partitioning\.keys/,
  ],
  [
    "a stream that is not read",
    { GetMetricData: metricData({ sent: [10, 10, 10] }) },
    "not-read",
    /^Firehose does not read the stream$/,
    /^DataReadFromKinesisStream\.Records is 0$/m,
    /^pulumi up --refresh --stack prod$/m,
  ],
  [
    "records that were sent before the delivery stream existed",
    {
      DescribeDeliveryStream: described({ CreateTimestamp: Date.now() / 1000 }),
      GetMetricData: metricData({ sent: [10, 0, 0, 0] }),
    },
    "not-read",
    /^All records were sent before the delivery stream existed/,
    /^10 records in the stream, the last at /m,
    /^npx streamlake send FILE --stack-export /m,
  ],
  [
    "nothing that is sent",
    { GetMetricData: metricData({}) },
    "nothing-sent",
    /^Nothing is sent$/,
    /^IncomingRecords of the stream is 0 in the last 3 h$/m,
    /^echo '\{"test":1\}' \| npx streamlake send --stack-export /m,
  ],
  [
    "nothing that is sent any more",
    {
      GetMetricData: metricData({
        ...flow,
        sent: [10, 0, 0, 0, 0, 0, 0],
        delivered: [10, 0, 0, 0, 0, 0],
      }),
    },
    "nothing-sent",
    /^Nothing has been sent for [\d.]+ min$/,
    /^IncomingRecords of the stream was last above 0 at /m,
    /^echo /m,
  ],
  [
    "a buffer that is still filling",
    { GetMetricData: metricData({ sent: [7], read: [7] }) },
    "still-buffering",
    /^Firehose is still buffering: the object is due at /,
    /^7 records in the buffer\nan object is written after 64 MiB or 5 min$/m,
    /delivery\.bufferIntervalSeconds/,
  ],
  [
    "producers that are throttled",
    { GetMetricData: metricData({ ...flow, delivered: [1], writeThrottled: [0, 25] }) },
    "throttling",
    /^The stream rejects records/,
    /: 25 times, last at /,
    /^aws kinesis update-shard-count --stream-name events --target-shard-count 4 --scaling-type UNIFORM_SCALING /m,
  ],
  [
    "producers of an on-demand stream that are throttled",
    {
      DescribeStreamSummary: streamSummary({ StreamModeDetails: { StreamMode: "ON_DEMAND" } }),
      GetMetricData: metricData({ ...flow, delivered: [1], writeThrottled: [1] }),
    },
    "throttling",
    /^The stream rejects records/,
    /: 1 time, last at /,
    /^An on-demand stream grows within minutes/m,
  ],
  [
    "reads that are throttled",
    { GetMetricData: metricData({ ...flow, delivered: [1], getThrottled: [5] }) },
    "throttling",
    /^Reads of the stream are throttled/,
    /5 times/,
    /enhanced fan-out/,
  ],
  [
    "records that are about to expire",
    { GetMetricData: metricData({ ...flow, delivered: [1], behind: [90 * 3_600_000] }) },
    "retention",
    /^Records expire in 3\.3 d unless Firehose reads them$/,
    /^KinesisMillisBehindLatest is 3\.8 d, the retention 168 h$/m,
    /^aws kinesis increase-stream-retention-period --stream-name events --retention-period-hours 336 /m,
  ],
  [
    "a delivery that is behind",
    {
      GetMetricData: metricData({
        ...flow,
        delivered: [1],
        behind: [3_600_000],
        iteratorAge: [1],
      }),
    },
    "lag",
    /^Firehose is 60 min behind the stream$/,
    /^KinesisMillisBehindLatest 60 min/m,
    /^npx streamlake verify --stack-export /m,
  ],
  [
    "an alarm",
    { DescribeAlarms: alarms("ALARM") },
    "alarm",
    /^The alarm events-iterator-age is in ALARM$/,
    /^Threshold Crossed: /m,
    /docs\/runbook\.md/,
  ],
];
