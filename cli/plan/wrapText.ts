/** Breaks a text at spaces into lines of at most `width` characters; longer words stay whole. */
export function wrap(text: string, width: number): string[] {
  return text.split("\n").flatMap((paragraph) => joined(paragraph.split(" "), " ", width));
}

/** Puts texts on as few lines of at most `width` characters as they fit on, with commas between. */
export function fill(texts: readonly string[], width: number): string[] {
  return texts.length === 0 ? [] : joined(texts, ", ", width).flatMap((line) => wrap(line, width));
}

function joined(parts: readonly string[], separator: string, width: number): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    const longer = last === undefined ? part : `${last}${separator}${part}`;
    if (last !== undefined && longer.length <= width) lines[lines.length - 1] = longer;
    else lines.push(part);
  }
  return lines;
}
