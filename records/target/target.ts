import type { RecordCompression } from "../send/compressLines";
import type { Delimiter } from "../verify/readObject";
import type { TargetProcessing } from "./processing";

/** A pipeline, deployed or local, as the commands that use it see it. */
export interface Target {
  /** Begins a message, e.g. `The stack "dev"`. */
  readonly title: string;
  /** @throws Error if the target does not say where producers put records */
  entry(): TargetEntry;
  /** @throws Error if the target does not say where records are delivered */
  lake(): TargetLake;
  /** @throws Error if the target does not say which delivery stream connects the two */
  delivery(): TargetDelivery;
  /** Absent for a local run: there is no catalog. */
  table?(): TargetTable;
}

/** The table of the delivered records in the AWS Glue Data Catalog. */
export interface TargetTable {
  /** Absent if the stack does not export it. */
  readonly name?: string;
  /** Absent if the stack does not export it, or if it is that of the query editor. */
  readonly database?: string;
  /** Absent: the AWS SDK's default. */
  readonly region?: string;
}

/** Where producers put records. */
export interface TargetEntry {
  /** A Kinesis stream, or a delivery stream without one. */
  readonly type: "stream" | "delivery-stream";
  readonly name: string;
  /** Absent: the AWS SDK's default. */
  readonly region?: string;
  /** How producers compress each record; absent if that is unknown. */
  readonly recordCompression?: RecordCompression;
}

/** Where records are delivered. */
export interface TargetLake {
  readonly bucket: string;
  /** In Firehose's prefix language. */
  readonly prefix: string;
  /** In the same language; absent if it is unknown. */
  readonly errorPrefix?: string;
  /** Of the dates in keys: UTC or an IANA name. */
  readonly timeZone: string;
  /** What separates two records of an object. */
  readonly delimiter: Delimiter;
  /** Absent: the AWS SDK's default. */
  readonly region?: string;
  /** Absent if the target says nothing about it. */
  readonly processing?: TargetProcessing;
}

/** What delivers the records, and what watches it. */
export interface TargetDelivery {
  /** Of the delivery stream. */
  readonly name: string;
  /** Absent: the AWS SDK's default. */
  readonly region?: string;
  /** Name of the stream that it reads; absent if producers put records to it, or if it is unknown. */
  readonly stream?: string;
  readonly bucket?: string;
  /** In Firehose's prefix language. */
  readonly prefix?: string;
  readonly errorPrefix?: string;
  /** Of its error log. */
  readonly logGroup?: string;
  /** Names of its alarms; absent if they are unknown. */
  readonly alarms?: readonly string[];
  /** Whether a role that the stack does not create makes its calls. Default: unknown. */
  readonly existingRole?: boolean;
}
