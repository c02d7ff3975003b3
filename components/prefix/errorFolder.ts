import { fixedHead } from "./fixedHead";

/**
 * Where all failed records lie, whatever their type and date. What is done to everything there
 * must not reach the data.
 *
 * @throws Error when data would lie there too
 */
export function errorFolder(prefix: string, errorPrefix: string): string {
  const folder = fixedHead(errorPrefix);
  if (fixedHead(prefix).startsWith(folder))
    throw new Error(
      `failed records would lie under "${folder}", where the data under "${prefix}" lies too, and ` +
        "would take it along when they expire",
    );
  return folder;
}
