import { nameInArn, parseArn } from "../../../components/iam/arn";
import { unknownUntilDeployment } from "../../../engine/graph/inputReader";
import { noTables, type TableLookup } from "../../glue/catalogTable";
import type { Conversion } from "../conversion/convertRecords";
import { Unknown } from "../../../engine/graph/resourceGraph";
import type { ErrorLogName } from "../features/errorLog";
import type { FormatConversion } from "../features/formatConversion";
import type { ServerSideEncryption } from "../features/serverSideEncryption";
import type { Processor } from "../features/processorFeature";
import { type Compression, formats } from "../packing/objectBody";
import type { InvokedFunction, SchemaTable } from "../requests/firehoseIdentity";
import { transformationIn } from "../requests/functionRequests";
import { readConversion } from "./declaredConversion";
import type { Declared, InputProblem } from "./declaredInputs";
import { type DeliveryStream, deliveryStreamArn } from "./deliveryStream";
import type { S3Output } from "./s3Output";

/** A delivery stream that can run on this machine: all values are known and supported. */
export interface DeliveryConfiguration {
  /** Name of the delivery stream, the first part of its objects' names. */
  readonly name: string;
  readonly arn: string;
  readonly source: RecordSource;
  /** Of the records that producers write to it; absent if it is off. */
  readonly serverSideEncryption?: ServerSideEncryption;
  readonly bucket: string;
  readonly bucketArn: string;
  /** ARN of the role that Firehose assumes to write objects and the error log. */
  readonly roleArn: string;
  /** ARN of the KMS key in Firehose's PutObject calls; absent if the bucket's default applies. */
  readonly kmsKeyArn?: string;
  /** Absent if error logging is off. */
  readonly errorLog?: ErrorLogName;
  /** In Firehose's prefix language; "" for none. */
  readonly prefix: string;
  /** Prefix for records that cannot be delivered, in the same language; "" for none. */
  readonly errorPrefix: string;
  /** Buffer size, of data before compression. */
  readonly bufferBytes: number;
  /** Buffer interval; 0 delivers at once. */
  readonly bufferSeconds: number;
  /** The declared buffer interval; absent unless a run shortens it. */
  readonly declaredBufferSeconds?: number;
  readonly compression: Compression;
  /** With its dot; "" for none. */
  readonly fileExtension: string;
  /** Of the dates in keys: UTC or an IANA name. */
  readonly timeZone: string;
  /** A newline between two records (AppendDelimiterToRecord). */
  readonly newlineDelimiter: boolean;
  /** Applied to the records before they are buffered, in order. */
  readonly processors: readonly Processor[];
  /** Whether records with different evaluated prefixes are in different objects. Default: false. */
  readonly partitions?: boolean;
  /** Of the records of an object to Parquet; absent without it. */
  readonly conversion?: Conversion;
  /** The function among them that Firehose invokes; absent without one. */
  readonly transformation?: InvokedFunction;
  /** The table with the schema of converted records; absent without conversion. */
  readonly schemaTable?: SchemaTable;
  /**
   * Backup of the source records, as a delivery stream that receives them without a source and without
   * features of its own; absent if it is off.
   */
  readonly backup?: DeliveryConfiguration;
}

/** A delivery stream that reads a Kinesis stream. */
export type StreamDelivery = DeliveryConfiguration & { readonly source: StreamToRead };

/**
 * Whether readers can read the objects only if each record is a GZIP member: Firehose neither compresses
 * nor unpacks nor separates the records, and joined members are what the objects' names end in, a .gz file.
 *
 * Source: RFC 1952, 2.2.
 */
export function expectsGzipRecords(
  configuration: Pick<
    DeliveryConfiguration,
    "compression" | "fileExtension" | "newlineDelimiter" | "processors"
  >,
): boolean {
  const { compression, fileExtension, newlineDelimiter, processors } = configuration;
  if (compression !== "UNCOMPRESSED" || newlineDelimiter) return false;
  return fileExtension.endsWith(".gz") && !processors.some(({ type }) => type === "Decompression");
}

/**
 * Whether producers compress each record with GZIP: for the readers of the objects, or because the delivery
 * stream decompresses it, as it does with what CloudWatch Logs sends.
 */
export function producersCompress(
  configuration: Parameters<typeof expectsGzipRecords>[0],
): boolean {
  const decompresses = configuration.processors.some(({ type }) => type === "Decompression");
  return decompresses || expectsGzipRecords(configuration);
}

/** Where a delivery stream gets its records. */
export type RecordSource = StreamToRead | DirectPut;

/** The stream that a delivery stream reads. */
export interface StreamToRead {
  readonly type: "kinesis";
  readonly name: string;
  readonly region: string;
  readonly arn: string;
  /** ARN of the role that Firehose assumes to read it. */
  readonly roleArn: string;
}

/** Producers call PutRecord and PutRecordBatch of Firehose. */
interface DirectPut {
  readonly type: "direct-put";
  /** Of the delivery stream. */
  readonly region: string;
}

