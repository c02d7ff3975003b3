import { quote } from "./quote";

/** The part of a prefix that is the same for every object: all before its first expression. */
export function fixedHead(prefix: string): string {
  return prefix.split("!{", 1)[0] ?? prefix;
}

/**
 * Where all failed records lie, whatever their type and date. What is done to everything there
 * must not reach the data.
 *
 * @throws Error when data would lie there too
 */
export function fixedErrorPrefix(prefix: string, errorPrefix: string): string {
  const folder = fixedHead(errorPrefix);
  const data = fixedHead(prefix);
  // Without a fixed head, data begins with its date.
  const amongDates = data === "" && /^\d\P{L}*$/u.test(folder);
  if (data.startsWith(folder) || amongDates)
    throw new Error(
      `failed records would lie under ${quote(folder)}, where the data under ${quote(prefix)} lies ` +
        "too, and would take it along when they expire",
    );
  return folder;
}
