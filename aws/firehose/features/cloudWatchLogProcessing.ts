import { Unknown } from "../../../engine/graph/resourceGraph";
import { parametersOf, type ProcessorFeature } from "./processorFeature";

/** Extracts the messages of the log events in the records of a CloudWatch Logs subscription. */
export const cloudWatchLogProcessing: ProcessorFeature = {
  type: "CloudWatchLogProcessing",
  supported: true,
  read(inputs) {
    const name = "DataMessageExtraction";
    const parameters = parametersOf(inputs, name);
    if (parameters instanceof Unknown) return parameters;
    const value = parameters.get(name);
    if (value === undefined) {
      inputs.refuse("parameters", `has no ${name}; allowed: true or false`);
    } else if (!/^(true|false)$/i.test(value)) {
      inputs.refuse("parameters", `has ${name} "${value}"; allowed: true or false`);
    }
    const dataMessageExtraction = value?.toLowerCase() === "true";
    return { type: "CloudWatchLogProcessing", dataMessageExtraction };
  },
};
