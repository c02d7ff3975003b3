import { readFileSync } from "node:fs";

/**
 * The text of a file that a person or a shell wrote. A byte order mark is not part of it. Besides UTF-8,
 * the file can be encoded in UTF-16, as `>` of Windows PowerShell writes it.
 *
 * @throws what `readFileSync` throws
 */
export function readTextFile(path: string): string {
  const bytes = readFileSync(path);
  return new TextDecoder(encodingOf(bytes)).decode(bytes);
}

/** Without a byte order mark, a zero in the first character means UTF-16: no such text begins with NUL. */
function encodingOf([first, second]: Buffer): string {
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return "utf-16le";
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0)) return "utf-16be";
  return "utf-8";
}
