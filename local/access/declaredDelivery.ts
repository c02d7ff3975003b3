import type { GraphResource } from "../../engine/graph/resourceGraph";
import { InputReader } from "../../engine/graph/inputReader";
import type { FirehoseIdentity } from "../../aws/firehose/requests/firehoseIdentity";
import { Unresolved } from "./declaredValue";

/** A delivery stream, as far as its access depends on it. */
export interface DeclaredDelivery extends FirehoseIdentity {
  readonly name: string;
  /** In Firehose's prefix language; "" for none. */
  readonly prefix: string;
  readonly errorPrefix: string;
  /** Of the dates in keys: UTC or an IANA name. */
  readonly timeZone: string;
  /** What it does beyond delivering to S3, with calls of its own, e.g. `s3BackupMode`. */
  readonly uncheckedFeatures: readonly string[];
}

/**
 * Reads of an `aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream` who calls, and on what;
 * features that cannot run on this machine are no obstacle.
 */
export function declaredDelivery(resource: GraphResource): DeclaredDelivery | Unresolved {
  const problems = new Set<string>();
  const inputs = new InputReader(resource.inputs, "", problems);
  const source = inputs.group("kinesisSourceConfiguration");
  const destination = inputs.group("extendedS3Configuration");
  const needed = (reader: InputReader, input: string): string => {
    if (!reader.names.includes(input)) reader.problem(input, "is not set");
    return reader.text(input) ?? "";
  };
  const kmsKeyArn = destination.text("kmsKeyArn");
  const errorLog = errorLogOf(destination.group("cloudwatchLoggingOptions"));
  const delivery: DeclaredDelivery = {
    name: inputs.text("name") ?? resource.name,
    arn: new InputReader(resource.outputs, "", problems).text("arn") ?? "",
    source: { arn: needed(source, "kinesisStreamArn"), roleArn: needed(source, "roleArn") },
    bucketArn: needed(destination, "bucketArn"),
    roleArn: needed(destination, "roleArn"),
    ...(kmsKeyArn !== undefined && { kmsKeyArn }),
    ...(errorLog && { errorLog }),
    bufferSeconds: destination.number("bufferingInterval") ?? 300,
    prefix: destination.text("prefix") ?? "",
    errorPrefix: destination.text("errorOutputPrefix") ?? "",
    timeZone: destination.text("customTimeZone") || "UTC",
    uncheckedFeatures: uncheckedFeatures(destination),
  };
  return problems.size === 0 ? delivery : new Unresolved(reasonOf([...problems]));
}

/** In a preview nearly everything is unknown: one sentence says as much as twelve. */
function reasonOf(problems: readonly string[]): string {
  return problems.some((problem) => problem.endsWith("is not known before a deployment"))
    ? "its roles, and what they reach, are not known before a deployment"
    : problems.join("; ");
}

function errorLogOf(options: InputReader): FirehoseIdentity["errorLog"] {
  const [logGroupName, logStreamName] = [
    options.text("logGroupName"),
    options.text("logStreamName"),
  ];
  if (options.flag("enabled") !== true || !logGroupName || !logStreamName) return undefined;
  return { logGroupName, logStreamName };
}

function uncheckedFeatures(destination: InputReader): readonly string[] {
  const conversion = destination.group("dataFormatConversionConfiguration");
  const converts = conversion.names.length > 0 && conversion.flag("enabled") !== false;
  return [
    ...(callsLambda(destination) ? ["Lambda"] : []),
    ...(converts ? ["dataFormatConversionConfiguration"] : []),
    ...(destination.text("s3BackupMode") === "Enabled" ? ["s3BackupMode"] : []),
  ];
}

function callsLambda(destination: InputReader): boolean {
  const processing = destination.group("processingConfiguration");
  if (processing.flag("enabled") !== true) return false;
  return processing.groups("processors").some((processor) => processor.text("type") === "Lambda");
}
