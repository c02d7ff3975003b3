import { randomUUID } from "node:crypto";
import { type BatchOptions, timedBatches } from "./timedBatches";

/** A record to be sent. */
export interface OutgoingRecord {
  /** Line of the input, counted from 1; of several lines, the last one. */
  readonly line: number;
  /** The first line, if the record has several. */
  readonly firstLine?: number;
  readonly data: Uint8Array;
  readonly partitionKey: string;
  /** Size of its lines, before compression. */
  readonly lineBytes: number;
}

/** A record, and the lines that it was before it was compressed or packed, if it was. */
interface LineToSend extends Pick<OutgoingRecord, "line" | "firstLine" | "data"> {
  readonly plain?: Uint8Array;
  /** Default: of `plain`. */
  readonly lineBytes?: number;
  /** Default: a random one. */
  readonly partitionKey?: string;
}

/** What one request may contain. */
export interface BatchLimits {
  /** Of all records. */
  readonly maxRequestBytes: number;
  /** Of a record in addition to its data, with a random partition key. */
  readonly keyBytes: number;
}

/**
 * Groups records, in order, into batches that fit into one request. A record without a partition key gets a
 * random one, which spreads the records over all shards of a stream.
 */
export async function* batchRecords(
  records: AsyncIterable<LineToSend>,
  { keyBytes, maxRequestBytes }: BatchLimits,
  options: BatchOptions = {},
): AsyncGenerator<readonly OutgoingRecord[]> {
  const bytesOf = ({ data, partitionKey }: LineToSend): number =>
    data.length + (keyBytes === 0 ? 0 : keyLength(partitionKey, keyBytes));
  const size = { maxItems: MAX_RECORDS_PER_REQUEST, maxBytes: maxRequestBytes };
  for await (const batch of timedBatches(records, bytesOf, size, options))
    yield batch.map(({ line, firstLine, data, plain = data, ...record }) => ({
      ...{ line, data },
      ...(firstLine !== undefined && { firstLine }),
      partitionKey: record.partitionKey ?? randomUUID(),
      lineBytes: record.lineBytes ?? plain.length,
    }));
}

/** Size of a partition key, or of a random one. */
export function keyLength(partitionKey: string | undefined, randomBytes: number): number {
  return partitionKey === undefined ? randomBytes : Buffer.byteLength(partitionKey);
}

/** Of PutRecords and of PutRecordBatch. */
const MAX_RECORDS_PER_REQUEST = 500;
