import type { ProcessorFeature } from "./processorFeature";

/** Transforms batches of records with a function. The local delivery engine does not support it. */
export const lambda: ProcessorFeature = {
  type: "Lambda",
  supported: false,
  makesCalls: true,
  read: () => ({ type: "Lambda" }),
};
