import type {
  CloudWatchLoggingOptions,
  DeliveryStreamDescription,
  ExtendedS3DestinationDescription,
  Processor,
  S3DestinationDescription,
  SchemaConfiguration,
} from "@aws-sdk/client-firehose";
import type { SchemaTable } from "../../aws/firehose/requests/firehoseIdentity";
import type { DeclaredDelivery, DeclaredOutput } from "../../local/access/declaredDelivery";

/**
 * What the requests of a delivery stream depend on, as AWS describes it.
 *
 * @throws Error if it has another destination than S3, or another source than a stream and its producers
 */
export function describedDelivery(description: DeliveryStreamDescription): DeclaredDelivery {
  const { DeliveryStreamName: name = "", DeliveryStreamARN: arn = "" } = description;
  const { Source, Destinations, DeliveryStreamEncryptionConfiguration: sse } = description;
  const s3 = Destinations?.[0]?.ExtendedS3DestinationDescription;
  if (s3 === undefined) throw new Error("its calls are not checked: its destination is not S3");
  if (Source?.MSKSourceDescription)
    throw new Error("its calls are not checked: it reads an Apache Kafka topic");
  const { KinesisStreamARN, RoleARN } = Source?.KinesisStreamSourceDescription ?? {};
  const output = outputOf(s3, { name, arn });
  const transformation = functionOf(s3, output.roleArn);
  const { SchemaConfiguration: schema, Enabled: converts } =
    s3.DataFormatConversionConfiguration ?? {};
  const backup = s3.S3BackupMode === "Enabled" ? s3.S3BackupDescription : undefined;
  return {
    ...output,
    source:
      KinesisStreamARN === undefined
        ? { type: "direct-put" }
        : { type: "kinesis", arn: KinesisStreamARN, roleArn: RoleARN ?? "" },
    partitions: s3.DynamicPartitioningConfiguration?.Enabled === true,
    timeZone: s3.CustomTimeZone || "UTC",
    ...(transformation && { transformation }),
    ...(converts === true && schema && { schemaTable: tableOf(schema) }),
    ...(backup && { backup: outputOf(backup, { name, arn }) }),
    uncheckedFeatures: sse?.KeyType === "CUSTOMER_MANAGED_CMK" ? ["serverSideEncryption"] : [],
  };
}

/** What a destination and a backup have in common. */
function outputOf(
  output: ExtendedS3DestinationDescription | S3DestinationDescription,
  names: Pick<DeclaredOutput, "name" | "arn">,
): Omit<DeclaredOutput, "backup"> {
  const kmsKeyArn = output.EncryptionConfiguration?.KMSEncryptionConfig?.AWSKMSKeyARN;
  const errorLog = logOf(output.CloudWatchLoggingOptions);
  return {
    ...names,
    source: { type: "direct-put" },
    bucketArn: output.BucketARN ?? "",
    roleArn: output.RoleARN ?? "",
    ...(kmsKeyArn !== undefined && { kmsKeyArn }),
    ...(errorLog && { errorLog }),
    bufferSeconds: output.BufferingHints?.IntervalInSeconds ?? defaultBufferSeconds,
    prefix: output.Prefix ?? "",
    errorPrefix: output.ErrorOutputPrefix ?? "",
    partitions: false,
    timeZone: "UTC",
  };
}

/** API, BufferingHints. */
const defaultBufferSeconds = 300;

function logOf(options: CloudWatchLoggingOptions | undefined): DeclaredOutput["errorLog"] {
  const { Enabled = false, LogGroupName, LogStreamName } = options ?? {};
  if (!Enabled || LogGroupName === undefined || LogStreamName === undefined) return undefined;
  return { logGroupName: LogGroupName, logStreamName: LogStreamName };
}

function functionOf(
  { ProcessingConfiguration: processing }: ExtendedS3DestinationDescription,
  deliveryRoleArn: string,
): DeclaredOutput["transformation"] {
  if (processing?.Enabled !== true) return undefined;
  const lambda = processing.Processors?.find(({ Type }) => Type === "Lambda");
  const functionArn = lambda && parameterOf(lambda, "LambdaArn");
  if (lambda === undefined || functionArn === undefined) return undefined;
  return { functionArn, roleArn: parameterOf(lambda, "RoleArn") ?? deliveryRoleArn };
}

function parameterOf({ Parameters = [] }: Processor, name: string): string | undefined {
  return Parameters.find(({ ParameterName }) => ParameterName === name)?.ParameterValue;
}

function tableOf({
  DatabaseName: databaseName = "",
  TableName: tableName = "",
  RoleARN: roleArn = "",
  CatalogId: catalogId,
  Region: region,
}: SchemaConfiguration): SchemaTable {
  return {
    ...{ databaseName, tableName, roleArn },
    ...(catalogId !== undefined && { catalogId }),
    ...(region !== undefined && { region }),
  };
}
