import { type Packing, realPacking } from "../../aws/firehose/delivery/outgoingObjects";
import type { DeliveryConfiguration } from "../../aws/firehose/model/deliveryConfiguration";
import { asBundle } from "./recordBundle";

/** How well the records of a delivery stream compress, measured by really packing a sample of them. */
export interface PackedSample {
  /** Size of the data in the largest packed object. */
  readonly bytes: number;
  /** Its stored bytes per byte of data. */
  readonly ratio: number;
  /** Stored bytes of an object without records. All other sizes are those in addition to it. */
  readonly emptyBytes: number;
  /** Mean sizes of objects of one record, smallest first. */
  readonly single: readonly PackedSize[];
  /** Objects of growing numbers of records; the last one is the largest packed object. */
  readonly joined: readonly JoinedRecords[];
}

interface PackedSize {
  /** Of data. */
  readonly bytes: number;
  readonly storedBytes: number;
}

/** Records compress better together: at best with the ratio of the largest packed object. */
interface JoinedRecords {
  readonly records: number;
  /** The part of what joining can save that is not saved: 1 for one record, 0 for the largest object. */
  readonly unsaved: number;
}

/**
 * Packs contents as the delivery stream would: objects of 1 record, 2 records and so on, up to a few MiB.
 * Small objects compress much less than large ones.
 */
export async function packSample(
  contents: readonly Uint8Array[],
  configuration: DeliveryConfiguration,
): Promise<PackedSample> {
  const emptyBytes = (await packed([], configuration)).storedBytes;
  const pack = async (first: number, records: number): Promise<PackedSize> => {
    const size = await packed(contents.slice(first, first + records), configuration);
    return { ...size, storedBytes: size.storedBytes - emptyBytes };
  };
  const largestCount = largestSample(contents, configuration);
  const largest = await pack(0, largestCount);
  const ratio = largest.storedBytes / Math.max(1, largest.bytes);
  const singles: PackedSize[] = [];
  for (const first of firstRecords(contents, 1)) singles.push(await pack(first, 1));
  const single = meanSizes(singles);
  const joined: JoinedRecords[] = [];
  for (let records = 2; records < largestCount; records *= 2) {
    let [savable, unsaved] = [0, 0];
    for (const first of firstRecords(contents, records)) {
      const { bytes, storedBytes } = await pack(first, records);
      const alone = contents.slice(first, first + records);
      savable += alone.reduce((sum, { length }) => sum + sizeAlone(single, length), -ratio * bytes);
      unsaved += storedBytes - ratio * bytes;
    }
    joined.push({ records, unsaved: savable > 0 ? unsaved / savable : 0 });
  }
  return {
    bytes: largest.bytes,
    ratio: (largest.storedBytes + emptyBytes) / Math.max(1, largest.bytes),
    emptyBytes,
    single,
    joined: [{ records: 1, unsaved: 1 }, ...joined, { records: largestCount, unsaved: 0 }],
  };
}

/**
 * Packs nothing, and estimates the size of the object from the sample.
 *
 * @param contents of the bundles
 */
export function estimatedPacking(sample: PackedSample, contents: readonly Uint8Array[]): Packing {
  const { single, joined, emptyBytes } = sample;
  const ratio = sample.ratio - emptyBytes / Math.max(1, sample.bytes);
  /** Sizes of the contents before each one, each alone. */
  const before = new Float64Array(contents.length + 1);
  contents.forEach(({ length }, index) => {
    before[index + 1] = (before[index] ?? 0) + sizeAlone(single, length);
  });
  /** Sizes of single records by their data, of which traffic has few. */
  const sizes = new Map<number, number>();
  const sizeOf = (dataBytes: number): number => {
    let size = sizes.get(dataBytes);
    if (size === undefined) sizes.set(dataBytes, (size = sizeAlone(single, dataBytes)));
    return size;
  };
  return (records) => {
    let [count, bytes, alone] = [0, 0, 0];
    for (const { record, data } of records) {
      const { first, arrivals } = asBundle(record);
      count += arrivals.length;
      bytes += data.length;
      alone +=
        arrivals.length === 1
          ? sizeOf(data.length)
          : (before[first + arrivals.length] ?? 0) - (before[first] ?? 0);
    }
    const best = ratio * bytes;
    const storedBytes = emptyBytes + best + unsavedPart(joined, count) * (alone - best);
    // A new array each time: the body identifies the object.
    return Promise.resolve({ body: new Uint8Array(), storedBytes: Math.round(storedBytes) });
  };
}

