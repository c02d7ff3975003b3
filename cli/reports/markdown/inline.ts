/**
 * A text inside a line of Markdown or a cell of a table: nothing in it is markup, a link, a mention
 * of a person (@name) or of an issue (#12) to a page that renders GitHub's Markdown.
 */
export function inline(text: string): string {
  return (
    text
      .replace(/\s+/g, " ")
      .trim()
      .replace(/&/g, "&amp;")
      .replace(/</g, "&lt;")
      .replace(/>/g, "&gt;")
      .replace(/[\\`*_[\]|~$]/g, "\\$&")
      // At the start of a line these begin a heading or a list.
      .replace(/^([#+-]|\d+[.)])/, (mark) => `${mark.slice(0, -1)}\\${mark.slice(-1)}`)
      // GitHub looks for mentions in what is rendered, where escapes are gone; a comment splits it.
      .replace(/[@#](?=\w)/g, "$&<!-- -->")
  );
}

/** A text as code, whatever is in it. */
export function code(text: string): string {
  const plain = text.replace(/\s+/g, " ").trim();
  if (plain === "") return "";
  const longest = Math.max(0, ...[...plain.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const pad = plain.startsWith("`") || plain.endsWith("`") ? " " : "";
  // In a table a bar ends the cell, also in code, unless it is escaped.
  return `${fence}${pad}${plain.replace(/\|/g, "\\|")}${pad}${fence}`;
}

/** A text that leads to a page, if there is one. */
export function linked(text: string, page: string | undefined): string {
  if (page === undefined) return inline(text);
  const target = page.replace(
    /[\s()<>|\\`*_[\]]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  );
  return `[${inline(text)}](${target})`;
}
