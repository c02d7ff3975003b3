/** The rows of a Parquet file, one in JSON per line. */
export async function linesOf(file: Uint8Array): Promise<Uint8Array> {
  const { parquetReadObjects } = await import("hyparquet");
  const buffer = file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength);
  const rows = await parquetReadObjects({ file: buffer as ArrayBuffer });
  return Buffer.from(rows.map((row) => JSON.stringify(row)).join("\n"));
}