/** Between the two nearest numbers of records that were measured, on a logarithmic scale. */
function unsavedPart(joined: readonly JoinedRecords[], records: number): number {
  const above = joined.findIndex((measured) => measured.records >= records);
  const [low, high] = [joined[above - 1], joined[above]];
  if (high === undefined) return 0;
  if (low === undefined) return high.unsaved;
  const share = Math.log(records / low.records) / Math.log(high.records / low.records);
  return low.unsaved + share * (high.unsaved - low.unsaved);
}

/** Stored bytes of one record alone, between the two nearest sizes, on a logarithmic scale. */
function sizeAlone(single: readonly PackedSize[], bytes: number): number {
  const above = single.findIndex((size) => size.bytes >= bytes);
  const high = single.at(above);
  if (high === undefined) return 0;
  const low = above <= 0 ? high : (single[above - 1] ?? high);
  const [least, most] = [low.storedBytes / low.bytes, high.storedBytes / high.bytes];
  if (low.bytes === high.bytes) return most * bytes;
  const share = Math.log(bytes / low.bytes) / Math.log(high.bytes / low.bytes);
  return (least + share * (most - least)) * bytes;
}

/** How many of the first contents are packed into the largest object. */
function largestSample(
  contents: readonly Uint8Array[],
  { bufferBytes }: DeliveryConfiguration,
): number {
  let [records, bytes] = [0, 0];
  for (const { length } of contents) {
    if (bytes >= Math.min(sampleBytes, bufferBytes)) break;
    records += 1;
    bytes += length;
  }
  return records;
}

/** Where objects of so many records begin: small ones all over the contents, since records differ. */
function firstRecords(contents: readonly Uint8Array[], records: number): readonly number[] {
  const meanBytes = bytesOf(contents) / contents.length;
  const affordable = Math.min(contents.length, levelBytes / meanBytes) / records;
  const objects = Math.max(1, Math.min(levelObjects, Math.floor(affordable)));
  const room = contents.length - records;
  return Array.from({ length: objects }, (_, index) =>
    Math.floor((index * room) / Math.max(1, objects - 1)),
  );
}

async function packed(
  contents: readonly Uint8Array[],
  configuration: DeliveryConfiguration,
): Promise<PackedSize> {
  const records = contents.map((data) => ({
    record: { data, arrival: 0, sequenceNumber: "0" },
    data,
  }));
  const { storedBytes } = await realPacking(records, configuration);
  return { bytes: bytesOf(contents), storedBytes };
}

/** The means of objects with data, between one power of 2 and the next, smallest first. */
function meanSizes(objects: readonly PackedSize[]): readonly PackedSize[] {
  const doublings = new Map<number, PackedSize[]>();
  for (const object of objects) {
    if (object.bytes === 0) continue;
    const doubling = Math.floor(Math.log2(object.bytes));
    doublings.set(doubling, [...(doublings.get(doubling) ?? []), object]);
  }
  return [...doublings]
    .sort(([one], [other]) => one - other)
    .map(([, alike]) => ({
      bytes: alike.reduce((sum, { bytes }) => sum + bytes, 0) / alike.length,
      storedBytes: alike.reduce((sum, { storedBytes }) => sum + storedBytes, 0) / alike.length,
    }));
}

function bytesOf(contents: readonly Uint8Array[]): number {
  return contents.reduce((sum, { length }) => sum + length, 0);
}

/** Bytes of data in the largest sample. */
const sampleBytes = 8 * 1024 * 1024;

/** For each smaller number of records: bytes of data that are packed, and in how many objects at most. */
const levelBytes = 2 * 1024 * 1024;
const levelObjects = 200;
