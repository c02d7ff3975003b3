import { printable } from "./printable";

/** A string as text of an HTML page. */
export function escapedHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** The same for a string from outside: characters that a reader does not see become visible escapes. */
export function visibleHtml(text: string): string {
  return escapedHtml(text.split("\n").map(printable).join(" "));
}
