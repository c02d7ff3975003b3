import { gunzipSync } from "node:zlib";

/**
 * The JSON text in a GZIP record, byte for byte.
 *
 * @returns undefined if it is not GZIP, not JSON or larger than 64 MiB: less than the thousandfold that
 *   a record of a megabyte can unpack to, more than a record of CloudWatch Logs does
 */
export function decompressed(data: Uint8Array): Uint8Array | undefined {
  try {
    const text = gunzipSync(data, { maxOutputLength: 64 * 1024 * 1024 });
    JSON.parse(text.toString());
    return text;
  } catch {
    return undefined;
  }
}
