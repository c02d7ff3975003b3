import { integer, optional, readInput, string } from "../../requestShape";
import type { DeliveryConfiguration, RecordSource } from "../model/deliveryConfiguration";
import {
  deliveryStreamName,
  deliveryStreamsHere,
  type FirehoseContext,
  type ServedDeliveryStream,
  servedDeliveryStream,
} from "./servedDeliveryStream";

type DescribeOperation = (message: object, context: FirehoseContext) => object;

const types = ["DirectPut", "KinesisStreamAsSource", "MSKAsSource", "DatabaseAsSource"] as const;
const limit = optional(integer({ min: 1, max: 10_000 }));
const defaultLimit = 10;

const listMembers = {
  Limit: limit,
  DeliveryStreamType: optional(string({ values: types })),
  ExclusiveStartDeliveryStreamName: optional(deliveryStreamName.shape),
};

const listDeliveryStreams: DescribeOperation = (message, context) => {
  const {
    Limit: pageLength = defaultLimit,
    DeliveryStreamType: type,
    ExclusiveStartDeliveryStreamName: after,
  } = readInput(listMembers, message);
  const names = deliveryStreamsHere(context)
    .map(({ configuration }) => configuration)
    .filter(({ name, source }) => {
      const isListed = type === undefined || typeOf(source) === type;
      return isListed && (after === undefined || name > after);
    })
    .map(({ name }) => name);
  return {
    DeliveryStreamNames: names.slice(0, pageLength),
    HasMoreDeliveryStreams: names.length > pageLength,
  };
};

const describeMembers = {
  DeliveryStreamName: deliveryStreamName,
  Limit: limit,
  ExclusiveStartDestinationId: optional(string({ min: 1, max: 100, pattern: "[a-zA-Z0-9-]+" })),
};

const describeDeliveryStream: DescribeOperation = (message, context) => {
  const { DeliveryStreamName: name } = readInput(describeMembers, message);
  return { DeliveryStreamDescription: description(servedDeliveryStream(name, context)) };
};

export const describeOperations: Readonly<Record<string, DescribeOperation>> = {
  ListDeliveryStreams: listDeliveryStreams,
  DescribeDeliveryStream: describeDeliveryStream,
};

function typeOf({ type }: RecordSource): (typeof types)[number] {
  return type === "kinesis" ? "KinesisStreamAsSource" : "DirectPut";
}

function description({ configuration, created }: ServedDeliveryStream): object {
  const { name, arn, source, serverSideEncryption } = configuration;
  const createTime = new Date(created);
  return {
    DeliveryStreamName: name,
    DeliveryStreamARN: arn,
    DeliveryStreamStatus: "ACTIVE",
    DeliveryStreamEncryptionConfiguration: serverSideEncryption
      ? {
          KeyARN: serverSideEncryption.keyArn,
          KeyType: serverSideEncryption.keyType,
          Status: "ENABLED",
        }
      : { Status: "DISABLED" },
    DeliveryStreamType: typeOf(source),
    VersionId: "1",
    CreateTimestamp: createTime,
    ...(source.type === "kinesis" && {
      Source: {
        KinesisStreamSourceDescription: {
          KinesisStreamARN: source.arn,
          RoleARN: source.roleArn,
          DeliveryStartTimestamp: createTime,
        },
      },
    }),
    Destinations: [
      {
        DestinationId: "destinationId-000000000001",
        ExtendedS3DestinationDescription: {
          ...destination(configuration),
          CustomTimeZone: configuration.timeZone,
          ...backupOf(configuration),
        },
      },
    ],
    HasMoreDestinations: false,
  };
}

function backupOf({ backup }: DeliveryConfiguration): object {
  return backup ? { S3BackupMode: "Enabled", S3BackupDescription: destination(backup) } : {};
}

function destination(configuration: DeliveryConfiguration): object {
  const { bucketArn, roleArn, prefix, errorPrefix, kmsKeyArn, errorLog } = configuration;
  const { bufferBytes, bufferSeconds, compression } = configuration;
  return {
    RoleARN: roleArn,
    BucketARN: bucketArn,
    ...(prefix !== "" && { Prefix: prefix }),
    ...(errorPrefix !== "" && { ErrorOutputPrefix: errorPrefix }),
    BufferingHints: { SizeInMBs: bufferBytes / 1024 / 1024, IntervalInSeconds: bufferSeconds },
    CompressionFormat: compression,
    EncryptionConfiguration:
      kmsKeyArn === undefined
        ? { NoEncryptionConfig: "NoEncryption" }
        : { KMSEncryptionConfig: { AWSKMSKeyARN: kmsKeyArn } },
    CloudWatchLoggingOptions: errorLog
      ? {
          Enabled: true,
          LogGroupName: errorLog.logGroupName,
          LogStreamName: errorLog.logStreamName,
        }
      : { Enabled: false },
  };
}
