import type { FormatConversion } from "../../aws/firehose/features/formatConversion";
import type { Declared } from "../../aws/firehose/model/declaredInputs";
import type { DeliveryStream } from "../../aws/firehose/model/deliveryStream";
import type { S3Output } from "../../aws/firehose/model/s3Output";
import type { FirehoseIdentity, SchemaTable } from "../../aws/firehose/requests/firehoseIdentity";
import { transformationIn } from "../../aws/firehose/requests/functionRequests";
import { Unknown } from "../../engine/graph/resourceGraph";
import { Unresolved } from "./declaredValue";

/** The properties of a delivery stream, or of its backup, that its requests depend on. */
export interface DeclaredOutput extends FirehoseIdentity {
  readonly name: string;
  /** In Firehose's prefix language; "" for none. */
  readonly prefix: string;
  readonly errorPrefix: string;
  /** Whether the prefix may have partition keys. */
  readonly partitions: boolean;
  /** Time zone of the dates in keys: UTC or an IANA name. */
  readonly timeZone: string;
}

export interface DeclaredDelivery extends DeclaredOutput {
  readonly backup?: DeclaredOutput;
  /** Features that make calls which are not checked, e.g. `serverSideEncryption`. */
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

  const values = new RequiredValues();
  const name = values.known(stream.name) ?? "";
  const arn = values.known(stream.arn) ?? "";
  const output = outputOf(s3, s3Inputs, values);
  const transformation = transformationIn(values.known(s3.processors) ?? [], output.roleArn);
  if (transformation?.functionArn === "") values.missing.add(`${s3Inputs}.processingConfiguration`);
  const conversion = values.known(s3.formatConversion);
  const backup = values.known(s3.sourceBackup);
  const encryption = values.known(stream.serverSideEncryption);
  const delivery: DeclaredDelivery = {
    ...{ name, arn },
    source:
      source.type === "direct-put"
        ? source
        : {
            type: "kinesis",
            arn: values.required(source.streamArn, "kinesisSourceConfiguration.kinesisStreamArn"),
            roleArn: values.required(source.roleArn, "kinesisSourceConfiguration.roleArn"),
          },
    ...output,
    partitions: values.known(s3.dynamicPartitioning) !== undefined,
    timeZone: values.known(s3.timeZone) ?? "",
    ...(transformation && { transformation }),
    ...(conversion && { schemaTable: schemaTableOf(conversion, values) }),
    ...(backup && {
      backup: {
        ...{ name, arn, source: { type: "direct-put" }, timeZone: "UTC", partitions: false },
        ...outputOf(backup, `${s3Inputs}.s3BackupConfiguration`, values),
      },
    }),
    uncheckedFeatures:
      // Which role's grants a customer-managed key needs in addition to its grant is not documented.
      encryption?.keyType === "CUSTOMER_MANAGED_CMK" ? ["serverSideEncryption"] : [],
  };
  // In a preview most inputs are unknown, so one clause replaces a dozen.
  if (values.hasUnknown)
    return new Unresolved("its roles and their resources are unknown until deployment");
  return values.missing.size === 0 ? delivery : new Unresolved(reasonsFor(values.missing, stream));
}

const s3Inputs = "extendedS3Configuration";

/** Collects which values are unknown or missing. */
class RequiredValues {
  readonly missing = new Set<string>();
  hasUnknown = false;

  known<T>(value: Declared<T>): T | undefined {
    if (!(value instanceof Unknown)) return value;
    this.hasUnknown = true;
    return undefined;
  }

  /** @param input whose value it is */
  required(value: Declared<string> | undefined, input: string): string {
    if (value === undefined) this.missing.add(input);
    return this.known(value) ?? "";
  }
}

/** @param path of the inputs */
function outputOf(output: S3Output, path: string, values: RequiredValues) {
  const kmsKeyArn = values.known(output.kmsKeyArn);
  const errorLog = values.known(output.errorLog);
  if (errorLog === "incomplete") values.missing.add(`${path}.cloudwatchLoggingOptions`);
  return {
    bucketArn: values.required(output.bucketArn, `${path}.bucketArn`),
    roleArn: values.required(output.roleArn, `${path}.roleArn`),
    ...(kmsKeyArn !== undefined && { kmsKeyArn }),
    ...(errorLog !== undefined && errorLog !== "incomplete" && { errorLog }),
    bufferSeconds: values.known(output.bufferSeconds) ?? 0,
    prefix: values.known(output.prefix) ?? "",
    errorPrefix: values.known(output.errorPrefix) ?? "",
  };
}

function schemaTableOf(conversion: FormatConversion, values: RequiredValues): SchemaTable {
  const path = `${s3Inputs}.dataFormatConversionConfiguration.schemaConfiguration`;
  const table = values.known(conversion.table);
  const catalogId = values.known(table?.catalogId);
  const region = values.known(table?.region);
  return {
    databaseName: values.required(table?.databaseName, `${path}.databaseName`),
    tableName: values.required(table?.tableName, `${path}.tableName`),
    roleArn: values.required(table?.roleArn, `${path}.roleArn`),
    ...(catalogId !== undefined && { catalogId }),
    ...(region !== undefined && { region }),
  };
}

/** A group that is missing as a whole is reported once, without the inputs in it. */
function reasonsFor(missing: ReadonlySet<string>, { refusals }: DeliveryStream): string {
  const ofMissing = refusals.filter(({ input }) =>
    [...missing].some(
      (name) => input === name || input.startsWith(`${name}.`) || name.startsWith(`${input}.`),
    ),
  );
  return ofMissing.map(({ input, reason }) => `${input} ${reason}`).join("; ");
}
