import { open, readFile, rename } from "node:fs/promises";
import { crc32 } from "node:zlib";

/**
 * Replaces a JSON file, all or nothing, with a checksum of the content.
 *
 * @param flush waits until the disk has it
 */
export async function writeCheckedJson(
  file: string,
  content: unknown,
  flush: boolean,
): Promise<void> {
  const next = `${file}.next`;
  const handle = await open(next, "w");
  try {
    await handle.writeFile(
      `${JSON.stringify({ checksum: crc32(JSON.stringify(content)), content }, null, 1)}\n`,
    );
    if (flush) await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(next, file);
}

/** @throws if there is no such file, or it is not as it was written */
export async function readCheckedJson(file: string): Promise<unknown> {
  const { checksum, content } = JSON.parse(await readFile(file, "utf8")) as {
    readonly checksum: unknown;
    readonly content: unknown;
  };
  if (crc32(JSON.stringify(content)) !== checksum) throw new Error(`${file} is damaged.`);
  return content;
}
