import { Unknown } from "../../../engine/graph/resourceGraph";
import { functionForm, roleForm } from "../model/arns";
import type { ProcessorFeature } from "./processorFeature";
import { readParameters } from "./processorParameters";

/**
 * Transforms batches of records with a function. The local delivery engine does not support it.
 *
 * Source: Firehose API, ProcessorParameter; ranges and the pair as AWS rejects them.
 */
export const lambda: ProcessorFeature = {
  type: "Lambda",
  supported: false,
  read(inputs) {
    const [size, interval] = ["BufferSizeInMBs", "BufferIntervalInSeconds"];
    const names = ["LambdaArn", "NumberOfRetries", "RoleArn", size, interval];
    const parameters = readParameters(inputs, names);
    if (parameters instanceof Unknown) return parameters;
    const isArn = (form: RegExp) => (value: string) => form.test(value);
    const roleArn = parameters.matching("RoleArn", isArn(roleForm.pattern), "the ARN of a role");
    if (parameters.has(size) !== parameters.has(interval)) {
      const [set, missing] = parameters.has(size) ? [size, interval] : [interval, size];
      parameters.refuse(`has ${set} without ${missing}`, "both or neither");
    }
    return {
      type: "Lambda",
      functionArn:
        parameters.required(
          "LambdaArn",
          isArn(functionForm.pattern),
          `the ARN of ${functionForm.what}`,
        ) ?? "",
      bufferSizeMiB: parameters.number(size, { minimum: 0.2, maximum: 3, whole: false }, 1),
      bufferSeconds: parameters.number(interval, { minimum: 0, maximum: 900 }, 60),
      retries: parameters.number("NumberOfRetries", { minimum: 0, maximum: 300 }, 3),
      ...(roleArn !== undefined && { roleArn }),
    };
  },
};
