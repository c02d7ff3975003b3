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
 * as values.
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
   */
  add(row: readonly ColumnValue[], jsonBytes: number): void {
    row.forEach((value, index) => {
      this.#values[index]?.push(value);
      this.#plainBytes += plainBytes(value);
    });
    this.#rows += 1;
    this.#jsonBytes += jsonBytes;
    if (this.#isFull()) this.#writeRowGroup();
  }

  /** The whole file, to which nothing is added any more. */
  finish(): Uint8Array {
    this.#writeRowGroup();
    void this.#writer.finish();
    return this.#bytes.getBytes();
  }

  #isFull(): boolean {
    const { jsonBytes, values } = this.#limits;
    if (this.#jsonBytes >= jsonBytes || this.#rows * this.#leaves >= values) return true;
    return this.#plainBytes >= this.#options.blockSizeBytes;
  }

  #writeRowGroup(): void {
    if (this.#rows === 0) return;
    const { enableDictionaryCompression, pageSizeBytes } = this.#options;
    // It writes into memory, and so at once.
    void this.#writer.write({
      columnData: this.#columns.map(({ name }, index) => ({
        name,
        data: this.#values[index] ?? [],
        // The library chooses dictionaries for columns without an encoding, if they save space.
        ...(!enableDictionaryCompression && { encoding: "PLAIN" as const }),
      })),
      rowGroupSize: this.#rows,
      pageSize: pageSizeBytes,
    });
    this.#values = this.#columns.map(() => []);
    [this.#rows, this.#jsonBytes, this.#plainBytes] = [0, 0, 0];
  }
}

/** The native library, several times as fast as the writer's own. */
function snappy(data: Uint8Array): Uint8Array {
  const { compressSync } = module.require("snappy") as typeof import("snappy");
  return compressSync(data);
}
