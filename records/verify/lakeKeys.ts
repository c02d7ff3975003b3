import { fixedHead } from "../../components/prefix/fixedHead";
import { dayPrefix } from "./dayPrefix";
import { listKeys, type LakeClient } from "./lakeClient";
import { dayOfObject } from "./objectName";

/** Where the objects of one day are. */
export interface DayFolder {
  /** yyyy-MM-dd */
  readonly day: string;
  /** What their keys begin with. */
  readonly prefix: string;
}

export interface Lake {
  readonly client: LakeClient;
  readonly bucket: string;
  readonly errorPrefix?: string;
}

/** @throws Error if prefix, day or time zone is invalid */
export function dayFolders(
  prefix: string,
  days: readonly string[],
  timeZone: string,
): readonly DayFolder[] {
  return days.map((day) => ({ day, prefix: dayPrefix(prefix, day, timeZone) }));
}

/** Keys of the delivered objects of these days. */
export async function* dataKeys(
  { client, bucket, errorPrefix }: Lake,
  folders: readonly DayFolder[],
): AsyncGenerator<string> {
  for (const { day, prefix } of folders) {
    for await (const key of listKeys(client, bucket, prefix)) {
      if (dayOfObject(key) === day && !isErrorKey(key, errorPrefix, prefix)) yield key;
    }
  }
}

/** Keys of the objects with failed records of these days. */
export async function* errorKeys(
  { client, bucket, errorPrefix }: Lake,
  folders: readonly DayFolder[],
): AsyncGenerator<string> {
  if (errorPrefix === undefined) return;
  for await (const key of listKeys(client, bucket, fixedHead(errorPrefix))) {
    const folder = folders.find(({ day }) => day === dayOfObject(key));
    if (folder && isErrorKey(key, errorPrefix, folder.prefix)) yield key;
  }
}

/** Where one prefix contains the other, an object belongs to the longer one. */
function isErrorKey(key: string, errorPrefix: string | undefined, dataPrefix: string): boolean {
  if (errorPrefix === undefined) return false;
  const head = fixedHead(errorPrefix);
  if (!key.startsWith(head)) return false;
  return !key.startsWith(dataPrefix) || head.length > dataPrefix.length;
}
