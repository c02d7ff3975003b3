import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";

/** Reads Parquet files with DuckDB, which shares no code with what writes them. */
export class ParquetReader {
  readonly #directory: string;
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;
  #files = 0;

  private constructor(directory: string, instance: DuckDBInstance, connection: DuckDBConnection) {
    this.#directory = directory;
    this.#instance = instance;
    this.#connection = connection;
  }

  /** @param directory for files that it reads */
  static async open(directory: string): Promise<ParquetReader> {
    const instance = await DuckDBInstance.create(":memory:");
    return new ParquetReader(directory, instance, await instance.connect());
  }

  close(): void {
    this.#connection.closeSync();
    this.#instance.closeSync();
  }

  async write(content: Uint8Array): Promise<string> {
    const file = join(this.#directory, `${this.#files++}.parquet`);
    await writeFile(file, content);
    return file;
  }

  /** The rows of a file as JSON: 64-bit integers, decimals and timestamps are strings. */
  async rows(content: Uint8Array): Promise<readonly Readonly<Record<string, unknown>>[]> {
    const file = await this.write(content);
    return this.query(`SELECT * FROM read_parquet('${file}')`);
  }

  async query(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
    return (await this.#connection.runAndReadAll(sql)).getRowObjectsJson();
  }
}
