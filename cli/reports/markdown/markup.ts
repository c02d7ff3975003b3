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

/** A table of cells that are Markdown; nothing without rows. */
export function table(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  limit: number,
): string {
  if (rows.length === 0) return "";
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const shown = rows.slice(0, limit).map(line);
  return joined([
    ...(shown.length === 0 ? [] : [[line(headings), line(headings.map(() => "---")), ...shown]]),
    more(rows.length - shown.length),
  ]);
}

/** A list of items that are Markdown; nothing without items. */
export function list(items: readonly string[], limit: number): string {
  const shown = items.slice(0, limit).map((item) => `- ${item}`);
  return joined([shown, more(items.length - shown.length)]);
}

/** A block that a reader opens by its summary; nothing without a block. */
export function folded(summary: string, block: string): string {
  if (block === "") return "";
  return joined([[`<details><summary>${summary}</summary>`], [block], ["</details>"]]);
}

/** Blocks one after the other, with the empty line between them that Markdown needs. */
export function joined(blocks: readonly (readonly string[])[]): string {
  return blocks
    .map((lines) => lines.join("\n"))
    .filter((block) => block !== "")
    .join("\n\n");
}

function more(count: number): string[] {
  return count > 0 ? [`and ${count} more`] : [];
}
