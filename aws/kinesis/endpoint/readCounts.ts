import type { KinesisRead } from "../kinesisCall";
import { blobBytes, isCbor, type ReadBody } from "./kinesisMessage";

type ReadCounts = Pick<KinesisRead, "records" | "bytes" | "iteratorAge">;

/** Of a call that failed. */
export const noCounts: ReadCounts = { records: 0, bytes: 0, iteratorAge: 0 };

/**
 * @param contentType of the answer
 * @param now in milliseconds since 1970
 */
export function readCounts(answer: ReadBody, contentType: string, now: number): ReadCounts {
  const { Records: records, MillisBehindLatest: behind } = answer;
  let bytes = 0;
  for (const { Data, PartitionKey } of records)
    bytes += blobBytes(Data) + Buffer.byteLength(PartitionKey);
  const last = records.at(-1)?.ApproximateArrivalTimestamp;
  const age =
    last === undefined ? behind : Math.max(0, now - (isCbor(contentType) ? last : last * 1000));
  return { records: records.length, bytes, iteratorAge: behind === 0 ? 0 : age };
}
