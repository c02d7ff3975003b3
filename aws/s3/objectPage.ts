/** Which part of a bucket's keys a listing shows. */
export interface PageRequest {
  readonly prefix: string;
  /** Keys that contain it after the prefix are grouped by their common prefix; "" for none. */
  readonly delimiter: string;
  readonly maxKeys: number;
  /** The last entry of the previous page, a key or a common prefix; "" for the first page. */
  readonly after: string;
}

export interface ObjectPage {
  readonly keys: readonly string[];
  readonly commonPrefixes: readonly string[];
  /** `after` of the next page; absent on the last one. */
  readonly next?: string;
}

/**
 * One page of a listing, in S3's order.
 *
 * @param sortedKeys in the order of {@link compareKeys}
 */
export function objectPage(sortedKeys: readonly string[], request: PageRequest): ObjectPage {
  const { prefix, delimiter, maxKeys, after } = request;
  const keys: string[] = [];
  const commonPrefixes: string[] = [];
  let last = after;
  for (const key of sortedKeys) {
    if (!key.startsWith(prefix) || (last !== "" && compareKeys(key, last) <= 0)) continue;
    if (isCommonPrefix(last, request) && key.startsWith(last)) continue;

    if (keys.length + commonPrefixes.length >= maxKeys) {
      return maxKeys === 0 ? { keys, commonPrefixes } : { keys, commonPrefixes, next: last };
    }
    const end = delimiter === "" ? -1 : key.indexOf(delimiter, prefix.length);
    if (end === -1) keys.push((last = key));
    else commonPrefixes.push((last = key.slice(0, end + delimiter.length)));
  }
  return { keys, commonPrefixes };
}

/** Whether an entry ends in a delimiter that follows the prefix and does not overlap it. */
function isCommonPrefix(entry: string, { prefix, delimiter }: PageRequest): boolean {
  const isAfterPrefix = entry.length >= prefix.length + delimiter.length;
  return delimiter !== "" && isAfterPrefix && entry.endsWith(delimiter);
}

/** S3 sorts keys by their UTF-8 bytes. */
export function compareKeys(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}
