import { promisify } from "node:util";
import { gzip as compress } from "node:zlib";

/** One GZIP member. */
export function gzip(body: Uint8Array): Promise<Buffer> {
  return gzipAsync(body, { chunkSize: Math.min(largestPiece, body.length + overhead) });
}

const gzipAsync = promisify(compress);

/** Node's default of 16 KiB comes back to the event loop for each: here, thousands of times. */
const largestPiece = 1024 * 1024;

/** What GZIP adds at most to a body that fits into one piece, and what zlib takes at least. */
const overhead = 1024;
