/**
 * What a delivery stream does with records, by the names that a deployed pipeline has in its output
 * `processing` and a local run in its file.
 */
const processingSteps = [
  /** Decompresses the records of CloudWatch Logs, and delivers JSON documents of log events. */
  "decompress",
  /** Decompresses them, and delivers only the messages of the log events, each on a line. */
  "messages",
  /** Splits each record into JSON documents, into lines, or at another delimiter. */
  "split-json",
  "split-lines",
  "split",
  /** Puts records into objects by keys in them (dynamic partitioning). */
  "partition",
  /** Calls a function with them, which can change and drop them. */
  "transform",
  /** Converts them to columns. */
  "parquet",
  "orc",
] as const;

export type ProcessingStep = (typeof processingSteps)[number];

/** How a delivery stream treats records; each is absent if the target does not say it. */
export interface TargetProcessing {
  /** Buffer interval: how long records wait for others before they become an object. */
  readonly bufferSeconds?: number;
  /** What is done to the records. */
  readonly steps?: ReadonlySet<ProcessingStep>;
  /** Of a local run: how many records of the stream processors have removed, until now. */
  readonly droppedRecords?: number;
}

/** The steps that are known here: a newer component may have others. */
export function knownSteps(names: readonly unknown[]): ReadonlySet<ProcessingStep> {
  return new Set(processingSteps.filter((step) => names.includes(step)));
}

/** Whether records come from CloudWatch Logs, which compresses them. */
export function isOfCloudWatchLogs({ steps }: TargetProcessing): boolean {
  return steps !== undefined && (steps.has("decompress") || steps.has("messages"));
}

/**
 * How long a record may take from its acknowledgment to its object, in seconds, with a minute for what
 * Firehose does not promise. With dynamic partitioning the interval can be exceeded by half; a function has
 * a buffer of its own of up to 15 minutes, by default one, and runs for up to five.
 *
 * Sources: Firehose Developer Guide, "Buffering hints" and "Transform source data"; API, ProcessorParameter.
 */
export function longestDelivery({
  bufferSeconds = longestBuffer,
  steps,
}: TargetProcessing): number {
  const partitioned = steps?.has("partition") === true ? 1.5 : 1;
  const calling = steps?.has("transform") === true ? defaultFunctionBuffer + longestCall : 0;
  return Math.ceil(bufferSeconds * partitioned) + calling + grace;
}

/** API, BufferingHints. */
const longestBuffer = 900;
const defaultFunctionBuffer = 60;
const longestCall = 300;
const grace = 60;
