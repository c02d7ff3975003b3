import type { DeliveryConfiguration } from "../../aws/firehose/model/deliveryConfiguration";
import { type Packing, realPacking } from "../../aws/firehose/delivery/outgoingObjects";

/** How much smaller objects become, from a sample that was really packed. */
export interface PackedSample {
  /** Of data, in the sample. */
  readonly bytes: number;
  /** Size of the packed sample for each byte of its data. */
  readonly ratio: number;
}

/** Packs the first contents as the delivery stream would pack an object, up to some MiB of them. */
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

/**
 * Packs nothing, and says how large the object would be if its records were like those of the sample.
 */
export function estimatedPacking({ ratio }: PackedSample): Packing {
  return (records) => {
    let bytes = 0;
    for (const { data } of records) bytes += data.length;
    // A body of its own, by which the object can be told from others.
    return Promise.resolve({ body: new Uint8Array(), storedBytes: Math.round(ratio * bytes) });
  };
}

const sampleBytes = 8 * 1024 * 1024;
