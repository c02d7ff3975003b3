import { quote } from "./quote";

/**
 * The part of a prefix that is the same for every object: everything before its first expression.
 */
export function fixedHead(prefix: string): string {
  return prefix.split("!{", 1)[0] ?? prefix;
}

/**
 * What the keys of all objects begin with: those of data, and those of failed records, which are under the
 * prefix without an error prefix.
 */
export function fixedHeads(prefix: string, errorPrefix: string): readonly string[] {
  return [fixedHead(prefix), fixedHead(errorPrefix === "" ? prefix : errorPrefix)];
}

/**
 * The S3 prefix that all failed records share, whatever their error type and date. A lifecycle rule
 * with this prefix expires them, so it must not match any data.
 *
 * @throws Error if keys of data can have that prefix too
 */
export function fixedErrorPrefix(prefix: string, errorPrefix: string): string {
  const errorHead = fixedHead(errorPrefix);
  const dataHead = fixedHead(prefix);
  // Without a fixed head, keys of data begin with a date.
  const couldBeDate = dataHead === "" && /^\d\P{L}*$/u.test(errorHead);
  if (dataHead.startsWith(errorHead) || couldBeDate)
    throw new Error(
      `failed records would be under ${quote(errorHead)}, which can also contain the data under ` +
        `${quote(prefix)}: expiring them would delete that data too`,
    );
  return errorHead;
}
