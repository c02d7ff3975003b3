/**
 * A JSON text with two spaces of indentation for each level. Every value stays as it is written:
 * parsing and printing again would round long numbers and drop repeated keys.
 *
 * @returns undefined if the text is not JSON
 */
export function indentJson(text: string): string | undefined {
  if (!isJson(text)) return undefined;
  let level = 0;
  let indented = "";
  let previous = "";
  const newLine = (): string => `\n${"  ".repeat(level)}`;
  for (const [token] of text.matchAll(tokens)) {
    const isOpened = previous === "{" || previous === "[";
    if (token === "}" || token === "]") {
      level -= 1;
      if (!isOpened) indented += newLine();
    } else if (isOpened || previous === ",") indented += newLine();
    if (token === "{" || token === "[") level += 1;
    indented += token === ":" ? ": " : token;
    previous = token;
  }
  return indented;
}

/** A string, a sign of the grammar, or a number or word. */
const tokens = /"(?:[^"\\]|\\.)*"|[[\]{}:,]|[^\s"[\]{}:,]+/gu;

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
