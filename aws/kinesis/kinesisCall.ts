/** A call to the Kinesis API as it was answered: what the metrics of AWS/Kinesis are made of. */
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

/** Producers put records. Whole calls may succeed of which records fail. */
export interface KinesisPut extends AnsweredCall {
  readonly operation: "PutRecord" | "PutRecords";
  /** That the stream accepted. */
  readonly records: number;
  /** Of the accepted records: data and partition keys. */
  readonly bytes: number;
  /** That it refused because a shard was too busy. */
  readonly throttledRecords: number;
  /** That it refused for another reason. */
  readonly failedRecords: number;
}

/** A consumer, Firehose for one, read a page of a shard. */
export interface KinesisRead extends AnsweredCall {
  readonly operation: "GetRecords";
  readonly records: number;
  readonly bytes: number;
  /** Age of the last record of the page, in milliseconds; 0 when the reader has caught up. */
  readonly iteratorAge: number;
}
