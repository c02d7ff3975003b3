import { isOfCloudWatchLogs, knownSteps, type TargetProcessing } from "./processing";
import type { Target, TargetEntry, TargetLake } from "./target";

/** Outputs of a deployed stack. */
export type StackOutputs = Readonly<Record<string, unknown>>;

/** The pipeline that a deployed stack exports, as this project's program does. */
export function outputsTarget(outputs: StackOutputs, stack: string): Target {
  return {
    title: `The stack "${stack}"`,
    entry: () => entryOf(outputs, stack),
    lake: () => lakeOf(outputs, stack),
  };
}

function entryOf(outputs: StackOutputs, stack: string): TargetEntry {
  const region = stringOutput(outputs, "region", stack);
  const name = stringOutput(outputs, "streamName", stack);
  const { recordCompression = "none" } = outputs;
  if (recordCompression === "none" || recordCompression === "GZIP")
    return {
      ...{ type: "stream", name, region },
      recordCompression: isOfCloudWatchLogs(processingOf(outputs)) ? "GZIP" : recordCompression,
    };
  const found = JSON.stringify(recordCompression);
  throw new Error(
    `The output recordCompression of stack "${stack}" is ${found}; it must be none or GZIP.`,
  );
}

function lakeOf(outputs: StackOutputs, stack: string): TargetLake {
  const output = (name: string): string => stringOutput(outputs, name, stack);
  const delimiter = output("delimiter");
  if (delimiter !== "newline" && delimiter !== "none") {
    throw new Error(`Stack "${stack}" has delimiter "${delimiter}"; it must be newline or none.`);
  }
  return {
    bucket: output("bucketName"),
    prefix: output("prefix"),
    errorPrefix: output("errorPrefix"),
    timeZone: output("timeZone"),
    delimiter,
    region: output("region"),
    processing: processingOf(outputs),
  };
}

/** Stacks that an older version has deployed do not have these outputs. */
function processingOf(outputs: StackOutputs): TargetProcessing {
  const { bufferIntervalSeconds, processing } = outputs;
  return {
    ...(typeof bufferIntervalSeconds === "number" && { bufferSeconds: bufferIntervalSeconds }),
    ...(Array.isArray(processing) && { steps: knownSteps(processing) }),
  };
}

/** @throws Error if the stack has no such output, or if it is not a string */
function stringOutput(outputs: StackOutputs, name: string, stack: string): string {
  const value = outputs[name];
  if (typeof value === "string") return value;
  const names = Object.keys(outputs).join(", ");
  throw new Error(
    names === ""
      ? `Stack "${stack}" has no outputs. Deploy it first: pulumi up --stack ${stack}`
      : `Stack "${stack}" has no output "${name}" that is a string; its outputs are ${names}.`,
  );
}
