import type {
  DeliveryConfiguration,
  StreamToRead,
} from "../../../aws/firehose/model/deliveryConfiguration";
import type { DeliverableRecord } from "../../../aws/firehose/processing/processedRecord";
import type { SourceRecord } from "../../../aws/firehose/source/streamSource";

export const MiB = 1024 * 1024;

/** A record of a string, with a number that distinguishes it from others. */
export function record(data: string, arrival = 0, number = 0): SourceRecord {
  return { data: Buffer.from(data), arrival, sequenceNumber: String(number) };
}

/** A record that no processor changed. */
export function deliverable(source: SourceRecord): DeliverableRecord {
  return { record: source, data: source.data };
}

/** Records with the same number of bytes each. */
export function recordsOf(bytes: number, count: number): readonly SourceRecord[] {
  return Array.from({ length: count }, (_, number) => record("x".repeat(bytes), 0, number));
}

/** The source of these delivery streams. */
export const eventsStream: StreamToRead = {
  type: "kinesis",
  name: "events-stream",
  region: "eu-central-1",
  arn: "arn:aws:kinesis:eu-central-1:123456789012:stream/events-stream",
  roleArn: "arn:aws:iam::123456789012:role/source",
};

/** A delivery stream that writes one line per record, with the changes of a test. */
export function configuration(changes: Partial<DeliveryConfiguration> = {}): DeliveryConfiguration {
  return {
    name: "events",
    arn: "arn:aws:firehose:eu-central-1:123456789012:deliverystream/events",
    source: eventsStream,
    bucket: "my-lake",
    bucketArn: "arn:aws:s3:::my-lake",
    roleArn: "arn:aws:iam::123456789012:role/delivery",
    prefix: "raw/!{timestamp:yyyy/MM/dd}/",
    errorPrefix: "errors/!{firehose:error-output-type}/",
    bufferBytes: MiB,
    bufferSeconds: 60,
    compression: "UNCOMPRESSED",
    fileExtension: "",
    timeZone: "UTC",
    newlineDelimiter: true,
    processors: [],
    ...changes,
  };
}
