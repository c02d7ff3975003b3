import {
  type DeliveryConfiguration,
  producersCompress,
} from "../../aws/firehose/model/deliveryConfiguration";
import type { LocalAws } from "../../local/run/startLocalAws";
import { type LocalDeliveryStream, writeLocalRun } from "../../records/target/localRun";
import { unusable } from "./runDirectory";

type Endpoints = Pick<LocalAws, "kinesisEndpoint" | "firehoseEndpoint" | "s3Endpoint">;

/**
 * Writes for other commands how to use a run, into a file of its directory.
 *
 * @returns a function that writes that it has ended
 */
export function announceRun(
  directory: string,
  stack: string,
  deliveryStreams: readonly DeliveryConfiguration[],
  { kinesisEndpoint, firehoseEndpoint, s3Endpoint }: Endpoints,
): () => void {
  const write = (running: boolean): void => {
    writeLocalRun(directory, {
      version: 1,
      stack,
      process: process.pid,
      running,
      endpoints: { kinesis: kinesisEndpoint, firehose: firehoseEndpoint, s3: s3Endpoint },
      deliveryStreams: deliveryStreams.map(localDeliveryStream),
    });
  };
  try {
    write(true);
  } catch (error) {
    throw unusable(directory, error);
  }
  return () => {
    try {
      write(false);
    } catch {
      // The directory may be gone or the disk full. That the process has ended says the same.
    }
  };
}

function localDeliveryStream(configuration: DeliveryConfiguration): LocalDeliveryStream {
  const { name, source, bucket, prefix, errorPrefix, timeZone } = configuration;
  return {
    ...{ name, region: source.region, bucket, prefix, errorPrefix, timeZone },
    ...(source.type === "kinesis" && { stream: source.name }),
    delimiter: configuration.newlineDelimiter ? "newline" : "none",
    recordCompression: producersCompress(configuration) ? "GZIP" : "none",
  };
}
