import { Unknown } from "../../../engine/graph/resourceGraph";
import type { ProcessorFeature } from "./processorFeature";
import { parameterNames, readParameters } from "./processorParameters";

/**
 * A newline between two records of an object. It acts on objects, not on records: `objectBody` adds
 * the newlines when it joins records. Firehose drops its parameters, so that a `Delimiter` changes
 * nothing.
 */
export const appendDelimiter: ProcessorFeature = {
  type: "AppendDelimiterToRecord",
  supported: true,
  read(inputs) {
    const parameters = readParameters(inputs, parameterNames);
    return parameters instanceof Unknown ? parameters : { type: "AppendDelimiterToRecord" };
  },
};
