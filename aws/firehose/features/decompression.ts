import { promisify } from "node:util";
import { gunzip, gunzipSync } from "node:zlib";
import { Unknown } from "../../../engine/graph/resourceGraph";
import type { RecordOutcome } from "../processing/processedRecord";
import { eachRecord } from "../processing/recordSlices";
import type { ProcessorFeature } from "./processorFeature";
import { readParameters } from "./processorParameters";

/** Decompresses the GZIP records of a CloudWatch Logs subscription. */
export const decompression: ProcessorFeature = {
  type: "Decompression",
  supported: true,
  read(inputs) {
    const name = "CompressionFormat";
    const parameters = readParameters(inputs, [name]);
    if (parameters instanceof Unknown) return parameters;
    parameters.matching(name, (format) => format === "GZIP", "GZIP");
    return { type: "Decompression" };
  },
  process: (_, slices, { at }) => {
    const decompress = decompressor();
    return eachRecord(slices, ({ data }) => {
      const json = decompress(data);
      if (!(json instanceof Promise)) return decompressionOutcome(json, at);
      return json.then((bytes) => decompressionOutcome(bytes, at));
    });
  },
};

/** The data, or AWS's failure for undefined, whose wording both processors of logs share. */
export function decompressionOutcome(data: Uint8Array | undefined, at: number): RecordOutcome {
  if (data !== undefined) return { data };
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

/** The JSON in a GZIP record, byte for byte; undefined if it is not GZIP, not JSON or too large. */
type Decompress = (data: Uint8Array) => Promise<Uint8Array | undefined> | Uint8Array | undefined;

/**
 * Decompresses outside the event loop, except a few MiB of small records at a time, which would spend
 * more time on their way to another thread. Data that is not GZIP is never waited for.
 */
function decompressor(): Decompress {
  let atOnce = 0;
  return (data) => {
    if (data[0] !== 0x1f || data[1] !== 0x8b) return undefined;
    if (atOnce < budgetBytes) {
      atOnce += smallBytes;
      try {
        const json = gunzipSync(data, { maxOutputLength: smallBytes });
        atOnce -= smallBytes - json.length;
        return jsonOrNothing(json);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ERR_BUFFER_TOO_LARGE") return undefined;
      }
    }
    atOnce = 0;
    return gunzipAsync(data, { maxOutputLength: maximumBytes, chunkSize: smallBytes }).then(
      jsonOrNothing,
      () => undefined,
    );
  };
}

const gunzipAsync = promisify(gunzip);

const smallBytes = 256 * 1024;
const budgetBytes = 4 * 1024 * 1024;

/**
 * A record of a megabyte can unpack to a thousand times its size. AWS documents no limit. This one is
 * twice the largest batch of CloudWatch Logs, 10,000 events in 1 MiB with every character escaped.
 */
const maximumBytes = 16 * 1024 * 1024;

function jsonOrNothing(json: Buffer): Uint8Array | undefined {
  try {
    JSON.parse(json.toString());
    return json;
  } catch {
    return undefined;
  }
}
