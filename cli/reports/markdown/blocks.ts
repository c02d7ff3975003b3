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
