import { isAggregate, userRecords } from "../features/kplAggregates";
import type { Processor, ProcessorFeature } from "../features/processorFeature";
import { processorFeatures } from "../features/processors";
import type { SourceRecord } from "../source/streamSource";
import { unprocessed } from "./processedRecord";
import { eachRecord, type Slice, type Slices } from "./recordSlices";

/**
 * Applies processors to a page of one shard, one processor after the other. Before everything else,
 * it splits the records of the Kinesis Producer Library, as Firehose does with every Kinesis source
 * (Developer Guide, "Configure source and destination").
 *
 * @param at the time of the attempt, in milliseconds since 1970
 * @returns what became of each record, in the order of the page, in slices of a few MiB. A page that
 *   nothing changes is one slice, without waiting for anything.
 */
export async function* processRecords(
  records: readonly SourceRecord[],
  processors: readonly Processor[],
  at: number,
  features: readonly ProcessorFeature[] = processorFeatures,
): AsyncGenerator<Slice> {
  let slices: Slices = userRecordsIn(records);
  for (const processor of processors) {
    const process = features.find(({ type }) => type === processor.type)?.process;
    if (process !== undefined) slices = process(processor, slices, at);
  }
  yield* slices;
}

function userRecordsIn(records: readonly SourceRecord[]): Slices {
  const page = wholePage(records);
  if (!records.some(({ data }) => isAggregate(data))) return page;
  return eachRecord(page, ({ data }) => {
    const split = userRecords(data);
    return split === undefined ? { data } : { split };
  });
}

async function* wholePage(records: readonly SourceRecord[]): AsyncGenerator<Slice> {
  yield await Promise.resolve(records.map(unprocessed));
}
