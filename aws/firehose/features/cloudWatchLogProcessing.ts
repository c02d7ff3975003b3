import { Unknown } from "../../../engine/graph/resourceGraph";
import { eachRecord } from "../processing/recordSlices";
import { decompressionOutcome } from "./decompression";
import type { ProcessorFeature } from "./processorFeature";
import { readParameters } from "./processorParameters";

/** Extracts the messages of the log events in the records of a CloudWatch Logs subscription. */
export const cloudWatchLogProcessing: ProcessorFeature = {
  type: "CloudWatchLogProcessing",
  supported: true,
  read(inputs) {
    const name = "DataMessageExtraction";
    const parameters = readParameters(inputs, [name]);
    if (parameters instanceof Unknown) return parameters;
    const isFlag = (value: string) => /^(true|false)$/iu.test(value);
    const value = parameters.required(name, isFlag, "true or false");
    const dataMessageExtraction = value?.toLowerCase() === "true";
    return { type: "CloudWatchLogProcessing", dataMessageExtraction };
  },
  process: (processor, slices, { at }) => {
    const extracts =
      processor.type === "CloudWatchLogProcessing" && processor.dataMessageExtraction;
    if (!extracts) return slices;
    return eachRecord(slices, ({ data }) => decompressionOutcome(logMessages(data), at));
  },
};

/**
 * The messages of the log events in a record of a CloudWatch Logs subscription, a newline after each.
 * Empty for a CONTROL_MESSAGE, with which CloudWatch Logs checks that the destination is reachable.
 *
 * @param data JSON
 * @returns undefined if it is not such a record
 */
export function logMessages(data: Uint8Array): Uint8Array | undefined {
  const { messageType, logEvents } = membersOf(JSON.parse(Buffer.from(data).toString()));
  if (messageType === "CONTROL_MESSAGE") return new Uint8Array();
  if (messageType !== "DATA_MESSAGE" || !Array.isArray(logEvents)) return undefined;
  const messages = logEvents.map((event: unknown) => membersOf(event).message);
  if (!messages.every((message) => typeof message === "string")) return undefined;
  return Buffer.from(messages.map((message) => `${message}\n`).join(""));
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return { ...(typeof value === "object" ? value : {}) };
}
