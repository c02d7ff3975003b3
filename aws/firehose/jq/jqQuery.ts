import type { JsonLine } from "./jsonLine";

/** What a query makes of one JSON text: its outputs, or why it fails. */
export type QueryResult = { readonly outputs: readonly unknown[] } | { readonly error: QueryError };

/** The value that `catch` gets, mostly a message. */
type QueryError = unknown;

/** A query in the language of jq that was read. */
export class JqQuery {
  readonly #jq: JqLibrary;
  readonly #query: string;
  /** Why it does not compile; undefined if it does. Then each text fails with it. */
  readonly problem: string | undefined;

  private constructor(jq: JqLibrary, query: string) {
    this.#jq = jq;
    this.#query = query;
    this.problem = compileProblem(jq, query);
  }

  /** Compiles each query once: that takes as long as a run, and every page of records needs it. */
  static read(query: string): Promise<JqQuery> {
    let reading = compiled.get(query);
    if (reading === undefined) {
      reading = loadJq().then((jq) => new JqQuery(jq, query));
      compiled.set(query, reading);
    }
    return reading;
  }

  /** @returns a result for each text, in their order */
  run(lines: readonly JsonLine[]): readonly QueryResult[] {
    const { problem } = this;
    if (problem !== undefined) return lines.map(() => ({ error: problem }));
    if (lines.length === 0) return [];
    const results = this.#runTogether(lines);
    if (results !== undefined) return results;
    if (lines.length === 1) return [{ error: "The query cannot be evaluated" }];
    // One of them ends jq, e.g. because it is nested too deeply. It must not affect the others.
    const half = Math.ceil(lines.length / 2);
    return [...this.run(lines.slice(0, half)), ...this.run(lines.slice(half))];
  }

  /** @returns undefined unless there is one line of output for each text */
  #runTogether(lines: readonly JsonLine[]): readonly QueryResult[] | undefined {
    const normalizes = lines.some(({ hasUnusualNumber }) => hasUnusualNumber);
    const program = `${confined}${normalizes ? normalized : ""}try [${this.#query}\n] catch {error: .}`;
    try {
      const output = this.#jq.raw(lines.map(({ text }) => text).join("\n"), program, ["-c"]);
      const results = (output ?? "").trimEnd().split("\n");
      return results.length === lines.length && output ? results.map(resultIn) : undefined;
    } catch {
      return undefined;
    }
  }
}

/** An array of outputs, or what `catch` made of an error. */
function resultIn(line: string): QueryResult {
  const result = JSON.parse(line) as readonly unknown[] | { readonly error: QueryError };
  return "error" in result ? result : { outputs: result };
}

/**
 * What a query must not do here: read the next record, end jq, print, read the environment, or use the
 * time zone of this machine, whose name this build does not print. Each replaces the function of that
 * name.
 */
const confined =
  "{} as $ENV | def env: {}; def debug: .; def debug(message): .; def stderr: .; " +
  'def input: error("No more inputs"); def inputs: empty; ' +
  'def halt: error("halt"); def halt_error: error; def halt_error(code): error; ' +
  "def _strftime(f): strftime(f); def localtime: gmtime; def strflocaltime(f): strftime(f); " +
  'def strftime(f): f as $f | if $f | type == "string" and contains("%Z") ' +
  'then _strftime($f | split("%Z") | join("UTC")) else _strftime($f) end; ';

/** Later releases than 1.6 print a number as it is written, unless it was calculated. */
const normalized = 'walk(if type == "number" then . + 0 else . end) | ';

function compileProblem(jq: JqLibrary, query: string): string | undefined {
  try {
    // The space, because a query that begins with a hyphen would be an option.
    jq.raw("", ` ${query}`, ["-c"]);
    return undefined;
  } catch (error) {
    const { stderr = String(error) } = error as { readonly stderr?: string };
    const [first = ""] = stderr.split("\n");
    return first
      .replace("jq: error: ", "")
      .replace(" (Unix shell quoting issues?)", "")
      .replace(/ at <top-level>, line (\d+).*$/u, " in line $1");
  }
}

/** jq, compiled to WebAssembly. It ships without types. */
interface JqLibrary {
  /**
   * Runs a program on JSON texts.
   *
   * @returns its output; undefined if there is none
   * @throws an error with `stderr` if the program does not compile, or ends before the input does
   */
  raw(texts: string, program: string, flags: readonly string[]): string | undefined;
}

/** By query. A process has few: those of its delivery streams. */
const compiled = new Map<string, Promise<JqQuery>>();

let library: Promise<JqLibrary> | undefined;

/** Loaded on first use, because few delivery streams need it. */
function loadJq(): Promise<JqLibrary> {
  return (library ??= module.require("jq-web") as Promise<JqLibrary>);
}
