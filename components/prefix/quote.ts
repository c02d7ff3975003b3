/** So that an error with a value in it stays a line that can be read. */
const LONGEST = 80;

/** What breaks a line, is not seen or turns what follows around, beyond what JSON escapes. */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** The text as it can stand in one line of an error: in quotes, and no longer than a line. */
export function quote(text: string): string {
  return `"${excerpt(text)}"`;
}

/** The same without the quotes. */
export function excerpt(text: string): string {
  // One more than is shown, so that what was cut is seen.
  const shown = printable(text.slice(0, LONGEST + 1));
  return shown.length > LONGEST ? `${shown.slice(0, LONGEST - 3)}...` : shown;
}

/** All of the text, with escapes for what cannot be seen. */
export function printable(text: string): string {
  return JSON.stringify(text)
    .slice(1, -1)
    .replace(unprintable, (character) => `\\u{${character.codePointAt(0)?.toString(16) ?? ""}}`);
}
