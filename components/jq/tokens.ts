/** A token of a jq expression, as far as the difference between versions depends on it. */
export interface JqToken {
  /** `name` for functions and keywords, `field` for `.name`, `variable` for `$name`. */
  readonly kind: "name" | "field" | "variable" | "value" | "symbol";
  readonly text: string;
}

/** White space, comments, and tokens; the symbols that consist of several characters first. */
const patterns: readonly (readonly [JqToken["kind"] | "none", RegExp])[] = [
  ["none", /(?:\s|#[^\n]*)+/uy],
  ["field", /\.[A-Za-z_]\w*/uy],
  ["variable", /\$(?:__loc__|[A-Za-z_]\w*(?:::[A-Za-z_]\w*)*)/uy],
  ["name", /[A-Za-z_]\w*(?:::[A-Za-z_]\w*)*/uy],
  ["value", /@\w+|(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/uy],
  ["symbol", /\?\/\/=?|\.\.|[^]/uy],
];

/**
 * The tokens of a jq expression. An expression in a string becomes its tokens in parentheses, after
 * the token of the string.
 *
 * @param expression valid in some version of jq
 */
export function jqTokens(expression: string): readonly JqToken[] {
  return tokensUntilEnd(expression, 0, false).tokens;
}

interface Tokenized {
  readonly tokens: readonly JqToken[];
  /** Where the next character is. */
  readonly end: number;
}

/** @param inString whether the closing parenthesis of an interpolation ends the expression */
function tokensUntilEnd(text: string, start: number, inString: boolean): Tokenized {
  const tokens: JqToken[] = [];
  let depth = 0;
  let position = start;
  while (position < text.length) {
    if (text[position] === '"') {
      const string = stringTokens(text, position + 1);
      tokens.push(...string.tokens);
      position = string.end;
      continue;
    }
    const { kind, text: found } = tokenAt(text, position);
    position += found.length;
    if (found === "(") depth += 1;
    if (found === ")") depth -= 1;
    if (depth < 0 && inString) break;
    if (kind !== "none") tokens.push({ kind, text: found });
  }
  return { tokens, end: position };
}

function tokenAt(text: string, position: number) {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = position;
    const [found] = pattern.exec(text) ?? [];
    if (found !== undefined) return { kind, text: found };
  }
  return { kind: "none", text: text.charAt(position) } as const;
}

/** The token of a string, and those of the expressions in it. */
function stringTokens(text: string, start: number): Tokenized {
  const inner: JqToken[] = [];
  let position = start;
  while (position < text.length && text[position] !== '"') {
    if (text.startsWith("\\(", position)) {
      const { tokens, end } = tokensUntilEnd(text, position + 2, true);
      inner.push({ kind: "symbol", text: "(" }, ...tokens, { kind: "symbol", text: ")" });
      position = end;
    } else position += text[position] === "\\" ? 2 : 1;
  }
  return { tokens: [{ kind: "value", text: '"' }, ...inner], end: position + 1 };
}
