import type { DeliveryConfiguration } from "../../../../local/aws/firehose/deliveryConfiguration";
import type { SourceRecord } from "../../../../local/aws/firehose/streamSource";

export const MiB = 1024 * 1024;

/** A record of a text, with the number that tells it from others. */
export function record(data: string, arrival = 0, number = 0): SourceRecord {
  return { data: Buffer.from(data), arrival, sequenceNumber: String(number) };
}

/** Records of so many bytes each. */
export function recordsOf(bytes: number, count: number): readonly SourceRecord[] {
  return Array.from({ length: count }, (_, number) => record("x".repeat(bytes), 0, number));
}

/** A delivery stream that writes one line per record, with what a test wants otherwise. */
export function configuration(changes: Partial<DeliveryConfiguration> = {}): DeliveryConfiguration {
  return {
    name: "events",
    source: { name: "events-stream", region: "eu-central-1" },
    bucket: "my-lake",
    prefix: "raw/!{timestamp:yyyy/MM/dd}/",
    errorPrefix: "errors/!{firehose:error-output-type}/",
    bufferBytes: MiB,
    bufferSeconds: 60,
    compression: "UNCOMPRESSED",
    fileExtension: "",
    timeZone: "UTC",
    newlineDelimiter: true,
    ...changes,
  };
}
