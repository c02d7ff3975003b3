import { randomUUID } from "node:crypto";
import type { InputLine } from "../input/readRecords";
import { gzipRecord, type RecordCompression } from "./compressLines";
import {
  type AggregatedPart,
  frameBytes,
  kplAggregate,
  packedBytes,
  packedKeyBytes,
} from "./kplAggregate";
import { Savings } from "./savings";
import { type BatchOptions, timedBatches } from "./timedBatches";

/** How several lines become one record. */
export type Aggregation = "newline" | "kpl";

export interface AggregateOptions extends BatchOptions {
  readonly format: Aggregation;
  /**
   * Records may share one only if this is equal for their partition keys: for KPL aggregates the shard, since
   * consumers drop what another shard should have, otherwise the key.
   */
  readonly routeOf: (partitionKey: string) => string;
  /** Whether each record ends with a newline, because Firehose appends none. Only with `newline`. */
  readonly endsWithNewline: boolean;
  /** Of a record as a whole, with `newline`; in KPL aggregates, each line is compressed before. */
  readonly compression: RecordCompression;
}

/**
 * The largest record that is packed, as in the Kinesis Producer Library by default: two PUT payload units of
 * 25 KB. Larger ones save little more, and use up a shard's MiB a second in bursts.
 */
const maximumBytes = 50 * 1024;

/** Firehose Developer Guide, "Apply dynamic partitioning to aggregated data": it splits no more. */
const maximumLines = 500;

/** Lines that are looked at together: for each of some shards a full record. */
const windowSize = { maxItems: 10_000, maxBytes: 2 * 1024 * 1024 };

type DataLine = Extract<InputLine, { readonly data: Uint8Array }>;

/** Packs lines into records. Lines that cannot be records pass through. */
export class LineAggregator {
  readonly #options: AggregateOptions;
  readonly #savings = new Savings();

  constructor(options: AggregateOptions) {
    this.#options = options;
  }

  /** What packing has saved until now. */
  get savings(): Savings {
    return this.#savings;
  }

  async *aggregated(lines: AsyncIterable<InputLine>): AsyncGenerator<InputLine> {
    const bytesOf = (line: InputLine): number => ("data" in line ? line.data.length : 0);
    for await (const window of timedBatches(lines, bytesOf, windowSize, this.#options)) {
      const records = window.filter((line): line is DataLine => "data" in line);
      const packs = this.#packs(records);
      // In the order of their last lines, so that the lines after the last sent one are those not sent.
      const others = window.filter((line) => !("data" in line));
      yield* [...packs, ...others].sort((one, other) => one.line - other.line);
    }
  }

  #packs(lines: readonly DataLine[]): readonly InputLine[] {
    const { routeOf } = this.#options;
    const open = new Map<string, Pack>();
    const full: Pack[] = [];
    for (const line of lines) {
      const { partitionKey } = line;
      const route = partitionKey === undefined ? "" : `=${routeOf(partitionKey)}`;
      let pack = open.get(route);
      if (pack?.hasRoomFor(line) !== true) {
        if (pack) full.push(pack);
        pack = new Pack(this.#options, partitionKey ?? randomUUID());
        open.set(route, pack);
      }
      pack.add(line);
    }
    return [...full, ...open.values()].map((pack) => {
      const record = pack.record();
      this.#savings.add(pack.bytesAlone(), record.data.length);
      return record;
    });
  }
}

/** Lines that become one record. */
class Pack {
  readonly #options: AggregateOptions;
  readonly #key: string;
  readonly #lines: DataLine[] = [];
  readonly #keys = new Set<string>();
  #bytes = frameBytes;

  constructor(options: AggregateOptions, key: string) {
    this.#options = options;
    this.#key = key;
  }

  hasRoomFor(line: DataLine): boolean {
    if (this.#options.format === "newline" && this.#lines.length >= maximumLines) return false;
    return this.#lines.length === 0 || this.#bytes + this.#bytesOf(line) <= maximumBytes;
  }

  add(line: DataLine): void {
    this.#bytes += this.#bytesOf(line);
    this.#keys.add(this.#keyOf(line));
    this.#lines.push(line);
  }

  /** Of each line as a record of its own. */
  bytesAlone(): readonly number[] {
    const { format, compression } = this.#options;
    const isPacked = format === "newline" && compression === "GZIP";
    return this.#lines.map(({ data }) => (isPacked ? gzipRecord(data) : data).length);
  }

  record(): DataLine {
    const last = this.#lines.at(-1);
    const [first] = this.#lines;
    if (first === undefined || last === undefined) throw new Error("There is nothing to pack.");
    const { format, compression } = this.#options;
    // Packed alone it would only be larger.
    if (first === last && format === "kpl") return first;
    const lineBytes = this.#lines.reduce(
      (sum, { data, plain = data }) => sum + plain.length + 1,
      -1,
    );
    const lines = {
      ...{ line: last.line, readTo: last.readTo, lineBytes, partitionKey: this.#key },
      ...(first !== last && { firstLine: first.line }),
    };
    if (format === "kpl") return { ...lines, data: kplAggregate(this.#parts()) };
    const joined = this.#joined();
    return compression === "GZIP"
      ? { ...lines, data: gzipRecord(joined), plain: joined }
      : { ...lines, data: joined };
  }

  #parts(): readonly AggregatedPart[] {
    return this.#lines.map((line) => ({ data: line.data, partitionKey: this.#keyOf(line) }));
  }

  #joined(): Buffer {
    const { endsWithNewline, compression } = this.#options;
    // A compressed record ends with a newline in any case.
    const end = endsWithNewline && compression === "none" ? [newline] : [];
    const parts = this.#lines.flatMap(({ data }, index) =>
      index === 0 ? [data] : [newline, data],
    );
    return Buffer.concat([...parts, ...end]);
  }

  #bytesOf(line: DataLine): number {
    if (this.#options.format === "newline") return line.data.length + 1;
    const key = this.#keyOf(line);
    const part = { data: line.data, partitionKey: key };
    return packedBytes(part) + (this.#keys.has(key) ? 0 : packedKeyBytes(key));
  }

  #keyOf({ partitionKey = this.#key }: DataLine): string {
    return partitionKey;
  }
}

const newline = Buffer.from("\n");
