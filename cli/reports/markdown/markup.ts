import { printable, printableLines } from "../printable";

/**
 * Text inside a line or a table cell, escaped: GitHub renders no part of it as markup, as a link, as
 * a mention of a person (@name) or as a reference to an issue (#12).
 */
export function inline(text: string): string {
  return (
    oneLine(text)
      .replace(/&/g, "&amp;")
      .replace(/</g, "&lt;")
      .replace(/>/g, "&gt;")
      .replace(/[\\`*_[\]|~$]/g, "\\$&")
      // At the start of a line, these characters begin a heading or a list.
      .replace(/^([#+-]|\d+[.)])/, (mark) => `${mark.slice(0, -1)}\\${mark.slice(-1)}`)
      // GitHub looks for mentions in rendered text, without the escapes; a comment splits them.
      .replace(/[@#](?=\w)/g, "$&<!-- -->")
      // The same for what it makes a link of: https://..., www...
      .replace(/\b(?:https?|ftp|mailto|xmpp)(?=:)|\bwww(?=\.)/gi, "$&<!-- -->")
  );
}

/** Text as code, even if it contains back quotes. */
export function code(text: string): string {
  const plain = oneLine(text);
  if (plain === "") return "";
  // No escape of a bar can follow a backslash in Markdown's own code.
  if (plain.includes("\\|")) return `<code>${inline(plain)}</code>`;
  const longest = Math.max(0, ...[...plain.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const pad = plain.startsWith("`") || plain.endsWith("`") ? " " : "";
  // In a table, an unescaped bar ends the cell, even in code.
  return `${fence}${pad}${plain.replace(/\|/g, "\\|")}${pad}${fence}`;
}

/** Lines as code. */
export function codeBlock(language: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return [`${fence}${language}`, printableLines(text.trimEnd()), fence].join("\n");
}

/** Without line ends, and with visible escapes for characters that a terminal or a reader would obey. */
function oneLine(text: string): string {
  return printable(text.replace(/\s+/g, " ").trim());
}

/** Text that links to a page, if there is one. */
export function linked(text: string, page: string | undefined): string {
  if (page === undefined) return inline(text);
  const target = page.replace(
    /[\s()<>|\\`*_[\]]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  );
  return `[${inline(text)}](${target})`;
}

/** A table of Markdown cells; empty without rows. */
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

/** A list of Markdown items; empty without items. */
export function list(items: readonly string[], limit: number): string {
  const shown = items.slice(0, limit).map((item) => `- ${item}`);
  return joined([shown, more(items.length - shown.length)]);
}

/** A block that a reader opens by its summary; empty if the block is empty. */
export function folded(summary: string, block: string): string {
  if (block === "") return "";
  return joined([[`<details><summary>${summary}</summary>`], [block], ["</details>"]]);
}

/** Blocks with an empty line between them, as Markdown requires. */
export function joined(blocks: readonly (readonly string[])[]): string {
  return blocks
    .map((lines) => lines.join("\n"))
    .filter((block) => block !== "")
    .join("\n\n");
}

function more(count: number): string[] {
  return count > 0 ? [`and ${count} more`] : [];
}
