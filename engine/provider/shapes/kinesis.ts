import { arn, type AwsShapes, named } from "./shape";

/** Sources: Service Authorization Reference, "Amazon Kinesis Data Streams" and its siblings; provider, "Import". */
export const kinesisShapes: AwsShapes = {
  "aws:kinesis/accountSettings:AccountSettings": { id: "{region}" },
  "aws:kinesis/analyticsApplication:AnalyticsApplication": {
    name: named(128),
    tagged: true,
    outputs: { arn: arn("kinesisanalytics", "application/{name}") },
    id: "{arn}",
  },
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": {
    name: named(64),
    tagged: true,
    outputs: { arn: arn("firehose", "deliverystream/{name}") },
    id: "{arn}",
  },
  "aws:kinesis/resourcePolicy:ResourcePolicy": { id: "{resourceArn}" },
  "aws:kinesis/stream:Stream": {
    name: named(128),
    tagged: true,
    outputs: { arn: arn("kinesis", "stream/{name}") },
    id: "{arn}",
  },
  // Their ARNs end with a timestamp.
  "aws:kinesis/streamConsumer:StreamConsumer": { name: named(128), tagged: true },
  "aws:kinesis/videoStream:VideoStream": { name: named(256), tagged: true },
  "aws:kinesisanalyticsv2/application:Application": {
    name: named(128),
    tagged: true,
    outputs: { arn: arn("kinesisanalytics", "application/{name}") },
    id: "{arn}",
  },
  "aws:kinesisanalyticsv2/applicationSnapshot:ApplicationSnapshot": {
    id: "{applicationName}/{snapshotName}",
  },
};
