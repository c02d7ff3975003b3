import { gunzipSync } from "node:zlib";
import { Unknown } from "../../../engine/graph/resourceGraph";
import type { RecordOutcome } from "../processing/processedRecord";
import { parametersOf, type ProcessorFeature } from "./processorFeature";

/** Decompresses the GZIP records of a CloudWatch Logs subscription. */
export const decompression: ProcessorFeature = {
  type: "Decompression",
  supported: true,
  read(inputs) {
    const name = "CompressionFormat";
    const parameters = parametersOf(inputs, name);
    if (parameters instanceof Unknown) return parameters;
    const format = parameters.get(name) ?? "GZIP";
    if (format !== "GZIP") inputs.refuse("parameters", `has ${name} "${format}"; allowed: GZIP`);
    return { type: "Decompression" };
  },
  process: (_, batch, at) =>
    Promise.resolve(batch.map(({ data }) => decompressionOutcome(decompressed(data), at))),
};

/** The data, or AWS's failure for undefined, whose wording both processors of logs share. */
export function decompressionOutcome(data: Uint8Array | undefined, at: number): RecordOutcome {
  if (data !== undefined) return { delivered: [data] };
  return {
    failure: {
      errorOutputType: "decompression-failed",
      errorCode: "Decompression failed.",
      errorMessage: "Decompression failed because input data does not conform to cloudwatch log.",
      attemptsMade: 1,
      attemptEndingTimestamp: at,
    },
  };
}

/**
 * The JSON in a GZIP record, byte for byte. Synchronous, so that a simulation stays reproducible: a
 * record has at most a megabyte.
 *
 * @returns undefined if it is not GZIP, not JSON or larger than 64 MiB. A record of a megabyte can
 *   unpack to a thousand times its size; records of CloudWatch Logs stay below the limit.
 */
function decompressed(data: Uint8Array): Uint8Array | undefined {
  try {
    const json = gunzipSync(data, { maxOutputLength: 64 * 1024 * 1024 });
    JSON.parse(json.toString());
    return json;
  } catch {
    return undefined;
  }
}
