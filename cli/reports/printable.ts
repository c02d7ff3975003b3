/**
 * A string from outside (a key, a code, a message of a service) on one line of a terminal or a CI log.
 * Control characters and characters that change the direction of text become visible escapes. What
 * GitHub's runner takes for a command, `::` at the start of a line and `##[` anywhere, is broken.
 */
export function printable(text: string): string {
  return text
    .replace(INVISIBLE, escaped)
    .replace(/^(\s*):(?=:)/, "$1\\x3a")
    .replaceAll("##[", "#\\x23[");
}

/** The same for a message that may have several lines. */
export function printableLines(text: string): string {
  return text.split("\n").map(printable).join("\n");
}

/** Control characters, line separators, and marks that change the direction of text. */
const INVISIBLE = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

const SHORT = new Map([
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
]);

function escaped(character: string): string {
  const code = character.charCodeAt(0).toString(16);
  return (
    SHORT.get(character) ??
    (code.length > 2 ? `\\u${code.padStart(4, "0")}` : `\\x${code.padStart(2, "0")}`)
  );
}
