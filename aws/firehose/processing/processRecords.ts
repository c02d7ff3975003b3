import { isAggregate, userRecords } from "../features/kplAggregates";
import type {
  ProcessingContext,
  Processor,
  ProcessorFeature,
  Splitting,
} from "../features/processorFeature";
import { processorFeatures } from "../features/processors";
import type { SourceRecord } from "../source/streamSource";
import { type DeliverableRecord, type RecordOutcome, unprocessed } from "./processedRecord";
import { eachRecord, type Slice, type Slices } from "./recordSlices";

/**
 * Applies processors to a page of one shard, one processor after the other, after
 * {@link splitAggregates}.
 *
 * @returns what became of each record, in the order of the page: in slices of a few MiB, or the whole
 *   page at once if nothing changes it
 */
export function processRecords(
  records: readonly SourceRecord[],
  processors: readonly Processor[],
  context: ProcessingContext,
  features: readonly ProcessorFeature[] = processorFeatures,
): Slice | Slices {
  let processed = splitAggregates(records, context.split);
  for (const processor of processors) {
    const process = features.find(({ type }) => type === processor.type)?.process;
    if (process !== undefined) processed = process(processor, slicesOf(processed), context);
  }
  return processed;
}

/**
 * What becomes of the records of a page, in their order: as a whole, if that is known at once, or in
 * slices. The next slice is requested when there is room for it.
 *
 * @param at the time of the attempt, in milliseconds since 1970
 * @param split how aggregates are split, if the page has another reader
 */
export type RecordProcessing = (
  records: readonly SourceRecord[],
  at: number,
  shardId: string,
  split?: Splitting,
) => Slice | Slices;

/**
 * Splits the records of the Kinesis Producer Library in a page, as Firehose does before everything else
 * with every Kinesis source (Developer Guide, "Configure source and destination"). The backup of source
 * records stores what results.
 *
 * @returns the records in order: in slices of a few MiB, or the page as it is at once
 */
export function splitAggregates(
  records: readonly SourceRecord[],
  split: Splitting = splitAggregate,
): Slice | Slices {
  const page = records.map(unprocessed);
  return records.some(({ data }) => isAggregate(data)) ? eachRecord(sliced(page), split) : page;
}

function splitAggregate({ data }: DeliverableRecord): RecordOutcome {
  const split = userRecords(data);
  return split === undefined ? { data } : { split };
}

/**
 * Splits each record of a page once for two readers of the page: the second one gets what the first one
 * has split, and nothing is kept after that.
 */
export function splittingForTwo(): Splitting {
  const ahead = new Map<SourceRecord, RecordOutcome>();
  return (one) => {
    const { record } = one;
    const known = ahead.get(record);
    if (known !== undefined) {
      ahead.delete(record);
      return known;
    }
    const outcome = splitAggregate(one);
    ahead.set(record, outcome);
    return outcome;
  };
}

/** What became of a page, as slices in any case. */
export function slicesOf(processed: Slice | Slices): Slices {
  return Symbol.asyncIterator in processed ? processed : sliced(processed);
}

async function* sliced(page: Slice): AsyncGenerator<Slice> {
  yield await Promise.resolve(page);
}
