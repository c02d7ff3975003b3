import { Unknown } from "../../../engine/graph/resourceGraph";
import { functionForm, roleForm } from "../model/arns";
import type { ProcessedRecord } from "../processing/processedRecord";
import type { Slice, Slices } from "../processing/recordSlices";
import { callFunction } from "../transformation/callFunction";
import { functionBatches } from "../transformation/functionBatches";
import type { FunctionContext } from "../transformation/functionInvoker";
import type { LambdaProcessor, ProcessorFeature } from "./processorFeature";
import { readParameters } from "./processorParameters";

/**
 * Transforms batches of records with a function.
 *
 * Source: Firehose API, ProcessorParameter; ranges and the pair as AWS rejects them.
 */
export const lambda: ProcessorFeature = {
  type: "Lambda",
  supported: true,
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
  process(processor, slices, { functions }) {
    if (processor.type !== "Lambda") return slices;
    if (functions === undefined) throw new Error("There is nothing that calls functions.");
    return transformed(slices, processor, functions);
  },
};

/**
 * Calls the function with one batch after the other. Several calls are in progress at the same time, and
 * what becomes of the records follows in their order.
 */
async function* transformed(
  slices: Slices,
  processor: LambdaProcessor,
  context: FunctionContext,
): AsyncGenerator<Slice> {
  const calls: Promise<readonly ProcessedRecord[] | undefined>[] = [];
  const bufferBytes = processor.bufferSizeMiB * 1024 * 1024;
  for await (const batch of functionBatches(slices, bufferBytes, context)) {
    calls.push(callFunction(batch, processor, context));
    if (calls.length < maximumCalls) continue;
    const slice = await calls.shift();
    if (slice === undefined) return;
    yield slice;
  }
  for (const call of calls) {
    const slice = await call;
    if (slice === undefined) return;
    yield slice;
  }
}

/** Of one shard. Source: Firehose Developer Guide, "Quota": 5 outstanding Lambda invocations per shard. */
const maximumCalls = 5;
