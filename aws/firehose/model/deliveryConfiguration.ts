import { nameInArn, parseArn } from "../../../components/iam/arn";
import { InputReader } from "../../../engine/graph/inputReader";
import {
  type GraphResource,
  type ResourceGraph,
  resourcesOfType,
} from "../../../engine/graph/resourceGraph";
import { type Compression, formats, isCompression } from "../packing/objectBody";
import { type Processor, readProcessors } from "./processors";
import { enabledProcessors, reportPrefixProblems, reportUnsupported } from "./unsupportedInputs";

/** What a delivery stream does, read from its resource. */
export interface DeliveryConfiguration {
  /** Name of the delivery stream, the first part of its objects' names. */
  readonly name: string;
  readonly arn: string;
  readonly source: StreamToRead;
  readonly bucket: string;
  readonly bucketArn: string;
  /** ARN of the role that Firehose assumes to write objects and the error log. */
  readonly roleArn: string;
  /** ARN of the KMS key in Firehose's PutObject calls; absent if the bucket's default applies. */
  readonly kmsKeyArn?: string;
  /** Absent if error logging is off. */
  readonly errorLog?: { readonly logGroupName: string; readonly logStreamName: string };
  /** In Firehose's prefix language; "" for none. */
  readonly prefix: string;
  /** Prefix for records that cannot be delivered, in the same language; "" for none. */
  readonly errorPrefix: string;
  /** Buffer size, of data before compression. */
  readonly bufferBytes: number;
  /** Buffer interval; 0 delivers at once. */
  readonly bufferSeconds: number;
  readonly compression: Compression;
  /** With its dot; "" for none. */
  readonly fileExtension: string;
  /** Of the dates in keys: UTC or an IANA name. */
  readonly timeZone: string;
  /** A newline between two records (AppendDelimiterToRecord). */
  readonly newlineDelimiter: boolean;
  /** Applied to each record before it is buffered, in order. */
  readonly processors: readonly Processor[];
}

/** The stream that a delivery stream reads. */
export interface StreamToRead {
  readonly name: string;
  readonly region: string;
  readonly arn: string;
  /** ARN of the role that Firehose assumes to read it. */
  readonly roleArn: string;
}

/** The delivery streams that a program creates. Those that it only reads belong to another program. */
export function declaredDeliveryStreams(graph: ResourceGraph): readonly GraphResource[] {
  const type = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream";
  return resourcesOfType(graph, type).filter(({ external }) => !external);
}

/**
 * Reads an `aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream`. Inputs that it does not set
 * get the provider's defaults.
 *
 * @throws one error that lists every input that is invalid or not supported locally
 */
export function deliveryConfiguration(resource: GraphResource): DeliveryConfiguration {
  const inputs = new InputReader(resource.inputs);
  const destination = inputs.group("extendedS3Configuration");
  reportUnsupported(inputs);
  reportPrefixProblems(destination);
  const format = destination.text("compressionFormat") ?? "UNCOMPRESSED";
  const compression = isCompression(format) ? format : "UNCOMPRESSED";
  const bucketArn = arnIn(destination, "bucketArn", bucketForm);
  const kmsKeyArn = destination.text("kmsKeyArn");
  const errorLog = errorLogOf(destination.group("cloudwatchLoggingOptions"));
  const name = inputs.text("name") ?? resource.name;
  const source = sourceOf(inputs.group("kinesisSourceConfiguration"));
  const configuration: DeliveryConfiguration = {
    name,
    arn: new InputReader(resource.outputs).text("arn") ?? deliveryStreamArn(name, source.arn),
    source,
    bucket: nameIn(bucketArn),
    bucketArn,
    roleArn: arnIn(destination, "roleArn", roleForm),
    ...(kmsKeyArn !== undefined && { kmsKeyArn }),
    ...(errorLog !== undefined && { errorLog }),
    prefix: destination.text("prefix") ?? "",
    errorPrefix: destination.text("errorOutputPrefix") ?? "",
    bufferBytes: wholeNumber(destination, "bufferingSize", 1, 128, 5) * 1024 * 1024,
    bufferSeconds: wholeNumber(destination, "bufferingInterval", 0, 900, 300),
    compression,
    fileExtension: destination.text("fileExtension") || formats[compression].extension,
    timeZone: destination.text("customTimeZone") || "UTC",
    newlineDelimiter: enabledProcessors(destination).some(
      (processor) => processor.text("type") === "AppendDelimiterToRecord",
    ),
    processors: readProcessors(enabledProcessors(destination)),
  };
  if (inputs.problems.size === 0) return configuration;
  throw new Error(
    `The delivery stream ${resource.name} cannot run on this machine:\n` +
      [...inputs.problems].map((problem) => `  ${problem}`).join("\n"),
  );
}

function sourceOf(inputs: InputReader): StreamToRead {
  const arn = arnIn(inputs, "kinesisStreamArn", streamForm);
  const roleArn = arnIn(inputs, "roleArn", roleForm);
  return { name: nameIn(arn), region: arn === "" ? "" : parseArn(arn).region, arn, roleArn };
}

/** API: logging is off by default; if it is enabled, both names are required. */
export function errorLogOf(options: InputReader): DeliveryConfiguration["errorLog"] {
  if (options.flag("enabled") !== true) return undefined;
  const [logGroupName, logStreamName] = [
    options.text("logGroupName"),
    options.text("logStreamName"),
  ];
  for (const [name, value] of Object.entries({ logGroupName, logStreamName }))
    if (!value) options.problem(name, "is not set, although logging is enabled");
  return logGroupName && logStreamName ? { logGroupName, logStreamName } : undefined;
}

/** In the account and region of its source. */
function deliveryStreamArn(name: string, streamArn: string): string {
  if (streamArn === "") return "";
  const { partition, region, account } = parseArn(streamArn);
  return `arn:${partition}:firehose:${region}:${account}:deliverystream/${name}`;
}

/** API limits: 1 to 128 MiB and 0 to 900 s; the defaults are the provider's. */
function wholeNumber(
  inputs: InputReader,
  name: string,
  minimum: number,
  maximum: number,
  defaultValue: number,
): number {
  const value = inputs.number(name) ?? defaultValue;
  if (value < minimum || value > maximum || !Number.isInteger(value)) {
    inputs.problem(name, `is ${value}; allowed: a whole number from ${minimum} to ${maximum}`);
  }
  return value;
}

interface ArnForm {
  readonly what: string;
  readonly pattern: RegExp;
}

const streamForm: ArnForm = {
  what: "a Kinesis data stream",
  pattern: /^arn:[^:]+:kinesis:[^:]+:\d*:stream\/[^/]+$/u,
};
const bucketForm: ArnForm = {
  what: "an S3 bucket",
  pattern: /^arn:[^:]+:s3:[^:]*:[^:]*:[^/:]+$/u,
};
const roleForm: ArnForm = { what: "an IAM role", pattern: /^arn:[^:]+:iam::\d*:role\/.+$/u };

/** Adds an ARN that is missing or malformed to the problems, and then returns "". */
function arnIn(inputs: InputReader, name: string, { what, pattern }: ArnForm): string {
  if (!inputs.names.includes(name)) inputs.problem(name, "is not set");
  const arn = inputs.text(name);
  if (arn === undefined) return "";
  if (pattern.test(arn)) return arn;
  inputs.problem(`${name}:`, `"${arn}" is not the ARN of ${what}.`);
  return "";
}

function nameIn(arn: string): string {
  return arn === "" ? "" : nameInArn(arn);
}
