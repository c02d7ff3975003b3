import { nameInArn, parseArn } from "../../../components/iam/arn";
import { InputReader } from "../../../engine/graph/inputReader";
import {
  type GraphResource,
  type ResourceGraph,
  resourcesOfType,
} from "../../../engine/graph/resourceGraph";
import { type Compression, formats, isCompression } from "../packing/formats";
import { type Processor, readProcessors } from "./processors";
import { enabledProcessors, refusePrefixes, refuseUnsupported } from "./refusals";

/** What a delivery stream does, as its resource declares it. */
export interface DeliveryConfiguration {
  /** Name of the delivery stream, the first part of its objects' names. */
  readonly name: string;
  readonly arn: string;
  readonly source: StreamToRead;
  readonly bucket: string;
  readonly bucketArn: string;
  /** ARN of the role that Firehose writes objects and its error log as. */
  readonly roleArn: string;
  /** ARN of the key that Firehose asks S3 to encrypt with; absent if the bucket decides. */
  readonly kmsKeyArn?: string;
  /** Absent if errors are not logged. */
  readonly errorLog?: { readonly logGroupName: string; readonly logStreamName: string };
  /** In Firehose's prefix language; "" for none. */
  readonly prefix: string;
  /** Where records go that cannot be delivered, in the same language; "" for none. */
  readonly errorPrefix: string;
  /** Of data before compression. */
  readonly bufferBytes: number;
  /** 0 delivers at once. */
  readonly bufferSeconds: number;
  readonly compression: Compression;
  /** With its dot; "" for none. */
  readonly fileExtension: string;
  /** Of the dates in keys: UTC or an IANA name. */
  readonly timeZone: string;
  /** A newline between two records (AppendDelimiterToRecord). */
  readonly newlineDelimiter: boolean;
  /** What is done to each record before it is buffered, in order. */
  readonly processors: readonly Processor[];
}

/** The stream that a delivery stream reads. */
export interface StreamToRead {
  readonly name: string;
  readonly region: string;
  readonly arn: string;
  /** ARN of the role that Firehose reads it as. */
  readonly roleArn: string;
}

/**
 * Reads an `aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream`, with the provider's defaults
 * for what it leaves out.
 *
 * @throws one error that names everything that is wrong or not supported here
 */
export function deliveryConfiguration(resource: GraphResource): DeliveryConfiguration {
  const inputs = new InputReader(resource.inputs);
  const destination = inputs.group("extendedS3Configuration");
  refuseUnsupported(inputs);
  refusePrefixes(destination);
  const given = destination.text("compressionFormat") ?? "UNCOMPRESSED";
  const compression = isCompression(given) ? given : "UNCOMPRESSED";
  const bucketArn = arnIn(destination, "bucketArn", bucketForm);
  const kmsKeyArn = destination.text("kmsKeyArn");
  const errorLog = errorLogOf(destination.group("cloudwatchLoggingOptions"));
  const name = inputs.text("name") ?? resource.name;
  const source = sourceOf(inputs.group("kinesisSourceConfiguration"));
  const configuration: DeliveryConfiguration = {
    name,
    arn: new InputReader(resource.outputs).text("arn") ?? arnBeside(source.arn, name),
    source,
    bucket: nameIn(bucketArn),
    bucketArn,
    roleArn: arnIn(destination, "roleArn", roleForm),
    ...(kmsKeyArn !== undefined && { kmsKeyArn }),
    ...(errorLog !== undefined && { errorLog }),
    prefix: destination.text("prefix") ?? "",
    errorPrefix: destination.text("errorOutputPrefix") ?? "",
    bufferBytes: within(destination, "bufferingSize", 1, 128, 5) * 1024 * 1024,
    bufferSeconds: within(destination, "bufferingInterval", 0, 900, 300),
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

/** API: logging is off unless it is enabled, and then both names are required. */
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

function arnBeside(streamArn: string, name: string): string {
  if (streamArn === "") return "";
  const { partition, region, account } = parseArn(streamArn);
  return `arn:${partition}:firehose:${region}:${account}:deliverystream/${name}`;
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

/** "" for an ARN that is missing or wrong, which is a problem of the inputs. */
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

/** The delivery streams that a program makes; those that it only reads are somebody else's. */
export function declaredDeliveryStreams(graph: ResourceGraph): readonly GraphResource[] {
  const type = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream";
  return resourcesOfType(graph, type).filter(({ external }) => !external);
}
