import { type Packing, realPacking } from "../../aws/firehose/delivery/outgoingObjects";
import type { DeliveryConfiguration } from "../../aws/firehose/model/deliveryConfiguration";

/** The compression ratio of a sample that was actually packed. */
export interface PackedSample {
  /** Size of the data in the sample. */
  readonly bytes: number;
  /** Stored bytes per byte of data. */
  readonly ratio: number;
}

/** Packs the first contents as the delivery stream would pack one object, up to a few MiB. */
export async function packSample(
  contents: readonly Uint8Array[],
  configuration: DeliveryConfiguration,
): Promise<PackedSample> {
  const sample: Uint8Array[] = [];
  let bytes = 0;
  for (const data of contents) {
    if (bytes >= Math.min(sampleBytes, configuration.bufferBytes)) break;
    sample.push(data);
    bytes += data.length;
  }
  const records = sample.map((data) => ({
    record: { data, arrival: 0, sequenceNumber: "0" },
    data,
  }));
  const { storedBytes } = await realPacking(records, configuration);
  return { bytes, ratio: storedBytes / Math.max(1, bytes) };
}

/** Packs nothing, and estimates the size of the object from the ratio of the sample. */
export function estimatedPacking({ ratio }: PackedSample): Packing {
  return (records) => {
    let bytes = 0;
    for (const { data } of records) bytes += data.length;
    // A new array each time: the body identifies the object.
    return Promise.resolve({ body: new Uint8Array(), storedBytes: Math.round(ratio * bytes) });
  };
}

/** Bytes of data in the largest sample. */
const sampleBytes = 8 * 1024 * 1024;
