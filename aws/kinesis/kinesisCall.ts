/** An answered call to the Kinesis API: the source of the metrics of AWS/Kinesis. */
export type KinesisCall = KinesisPut | KinesisRead;

interface AnsweredCall {
  readonly streamName: string;
  readonly region: string;
  /** When it was answered, in milliseconds since 1970. */
  readonly at: number;
  /** Between request and answer. */
  readonly milliseconds: number;
  /** AWS's code, e.g. `ProvisionedThroughputExceededException`; absent if the call succeeded. */
  readonly errorCode?: string;
}

/** Producers put records. A call can succeed although some of its records fail. */
export interface KinesisPut extends AnsweredCall {
  readonly operation: "PutRecord" | "PutRecords";
  /** How many records the stream accepted. */
  readonly records: number;
  /** Of the accepted records: data and partition keys. */
  readonly bytes: number;
  /** How many it rejected because a shard was too busy. */
  readonly throttledRecords: number;
  /** How many it rejected for another reason. */
  readonly failedRecords: number;
}

/** A consumer, e.g. Firehose, read a page of a shard. */
export interface KinesisRead extends AnsweredCall {
  readonly operation: "GetRecords";
  readonly records: number;
  readonly bytes: number;
  /** Age of the last record of the page, in milliseconds; 0 when the reader has caught up. */
  readonly iteratorAge: number;
}
