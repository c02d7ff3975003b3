import { setImmediate } from "node:timers/promises";
import { endsRecord } from "../source/streamSource";
import type { DeliverableRecord, ProcessedRecord, RecordOutcome } from "./processedRecord";

/** A part of a page on its way through the processors. */
export type Slice = readonly ProcessedRecord[];

/** The slices of a page, in order. The next one is made when it is requested. */
export type Slices = AsyncIterable<Slice>;

/**
 * Processes the records of a page one after the other. A record may unpack to many times its size, so
 * a page is never in memory as a whole: each slice has at most a few MiB of data, unless one record
 * alone has more. After a full slice, other work of the process gets its turn.
 *
 * A record that becomes several counts as read only with its last part, so that a checkpoint never
 * separates them. The parts of a record of the stream are numbered through, even if it is split twice.
 * Failed and dropped records pass through.
 *
 * @param outcomeOf returns a promise only if it waits for something
 */
export async function* eachRecord(
  slices: Slices,
  outcomeOf: (record: DeliverableRecord) => RecordOutcome | Promise<RecordOutcome>,
): AsyncGenerator<Slice> {
  let slice: ProcessedRecord[] = [];
  let bytes = 0;
  const numbers = new PartNumbers();
  for await (const incoming of slices) {
    for (const processed of incoming) {
      if (!("data" in processed)) {
        slice.push(numbers.numbered(processed));
        continue;
      }
      const outcome = outcomeOf(processed);
      const settled = outcome instanceof Promise ? await outcome : outcome;
      for (const one of resultOf(processed, settled)) {
        const part = numbers.numbered(one);
        slice.push(part);
        bytes += "data" in part ? part.data.length : 0;
        if (bytes < sliceBytes && slice.length <= sliceRecords) continue;
        yield slice;
        slice = [];
        bytes = 0;
        await setImmediate();
      }
    }
  }
  if (slice.length > 0) yield slice;
}

/** Numbers the parts of each record of the stream, which follow each other up to the last one. */
class PartNumbers {
  #next = 0;

  numbered(part: ProcessedRecord): ProcessedRecord {
    const { subSequenceNumber } = part.record;
    if (subSequenceNumber === undefined) return part;
    const number = this.#next;
    this.#next = endsRecord(part.record) ? 0 : number + 1;
    if (subSequenceNumber === number) return part;
    return { ...part, record: { ...part.record, subSequenceNumber: number } };
  }
}

const sliceBytes = 4 * 1024 * 1024;

/** A page of a shard has at most this many, so only splitting can exceed it. */
const sliceRecords = 10_000;

function* resultOf(
  { record, data: whole, partitionKeys: earlier, unsplit: before }: DeliverableRecord,
  outcome: RecordOutcome,
): Generator<ProcessedRecord> {
  if ("failure" in outcome) yield { record, failure: outcome.failure };
  else if ("data" in outcome) {
    const { data, partitionKeys: added, unsplit = before } = outcome;
    const partitionKeys = earlier && added ? { ...earlier, ...added } : (added ?? earlier);
    yield { record, data, ...(partitionKeys && { partitionKeys }), ...(unsplit && { unsplit }) };
  } else {
    const parts = "split" in outcome ? outcome.split : [];
    if (parts.length === 0) yield { record, dropped: true };
    const original = whole !== record.data && { original: record.original ?? record.data };
    for (const [index, part] of parts.entries()) {
      const inside = index < parts.length - 1 && { endsRecord: false };
      const { data, ...key } = part instanceof Uint8Array ? { data: part } : part;
      const place = { subSequenceNumber: index, ...inside };
      yield { record: { ...record, data, ...key, ...original, ...place }, data };
    }
  }
}
