import { createWriteStream } from "node:fs";
import type { Writable } from "node:stream";
import { finished } from "node:stream/promises";

/**
 * Writes a new file. Whether that succeeds or not, the file is closed when this ends. Without that, the
 * caller could delete the file before it is open, and opening it would create it again.
 */
export async function intoFile<T>(
  file: string,
  write: (target: Writable) => Promise<T>,
): Promise<T> {
  const target = createWriteStream(file);
  const closed = finished(target).catch(() => undefined);
  try {
    return await write(target);
  } finally {
    target.destroy();
    await closed;
  }
}
