import type { ProcessorFeature } from "./processorFeature";

/** Splits records into the JSON or delimited records in them. The local delivery engine does not support it. */
export const recordDeAggregation: ProcessorFeature = {
  type: "RecordDeAggregation",
  supported: false,
  read: () => ({ type: "RecordDeAggregation" }),
};
