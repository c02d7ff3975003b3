import { errorLogOf } from "../../aws/firehose/model/deliveryConfiguration";
import type { FirehoseIdentity } from "../../aws/firehose/requests/firehoseIdentity";
import { InputReader, unknownUntilDeployment } from "../../engine/graph/inputReader";
import type { GraphResource } from "../../engine/graph/resourceGraph";
import { Unresolved } from "./declaredValue";

/** The properties of a delivery stream that its requests depend on. */
export interface DeclaredDelivery extends FirehoseIdentity {
  readonly name: string;
  /** In Firehose's prefix language; "" for none. */
  readonly prefix: string;
  readonly errorPrefix: string;
  /** Time zone of the dates in keys: UTC or an IANA name. */
  readonly timeZone: string;
  /** Features that make calls which are not checked, e.g. `s3BackupMode`. */
  readonly uncheckedFeatures: readonly string[];
}

/**
 * Reads an `aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream`. Unlike
 * `deliveryConfiguration`, it accepts features that are not available in the local run.
 */
export function declaredDelivery(resource: GraphResource): DeclaredDelivery | Unresolved {
  const problems = new Set<string>();
  const inputs = new InputReader(resource.inputs, "", problems);
  const source = inputs.group("kinesisSourceConfiguration");
  const destination = inputs.group("extendedS3Configuration");
  const required = (reader: InputReader, input: string): string => {
    if (!reader.names.includes(input)) reader.problem(input, "is not set");
    return reader.text(input) ?? "";
  };
  const kmsKeyArn = destination.text("kmsKeyArn");
  const errorLog = errorLogOf(destination.group("cloudwatchLoggingOptions"));
  const delivery: DeclaredDelivery = {
    name: inputs.text("name") ?? resource.name,
    arn: new InputReader(resource.outputs, "", problems).text("arn") ?? "",
    source: { arn: required(source, "kinesisStreamArn"), roleArn: required(source, "roleArn") },
    bucketArn: required(destination, "bucketArn"),
    roleArn: required(destination, "roleArn"),
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

/** In a preview most inputs are unknown, so one clause replaces a dozen. */
function reasonOf(problems: readonly string[]): string {
  return problems.some((problem) => problem.endsWith(unknownUntilDeployment))
    ? "its roles and their resources are unknown until deployment"
    : problems.join("; ");
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
