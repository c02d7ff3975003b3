import { shardLimits } from "../simulation/shardTraffic";
import { meanBytes, type TrafficProfile } from "./traffic";

/** What all consumers without enhanced fan-out read of a shard. Source: Kinesis, "Quotas and limits". */
const readBytesPerSecond = 2 * 1024 * 1024;
/** GetRecords calls of a shard in a second, of which each delivery stream makes one. Same source. */
const readCallsPerSecond = 5;

/** A new on-demand stream has 4 shards. Source: Kinesis Developer Guide, "Choose the data stream mode". */
export const onDemandShards = 4;

/**
 * How many shards the highest rate of the traffic needs when its partition keys are spread evenly.
 *
 * @param readers delivery streams that read the stream
 */
export function neededShards(traffic: TrafficProfile, readers: number): number {
  const { peakRecordsPerSecond, sizes } = traffic;
  const bytes = meanBytes(sizes);
  const written = bytes + shardLimits.partitionKeyBytes;
  const needs = [
    peakRecordsPerSecond / shardLimits.recordsPerSecond,
    (peakRecordsPerSecond * written) / shardLimits.bytesPerSecond,
    (peakRecordsPerSecond * bytes * readers) / readBytesPerSecond,
  ];
  return Math.max(1, Math.ceil(Math.max(...needs)));
}

/** More shards do not help when so many delivery streams read the stream. */
export function hasTooManyReaders(readers: number): boolean {
  return readers > readCallsPerSecond;
}
