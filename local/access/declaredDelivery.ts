import { callingProcessors } from "../../aws/firehose/features/processors";
import type { DeliveryStream } from "../../aws/firehose/model/deliveryStream";
import type { FirehoseIdentity } from "../../aws/firehose/requests/firehoseIdentity";
import { Unknown } from "../../engine/graph/resourceGraph";
import { Unresolved } from "./declaredValue";

/** The properties of a delivery stream that its requests depend on. */
export interface DeclaredDelivery extends FirehoseIdentity {
  readonly name: string;
  /** In Firehose's prefix language; "" for none. */
  readonly prefix: string;
  readonly errorPrefix: string;
  /** Whether the prefix may have partition keys. */
  readonly partitions: boolean;
  /** Time zone of the dates in keys: UTC or an IANA name. */
  readonly timeZone: string;
  /** Features that make calls which are not checked, e.g. `s3BackupMode`. */
  readonly uncheckedFeatures: readonly string[];
}

/**
 * What the requests of a delivery stream depend on. Features that are not available in the local run
 * do not matter here, nor do rejected inputs that no request contains.
 */
export function declaredDelivery(stream: DeliveryStream): DeclaredDelivery | Unresolved {
  const { source, s3, destination } = stream;
  if (s3 === undefined && typeof destination === "string")
    return new Unresolved(`its calls for the destination "${destination}" are not checked`);
  if (s3 === undefined || source.type === "msk")
    return new Unresolved("its calls are not checked, because it reads an Apache Kafka topic");

  const unknown: Unknown[] = [];
  const missing = new Set<string>();
  const known = <T>(value: T | Unknown): T | undefined => {
    if (!(value instanceof Unknown)) return value;
    unknown.push(value);
    return undefined;
  };
  const required = (value: string | Unknown | undefined, input: string): string => {
    if (value === undefined) missing.add(input);
    return known(value) ?? "";
  };
  const kmsKeyArn = known(s3.kmsKeyArn);
  const encryption = known(stream.serverSideEncryption);
  const errorLog = known(s3.errorLog);
  if (errorLog === "incomplete") missing.add(`${s3Inputs}.cloudwatchLoggingOptions`);
  const processors = known(s3.processors) ?? [];
  const delivery: DeclaredDelivery = {
    name: known(stream.name) ?? "",
    arn: known(stream.arn) ?? "",
    source:
      source.type === "direct-put"
        ? source
        : {
            type: "kinesis",
            arn: required(source.streamArn, "kinesisSourceConfiguration.kinesisStreamArn"),
            roleArn: required(source.roleArn, "kinesisSourceConfiguration.roleArn"),
          },
    bucketArn: required(s3.bucketArn, `${s3Inputs}.bucketArn`),
    roleArn: required(s3.roleArn, `${s3Inputs}.roleArn`),
    ...(kmsKeyArn !== undefined && { kmsKeyArn }),
    ...(errorLog !== undefined && errorLog !== "incomplete" && { errorLog }),
    bufferSeconds: known(s3.bufferSeconds) ?? 0,
    prefix: known(s3.prefix) ?? "",
    errorPrefix: known(s3.errorPrefix) ?? "",
    partitions: known(s3.dynamicPartitioning) !== undefined,
    timeZone: known(s3.timeZone) ?? "",
    uncheckedFeatures: [
      ...callingProcessors(processors),
      ...(known(s3.formatConversion) ? ["dataFormatConversionConfiguration"] : []),
      ...(known(s3.sourceBackup) ? ["s3BackupMode"] : []),
      // Which role's grants a customer-managed key needs in addition to its grant is not documented.
      ...(encryption?.keyType === "CUSTOMER_MANAGED_CMK" ? ["serverSideEncryption"] : []),
    ],
  };
  // In a preview most inputs are unknown, so one clause replaces a dozen.
  if (unknown.length > 0)
    return new Unresolved("its roles and their resources are unknown until deployment");
  return missing.size === 0 ? delivery : new Unresolved(reasonsFor(missing, stream));
}

const s3Inputs = "extendedS3Configuration";

function reasonsFor(missing: ReadonlySet<string>, { refusals }: DeliveryStream): string {
  const ofMissing = refusals.filter(({ input }) =>
    [...missing].some((name) => input === name || input.startsWith(`${name}.`)),
  );
  return ofMissing.map(({ input, reason }) => `${input} ${reason}`).join("; ");
}
