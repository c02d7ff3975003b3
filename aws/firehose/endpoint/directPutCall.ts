/** An answered call of a producer: the source of the metrics of direct put. */
export interface DirectPutCall {
  readonly operation: "PutRecord" | "PutRecordBatch";
  /** Name of the delivery stream. */
  readonly deliveryStream: string;
  readonly region: string;
  /** When it was answered, in milliseconds since 1970. */
  readonly at: number;
  /** Between request and answer. */
  readonly milliseconds: number;
  /** How many records were accepted. */
  readonly records: number;
  /** Of the accepted records. */
  readonly bytes: number;
  readonly failedRecords: number;
  /** AWS's code, e.g. `ValidationException`; absent if the call succeeded. */
  readonly errorCode?: string;
}
