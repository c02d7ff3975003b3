import { setImmediate } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import type * as Library from "hyparquet-writer" with { "resolution-mode": "import" };
import type { Column } from "../../glue/columnType";
import type { Parquet } from "../features/conversionFormats";
import type { Known } from "../model/declaredInputs";
import type { ColumnValue } from "./columnValue";
import { leavesOf, parquetSchema, plainBytes } from "./parquetSchema";

/** Where a row group ends at the latest, whatever its size, so that memory stays bounded. */
export interface RowGroupLimits {
  /** Of the JSON that its rows were read from. */
  readonly jsonBytes: number;
  /** Rows times columns: a missing value takes memory, too. */
  readonly values: number;
}

const localLimits: RowGroupLimits = { jsonBytes: 32 * 1024 * 1024, values: 500_000 };

/**
 * Writes a Parquet file into memory, one row group after the other. Only the rows of one are in memory
 * as values. After each column of a row group, other work of the process gets its turn.
 */
export class ParquetFile {
  readonly #columns: readonly Column[];
  readonly #options: Known<Parquet>;
  readonly #limits: RowGroupLimits;
  readonly #bytes: Library.ByteWriter;
  readonly #writer: Library.ParquetWriter;
  readonly #leaves: number;
  #values: ColumnValue[][];
  #rows = 0;
  #jsonBytes = 0;
  #plainBytes = 0;

  /** Loads the library, which is an ECMAScript module, when the first file is written. */
  static async create(
    columns: readonly Column[],
    options: Known<Parquet>,
    limits = localLimits,
  ): Promise<ParquetFile> {
    return new ParquetFile(await import("hyparquet-writer"), columns, options, limits);
  }

  private constructor(
    library: Pick<typeof Library, "ByteWriter" | "ParquetWriter">,
    columns: readonly Column[],
    options: Known<Parquet>,
    limits: RowGroupLimits,
  ) {
    this.#columns = columns;
    this.#options = options;
    this.#limits = limits;
    this.#leaves = columns.reduce((sum, { type }) => sum + leavesOf(type), 0);
    this.#values = columns.map(() => []);
    this.#bytes = new library.ByteWriter();
    this.#writer = new library.ParquetWriter({
      writer: this.#bytes,
      schema: parquetSchema(columns),
      codec: options.compression,
      compressors: { SNAPPY: snappy, GZIP: (data) => gzipSync(data) },
      createdBy: "streamlake",
    });
  }

  /**
   * @param row by column, in their order
   * @param jsonBytes of the record that it was read from
   * @returns a promise if it completes a row group: the next row must wait until that is written
   */
  add(row: readonly ColumnValue[], jsonBytes: number): Promise<void> | undefined {
    row.forEach((value, index) => {
      this.#values[index]?.push(value);
      this.#plainBytes += plainBytes(value);
    });
    this.#rows += 1;
    this.#jsonBytes += jsonBytes;
    return this.#isFull() ? this.#writeRowGroup() : undefined;
  }

  /** The whole file, to which nothing is added any more. */
  async finish(): Promise<Uint8Array> {
    await this.#writeRowGroup();
    void this.#writer.finish();
    return this.#bytes.getBytes();
  }

  #isFull(): boolean {
    const { jsonBytes, values } = this.#limits;
    if (this.#jsonBytes >= jsonBytes || this.#rows * this.#leaves >= values) return true;
    return this.#plainBytes >= this.#options.blockSizeBytes;
  }

  /**
   * The library writes a row group at once, whatever its size. So each column is written as a row group
   * alone, and these become one.
   */
  async #writeRowGroup(): Promise<void> {
    if (this.#rows === 0) return;
    const { enableDictionaryCompression, pageSizeBytes: pageSize } = this.#options;
    const { row_groups: groups, num_rows: rowsBefore } = this.#writer;
    const [begin, rows] = [groups.length, this.#rows];
    for (const [index, { name }] of this.#columns.entries()) {
      const data = this.#values[index] ?? [];
      // The library chooses dictionaries for columns without an encoding, if they save space.
      const encoding = !enableDictionaryCompression && { encoding: "PLAIN" as const };
      // It writes into memory, and so at once.
      void this.#writer.write({
        columnData: [{ name, data, ...encoding }],
        ...{ rowGroupSize: rows, pageSize },
      });
      this.#values[index] = [];
      await setImmediate();
    }
    groups.push(joined(groups.splice(begin), BigInt(rows)));
    this.#writer.num_rows = rowsBefore + BigInt(rows);
    [this.#rows, this.#jsonBytes, this.#plainBytes] = [0, 0, 0];
  }
}

type RowGroup = Library.ParquetWriter["row_groups"][number];

/** Row groups of the same rows as one with the columns of all. */
function joined(groups: readonly RowGroup[], rows: bigint): RowGroup {
  const sum = (sizes: readonly (bigint | undefined)[]): bigint =>
    sizes.reduce<bigint>((all, size = 0n) => all + size, 0n);
  return {
    columns: groups.flatMap(({ columns }) => columns),
    total_byte_size: sum(groups.map(({ total_byte_size: size }) => size)),
    num_rows: rows,
    total_compressed_size: sum(groups.map(({ total_compressed_size: size }) => size)),
  };
}

/** The native library, several times as fast as the writer's own. */
function snappy(data: Uint8Array): Uint8Array {
  const { compressSync } = module.require("snappy") as typeof import("snappy");
  return compressSync(data);
}
