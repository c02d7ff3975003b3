import type { ProcessorFeature } from "./processorFeature";

/**
 * A newline between two records of an object. It acts on objects, not on records: `objectBody` adds
 * the newlines when it joins records. Firehose drops its parameters.
 */
export const appendDelimiter: ProcessorFeature = {
  type: "AppendDelimiterToRecord",
  supported: true,
  read: () => ({ type: "AppendDelimiterToRecord" }),
};
