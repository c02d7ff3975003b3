/** Keeps an error message that contains a value readable. */
const maxLength = 80;

/**
 * Line breaks, invisible characters and changes of the writing direction that JSON does not escape.
 */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A value in quotes for one line of an error message: escaped, and at most 80 characters of it. */
export function quote(value: string): string {
  return `"${excerpt(value)}"`;
}

/** As {@link quote}, without the quotes. */
export function excerpt(value: string): string {
  // One more than is shown, so that a cut value is recognized as such.
  const shown = printable(value.slice(0, maxLength + 1));
  return shown.length > maxLength ? `${shown.slice(0, maxLength - 3)}...` : shown;
}

/** The whole value, with escapes for invisible characters. */
export function printable(value: string): string {
  return JSON.stringify(value)
    .slice(1, -1)
    .replace(unprintable, (character) => `\\u{${character.codePointAt(0)?.toString(16) ?? ""}}`);
}
