import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { readCheckedJson, writeCheckedJson } from "./checkedFile";
import type { Damage, DamagedFiles } from "./damage";

const formatName = "format.json";
const format = { format: "streamlake stream store", version: 1 } as const;

/** The directory for a stream: AWS allows the names `.` and `..`. */
export function directoryName(stream: string): string {
  return /^\.+$/u.test(stream) ? stream.replaceAll(".", "%2E") : stream;
}

/** Directories of this project's first releases had one journal for each start. */
export async function requireNoJournal(directory: string): Promise<void> {
  for (const name of await readdir(directory))
    if (/^\d{6,}$/u.test(name) && existsSync(join(directory, name, "journal.jsonl")))
      throw new Error(
        `${directory} was written by an earlier version of streamlake, which kept a journal; this ` +
          "version cannot resume it and leaves it as it is.",
      );
}

/**
 * Writes the version of a new store, and checks that of one that exists.
 *
 * @param hasStreams whether there is something in the store
 * @throws if the version is another
 */
export async function checkFormat(
  directory: string,
  hasStreams: boolean,
  damagedFiles: DamagedFiles,
  onDamage: (damage: Damage) => void,
): Promise<void> {
  const file = join(directory, formatName);
  const isThere = existsSync(file);
  const found = await readCheckedJson(file).catch(() => undefined);
  const { version } = (found ?? {}) as { readonly version?: unknown };
  if (version === format.version) return;
  if (version !== undefined)
    throw new Error(
      `${directory} has format version ${JSON.stringify(version)}; this version of streamlake reads ${format.version}.`,
    );
  if (isThere) {
    const kept = await damagedFiles.move(file);
    onDamage({ file, problem: "is damaged and was recreated", records: 0, kept });
  } else if (hasStreams) onDamage({ file, problem: "is missing and was recreated", records: 0 });
  await writeCheckedJson(file, format, false);
}
