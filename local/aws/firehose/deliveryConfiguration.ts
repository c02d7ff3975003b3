import type { GraphResource } from "../../engine/resourceGraph";
import { bucketArn, streamArn, type NameInArn } from "../arn";
import { InputReader } from "../inputReader";
import { refusePrefixes } from "./refusedPrefixes";
import { enabledProcessors, refuseUnsupported } from "./unsupportedInputs";

/** What a delivery stream does, as its resource declares it. */
export interface DeliveryConfiguration {
  /** Name of the delivery stream, the first part of its objects' names. */
  readonly name: string;
  readonly source: NameInArn;
  readonly bucket: string;
  /** In Firehose's prefix language; "" for none. */
  readonly prefix: string;
  /** Where records go that cannot be delivered, in the same language; "" for none. */
  readonly errorPrefix: string;
  /** Of data before compression. */
  readonly bufferBytes: number;
  /** 0 delivers at once. */
  readonly bufferSeconds: number;
  readonly compression: "GZIP" | "UNCOMPRESSED";
  /** With its dot; "" for none. */
  readonly fileExtension: string;
  /** Of the dates in keys: UTC or an IANA name. */
  readonly timeZone: string;
  /** A newline between two records (AppendDelimiterToRecord). */
  readonly newlineDelimiter: boolean;
}

/**
 * Reads an `aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream`, with the provider's defaults
 * for what it leaves out. Log options and keys are accepted and without effect: nothing is logged
 * to CloudWatch or encrypted on this machine.
 *
 * @throws one error that names everything that is wrong or not supported here
 */
export function deliveryConfiguration(resource: GraphResource): DeliveryConfiguration {
  const inputs = new InputReader(resource.inputs);
  const destination = inputs.group("extendedS3Configuration");
  refuseUnsupported(inputs);
  refusePrefixes(destination);
  const compression = destination.text("compressionFormat") === "GZIP" ? "GZIP" : "UNCOMPRESSED";
  const configuration: DeliveryConfiguration = {
    name: inputs.text("name") ?? resource.name,
    source: nameIn(inputs.group("kinesisSourceConfiguration"), "kinesisStreamArn", streamArn),
    bucket: nameIn(destination, "bucketArn", bucketArn).name,
    prefix: destination.text("prefix") ?? "",
    errorPrefix: destination.text("errorOutputPrefix") ?? "",
    bufferBytes: within(destination, "bufferingSize", 1, 128, 5) * 1024 * 1024,
    bufferSeconds: within(destination, "bufferingInterval", 0, 900, 300),
    compression,
    fileExtension: destination.text("fileExtension") || (compression === "GZIP" ? ".gz" : ""),
    timeZone: destination.text("customTimeZone") || "UTC",
    newlineDelimiter: enabledProcessors(destination).includes("AppendDelimiterToRecord"),
  };
  if (inputs.problems.size === 0) return configuration;
  throw new Error(
    `The delivery stream ${resource.name} cannot run on this machine:\n` +
      [...inputs.problems].map((problem) => `  ${problem}`).join("\n"),
  );
}

/** API limits: 1 to 128 MiB and 0 to 900 s; the defaults are the provider's. */
function within(
  inputs: InputReader,
  name: string,
  least: number,
  most: number,
  byDefault: number,
): number {
  const value = inputs.number(name) ?? byDefault;
  if (value < least || value > most || !Number.isInteger(value)) {
    inputs.problem(name, `is ${value}; allowed: a whole number from ${least} to ${most}`);
  }
  return value;
}

function nameIn(inputs: InputReader, name: string, read: (arn: string) => NameInArn): NameInArn {
  if (!inputs.names.includes(name)) inputs.problem(name, "is not set");
  try {
    return read(inputs.text(name) ?? "");
  } catch (error) {
    if (inputs.text(name) !== undefined) inputs.problem(`${name}:`, (error as Error).message);
    return { name: "", region: "" };
  }
}
