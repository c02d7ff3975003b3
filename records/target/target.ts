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
