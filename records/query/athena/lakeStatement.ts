import { QueryError } from "../queryValue";
import { sqlName } from "../sqlText";

/** A table in the AWS Glue Data Catalog. */
export interface AthenaTable {
  readonly name: string;
  /** Absent: that of the query. */
  readonly database?: string;
}

export interface LakeStatement {
  readonly sql: string;
  /** The lines that precede those of the statement as it was written. */
  readonly linesBefore: number;
}

/**
 * A query in which the table `lake` is a table of the catalog. It becomes a common table expression on a
 * separate line, so that what the query calls `lake` is the same table everywhere, positions in error messages
 * keep their columns, and Athena still prunes partitions.
 *
 * Only queries are accepted: other statements of Athena change data or the catalog.
 *
 * Source: Athena User Guide, "SELECT": `[ WITH with_query [, ...] ] SELECT ...`.
 *
 * @throws QueryError for another statement
 */
export function lakeStatement(sql: string, table: AthenaTable): LakeStatement {
  const text = sql.replace(/[;\s]+$/, "");
  const tokens = tokensOf(text);
  const [first] = tokens;
  const keyword = first?.text.toUpperCase() ?? "";
  if (first === undefined || !["SELECT", "WITH", "VALUES", "TABLE", "("].includes(keyword))
    throw new QueryError(
      `With --athena, the statement must begin with SELECT or WITH${first === undefined ? "" : `, not with ${first.text}`}: ` +
        "other statements change data or the catalog.",
    );
  const definition = `lake AS (SELECT * FROM ${qualified(table)})`;
  if (keyword !== "WITH") return { sql: `WITH ${definition}\n${text}`, linesBefore: 1 };
  const second = tokens[1];
  const isRecursive = second?.text.toUpperCase() === "RECURSIVE";
  if (definesLake(tokens.slice(isRecursive ? 2 : 1))) return { sql: text, linesBefore: 0 };
  const words = isRecursive ? [first, second] : [first];
  const rest = words.reduce(blanked, text);
  const opening = isRecursive ? "WITH RECURSIVE" : "WITH";
  return { sql: `${opening} ${definition},\n${rest}`, linesBefore: 1 };
}

/** An error message of Athena with the positions of the statement as it was written. */
export function originalPositions(message: string, { linesBefore }: LakeStatement): string {
  return message.replace(
    /\bline (\d+):(\d+)/g,
    (_, line: string, column: string) =>
      `line ${Math.max(1, Number(line) - linesBefore)}:${column}`,
  );
}

function qualified({ name, database }: AthenaTable): string {
  return database === undefined ? sqlName(name) : `${sqlName(database)}.${sqlName(name)}`;
}

interface Token {
  readonly text: string;
  readonly start: number;
}

/** Comments, strings, quoted names, words, and single characters. */
const token = /--[^\n]*|\/\*[^]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|[A-Za-z_]\w*|\S/g;

/** Without comments. */
function tokensOf(sql: string): readonly Token[] {
  return [...sql.matchAll(token)]
    .map(({ 0: text, index }) => ({ text, start: index }))
    .filter(({ text }) => !text.startsWith("--") && !text.startsWith("/*"));
}

/** Whether a list of common table expressions, which follows WITH, contains one of this name. */
function definesLake(tokens: readonly Token[]): boolean {
  let depth = 0;
  let isName = true;
  for (const { text } of tokens) {
    if (isName && /^"?lake"?$/i.test(text)) return true;
    if (depth === 0 && /^(SELECT|VALUES|TABLE)$/i.test(text)) return false;
    if (text === "(") depth += 1;
    else if (text === ")") depth -= 1;
    isName = depth === 0 && text === ",";
  }
  return false;
}

/** Spaces instead of a word, so that all other characters stay where they are. */
function blanked(sql: string, { text, start }: Token): string {
  return sql.slice(0, start) + " ".repeat(text.length) + sql.slice(start + text.length);
}