/**
 * What a declared delivery stream does on this machine.
 *
 * @param tables of the data catalog, for the conversion of records
 * @throws one error that lists everything that AWS rejects, that is not supported locally, or that is
 *   unknown until deployment
 */
export function deliveryConfiguration(
  stream: DeliveryStream,
  tables: TableLookup = noTables,
): DeliveryConfiguration {
  const { resourceName, refusals, unsupported, unknown, source, s3 } = stream;
  const problems: InputProblem[] = [...refusals, ...unsupported, ...unknown];
  if (problems.length === 0 && source.type === "direct-put" && stream.arn instanceof Unknown)
    problems.push({ input: "arn", reason: unknownUntilDeployment });
  const isKnown = problems.length === 0 && s3 !== undefined && source.type !== "msk";
  const conversion = isKnown
    ? readConversion(s3.formatConversion, arnOf(stream), tables, problems)
    : undefined;
  if (problems.length > 0 || s3 === undefined || source.type === "msk") {
    throw new Error(
      `The delivery stream ${resourceName} cannot run on this machine:\n` +
        problems.map(({ input, reason }) => `  ${input} ${reason}`).join("\n"),
    );
  }
  const arn = arnOf(stream);
  const name = known(stream.name);
  const processors = known(s3.processors);
  const { serverSideEncryption } = stream;
  const { formatConversion, sourceBackup } = s3;
  const transformation = transformationIn(processors, known(s3.roleArn));
  return {
    name,
    arn,
    source: recordSource(source, arn),
    ...(serverSideEncryption !== undefined && {
      serverSideEncryption: known(serverSideEncryption),
    }),
    ...objectsOf(s3),
    fileExtension: known(s3.fileExtension),
    timeZone: known(s3.timeZone),
    newlineDelimiter: processors.some(({ type }) => type === "AppendDelimiterToRecord"),
    processors: processors.filter(({ type }) => type !== "AppendDelimiterToRecord"),
    ...(s3.dynamicPartitioning !== undefined && { partitions: true }),
    ...(conversion !== undefined && { conversion }),
    ...(transformation && { transformation }),
    ...(formatConversion !== undefined && { schemaTable: schemaTableOf(known(formatConversion)) }),
    ...(sourceBackup !== undefined && { backup: backupOf(name, arn, known(sourceBackup)) }),
  };
}

function schemaTableOf({ table }: FormatConversion): SchemaTable {
  const { databaseName, tableName, roleArn, catalogId, region } = known(table);
  return {
    databaseName: known(databaseName),
    tableName: known(tableName),
    roleArn: known(roleArn),
    ...(catalogId !== undefined && { catalogId: known(catalogId) }),
    ...(region !== undefined && { region: known(region) }),
  };
}

/** AWS's API has neither an extension nor a time zone nor processors for the backup. */
function backupOf(name: string, arn: string, output: S3Output): DeliveryConfiguration {
  const objects = objectsOf(output);
  return {
    ...{ name, arn, source: recordSource({ type: "direct-put" }, arn) },
    ...objects,
    fileExtension: formats[objects.compression].extension,
    timeZone: "UTC",
    newlineDelimiter: false,
    processors: [],
  };
}

/** What the objects of a destination and of a backup have in common. */
function objectsOf(output: S3Output) {
  const { kmsKeyArn, errorLog } = output;
  const bucketArn = known(output.bucketArn);
  return {
    bucket: nameInArn(bucketArn),
    bucketArn,
    roleArn: known(output.roleArn),
    ...(kmsKeyArn !== undefined && { kmsKeyArn: known(kmsKeyArn) }),
    ...(errorLog !== undefined && errorLog !== "incomplete" && { errorLog: known(errorLog) }),
    prefix: known(output.prefix),
    errorPrefix: known(output.errorPrefix),
    bufferBytes: known(output.bufferSizeMiB) * 1024 * 1024,
    bufferSeconds: known(output.bufferSeconds),
    compression: known(output.compression),
  };
}

/** One that is unknown is in the account and region of the source. */
function arnOf({ name, arn, source }: DeliveryStream): string {
  if (arn instanceof Unknown && source.type === "kinesis")
    return deliveryStreamArn(known(name), known(source.streamArn));
  return known(arn);
}

function recordSource(
  source: Exclude<DeliveryStream["source"], { readonly type: "msk" }>,
  arn: string,
): RecordSource {
  if (source.type === "direct-put") return { ...source, region: parseArn(arn).region };
  const streamArn = known(source.streamArn);
  const { region } = parseArn(streamArn);
  const [name, roleArn] = [nameInArn(streamArn), known(source.roleArn)];
  return { type: "kinesis", name, region, arn: streamArn, roleArn };
}

/** A value of a delivery stream without problems, in which all required values are known. */
function known<T>(value: Declared<T> | undefined): T {
  if (value === undefined || value instanceof Unknown)
    throw new Error("An input is missing or unknown, and was not reported.");
  return value;
}
