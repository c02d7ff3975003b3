import type { Clock } from "../../clock";

/**
 * Calls functions for delivery streams, like `Invoke` of the Lambda API with the invocation type
 * RequestResponse. The local run starts the function, a test or a simulation answers itself.
 */
export interface FunctionInvoker {
  /**
   * Calls a function and waits for its answer.
   *
   * @param functionArn with or without a version or an alias
   * @param payload the event, in JSON
   * @param signal ends the function; what becomes of the promise is then ignored
   * @throws Error with the code of Lambda if it does not run the function, e.g. `ResourceNotFoundException`;
   *   AccessDeniedError if IAM denies the call
   */
  invoke(functionArn: string, payload: string, signal: AbortSignal): Promise<FunctionReply>;
}

/** What Lambda answers: what the function returned, in JSON, or why it failed. */
export type FunctionReply =
  | { readonly payload: string }
  /** Its error or that of its runtime, e.g. `Task timed out after 3.00 seconds`. */
  | { readonly functionError: string };

/** The attempts of one thing. */
export interface Attempts {
  /**
   * Waits between two of them, at most until the delivery stream starts to drain or gives up.
   *
   * @param attempt the number of the one that failed
   * @param what failed, e.g. `the function clean`
   * @param cause code and message
   */
  pause(attempt: number, what: string, cause: string): Promise<void>;
}

/** What a delivery stream needs for its calls of a function with the records of a shard. */
export interface FunctionContext {
  readonly invoker: FunctionInvoker;
  readonly deliveryStreamArn: string;
  /** Of the delivery stream. */
  readonly region: string;
  /** Absent without a Kinesis source. */
  readonly sourceStreamArn?: string;
  readonly shardId: string;
  readonly clock: Clock;
  /** Aborted when the delivery stream gives up: calls end, and their records stay undelivered. */
  readonly signal: AbortSignal;
  /** Waits between the calls with the same records; it may end in giving up. */
  readonly attempts: () => Attempts;
  /** Receives each call when it has ended. */
  readonly onCall: (call: FunctionCall) => void;
}

/** A call of a function, and what became of the records in it. */
export interface FunctionCall {
  readonly functionArn: string;
  /** 1 for the first call with these records. */
  readonly attempt: number;
  /** How many calls there can be with these records. */
  readonly maximumAttempts: number;
  readonly milliseconds: number;
  /** How many records were sent. */
  readonly records: number;
  /** How many of them the function returned as `Ok`. */
  readonly okRecords: number;
  /** Of the data that it returned with them. */
  readonly okBytes: number;
  /** How many of them it returned as `Dropped`. */
  readonly droppedRecords: number;
  /** Why the call failed for all records; absent if it did not. */
  readonly failure?: CallFailure;
}

/** Why the call of a function failed for all of its records. */
export interface CallFailure {
  /** As Firehose reports it, e.g. `Lambda.FunctionError`. */
  readonly errorCode: string;
  readonly errorMessage: string;
  /** What Firehose does not report, e.g. the error that the function threw. */
  readonly reason?: string;
}
