import * as kinesis from "@pulumi/aws/kinesis";
import { account } from "./documents";

/** Only a delivery stream between resources of other stacks, with dynamic partitioning. */
export function existingParts(): void {
  new kinesis.FirehoseDeliveryStream("orders", {
    destination: "extended_s3",
    kinesisSourceConfiguration: {
      kinesisStreamArn: `arn:aws:kinesis:eu-central-1:${account}:stream/orders`,
      roleArn: `arn:aws:iam::${account}:role/read-orders`,
    },
    extendedS3Configuration: {
      roleArn: `arn:aws:iam::${account}:role/write-lake`,
      bucketArn: "arn:aws:s3:::lake",
      bufferingSize: 64,
      bufferingInterval: 60,
      compressionFormat: "GZIP",
      fileExtension: ".json.gz",
      prefix: "orders/shop=!{partitionKeyFromQuery:shop}/!{timestamp:yyyy-MM-dd}/",
      errorOutputPrefix: "failed/!{firehose:error-output-type}/",
      dynamicPartitioningConfiguration: { enabled: true },
      processingConfiguration: {
        enabled: true,
        processors: [
          {
            type: "MetadataExtraction",
            parameters: [
              { parameterName: "MetadataExtractionQuery", parameterValue: "{shop: .shop}" },
              { parameterName: "JsonParsingEngine", parameterValue: "JQ-1.6" },
            ],
          },
        ],
      },
      cloudwatchLoggingOptions: {
        enabled: true,
        logGroupName: "/aws/kinesisfirehose/orders",
        logStreamName: "DestinationDelivery",
      },
    },
  });
}
