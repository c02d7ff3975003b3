import { type JqToken, jqTokens } from "./tokens";

/**
 * What an expression uses that jq 1.6 does not have, although later versions do: it continues a
 * sentence, e.g. "if without else". Undefined if there is nothing.
 *
 * Source: jq 1.7 changelog, and the difference between what jq 1.6 and 1.7 compile, which
 * `jqProblem.test.ts` compares.
 *
 * @param expression compiles with jq 1.7
 */
export function newerSyntax(expression: string): string | undefined {
  const tokens = jqTokens(expression);
  const defined = definedNames(tokens);
  const open: Bracket[] = [];
  for (const [index, token] of tokens.entries()) {
    const found =
      token.kind === "name"
        ? newerName(tokens, index, open, defined)
        : newerPunctuation(tokens, index, open);
    if (found !== undefined) return found;
    trackBrackets(tokens, index, open);
  }
  return undefined;
}

/** The functions that an expression defines, and their parameters, which are functions too. */
function definedNames(tokens: readonly JqToken[]): ReadonlySet<string> {
  const starts = tokens.flatMap(({ text }, index) => (text === "def" ? [index + 1] : []));
  return new Set(
    starts.flatMap((start) => {
      const end = tokens.findIndex(({ text }, index) => index > start && text === ":");
      return tokens.slice(start, end).flatMap(({ kind, text }) => (kind === "name" ? [text] : []));
    }),
  );
}

/** A bracket, or an `if`, which has not been closed. */
interface Bracket {
  readonly text: string;
  hasElse?: boolean;
}

/** Functions that jq 1.6 does not have, with their numbers of arguments. */
const newerFunctions = ["abs/0", "debug/1", "pick/1", "scan/2", "toarray/0", "trim/0", "ltrim/0"];
const alsoNewer = ["rtrim/0", "trimstr/1", "add/1", "have_decnum/0", "have_literal_numbers/0"];
const newer = new Set([...newerFunctions, ...alsoNewer]);

/** Words that jq 1.6 does not accept as the name of a member without a value, as in `{if}`. */
const keywords = new Set(
  ["def", "module", "import", "include", "if", "then", "else", "elif", "end", "and", "or"].concat([
    ...["not", "as", "reduce", "foreach", "try", "catch", "label", "__loc__"],
  ]),
);

function newerName(
  tokens: readonly JqToken[],
  index: number,
  open: readonly Bracket[],
  defined: ReadonlySet<string>,
): string | undefined {
  const { text } = tokens[index] ?? { text: "" };
  const next = tokens[index + 1]?.text;
  if (isMemberName(tokens, index, open)) {
    const isShort = next === "," || next === "}";
    return isShort && text !== "not" && keywords.has(text)
      ? `{${text}} without a value`
      : undefined;
  }
  if (text === "end" && open.at(-1)?.text === "if" && open.at(-1)?.hasElse !== true)
    return "if without else";
  const arity = next === "(" ? argumentsAt(tokens, index + 1) : 0;
  const signature = `${text}/${arity}`;
  return newer.has(signature) && !defined.has(text) ? `the function ${signature}` : undefined;
}

function newerPunctuation(
  tokens: readonly JqToken[],
  index: number,
  open: readonly Bracket[],
): string | undefined {
  const { kind, text } = tokens[index] ?? { kind: "symbol", text: "" };
  const [before, next] = [tokens[index - 1], tokens[index + 1]?.text];
  if (text === "$__loc__" && isMemberName(tokens, index, open) && (next === "," || next === "}"))
    return "{$__loc__}";
  const isDotBeforeBracket = kind === "symbol" && text === "." && next === "[";
  return isDotBeforeBracket && endsTerm(before)
    ? "a dot in front of a bracket, as in .a.[0]"
    : undefined;
}

/** Whether a token is the name of a member of an object, and not a value. */
function isMemberName(
  tokens: readonly JqToken[],
  index: number,
  open: readonly Bracket[],
): boolean {
  const before = tokens[index - 1]?.text;
  return open.at(-1)?.text === "{" && (before === "{" || before === ",");
}

/** Whether a token can be the last one of a term, so that a dot behind it belongs to it. */
function endsTerm(token: JqToken | undefined): boolean {
  if (token === undefined) return false;
  if (token.kind === "name") return token.text === "end" || !keywords.has(token.text);
  return token.kind !== "symbol" || [")", "]", "}", "?", ".", ".."].includes(token.text);
}

const closing: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

function trackBrackets(tokens: readonly JqToken[], index: number, open: Bracket[]): void {
  const { kind, text } = tokens[index] ?? { kind: "symbol", text: "" };
  if (kind === "symbol" && text in closing) open.push({ text });
  if (kind === "symbol" && text === closing[open.at(-1)?.text ?? ""]) open.pop();
  if (kind !== "name" || isMemberName(tokens, index, open)) return;
  if (text === "if") open.push({ text });
  const current = open.at(-1);
  if (current?.text !== "if") return;
  if (text === "else") current.hasElse = true;
  if (text === "end") open.pop();
}

/** The number of arguments in the parentheses that begin at a token. */
function argumentsAt(tokens: readonly JqToken[], start: number): number {
  let depth = 0;
  let count = 1;
  for (const { kind, text } of tokens.slice(start)) {
    if (kind !== "symbol") continue;
    if ("([{".includes(text)) depth += 1;
    if (")]}".includes(text)) depth -= 1;
    if (depth === 0) break;
    if (depth === 1 && text === ";") count += 1;
  }
  return count;
}
