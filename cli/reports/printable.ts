import { type Redact, redactorOf } from "../../engine/graph/redaction";
import { mapValues, type ResourceGraph } from "../../engine/graph/resourceGraph";

/**
 * A string from outside (a key, a code, a message of a service) on one line of a terminal or a CI log.
 * Control characters and characters that change the direction of text become visible escapes. What
 * a CI system takes for a command is broken: for GitHub's runner, `::` at the start of a line and `##[`
 * anywhere; for others, `##vso[` and `##teamcity[`.
 */
export function printable(text: string): string {
  return text
    .replace(INVISIBLE, escaped)
    .replace(/^(\s*):(?=:)/, "$1\\x3a")
    .replace(COMMAND, "#\\x23");
}

/** The same for a message that may have several lines. */
export function printableLines(text: string): string {
  return text.split("\n").map(printable).join("\n");
}

/**
 * The same for a whole text on its way to a terminal or a log: a report, or what a program printed. Tabs and
 * line ends stay. Colors stay if there may be any, otherwise they are left out.
 */
export function printableText(text: string, hasColors: boolean): string {
  return text
    .split(/\r?\n/)
    .map((line) => {
      const parts = line
        .split(COLOR)
        .map((part, index) => (index % 2 === 0 ? withoutControls(part) : hasColors ? part : ""));
      return parts.join("").replace(COMMAND_AFTER_COLORS, "$1\\x3a").replace(COMMAND, "#\\x23");
    })
    .join("\n");
}

function withoutControls(text: string): string {
  return text.replace(INVISIBLE, (character) =>
    character === "\t" ? character : escaped(character),
  );
}

/**
 * A document as JSON. Its data stay exactly as they are, and its text is as harmless as other output:
 * what would not be is written with escapes of JSON.
 */
export function jsonText(
  document: unknown,
  replacer?: (key: string, value: unknown) => unknown,
): string {
  return JSON.stringify(document, replacer, 2)
    .replace(INVISIBLE, (character) => (character === "\n" ? character : unicodeEscape(character)))
    .replace(COMMAND, "#\\u0023");
}

/** The same for a document that is JSON on one line already. */
export function jsonLineText(json: string): string {
  return json.replace(INVISIBLE, unicodeEscape).replace(COMMAND, "#\\u0023");
}

/** The graph for a report: with names and types of resources that can be printed on one line. */
export function printableGraph(graph: ResourceGraph): ResourceGraph {
  return {
    ...graph,
    resources: graph.resources.map((resource) => ({
      ...resource,
      name: printable(resource.name),
      type: printable(resource.type),
    })),
  };
}

/** A document with strings that can be printed on one line; only messages keep their line ends. */
export function printableDocument<Document extends object>(document: Document): Document {
  const shown = (value: unknown, key: string): unknown => {
    if (typeof value === "string")
      return key === "message" || key === "reason" ? printableLines(value) : printable(value);
    if (Array.isArray(value)) return value.map((entry) => shown(entry, key));
    if (typeof value !== "object" || value === null) return value;
    return mapValues(value as Readonly<Record<string, unknown>>, shown);
  };
  return mapValues({ ...document } as Readonly<Record<string, unknown>>, shown) as Document;
}

/** Redacts text and makes it printable, line by line. */
export function printableRedactor(graph: ResourceGraph): Redact {
  const redact = redactorOf(graph);
  return (text) => printableLines(redact(text));
}

/** Control characters, line separators, and marks that change the direction of text. */
const INVISIBLE = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

const COMMAND = /##(?=(?:vso|teamcity)?\[)/gi;

const ESCAPE = "\u001b";

/** What picocolors writes for the styles of reports, and what other programs reset styles with. */
const COLOR = new RegExp(`(${ESCAPE}\\[(?:0|1|2|22|3[1-6]|39|90)m)`);

const COMMAND_AFTER_COLORS = new RegExp(`^((?:\\s|${COLOR.source.slice(1, -1)})*):(?=:)`);

const SHORT = new Map([
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
]);

function escaped(character: string): string {
  const code = character.charCodeAt(0).toString(16);
  return (
    SHORT.get(character) ??
    (code.length > 2 ? unicodeEscape(character) : `\\x${code.padStart(2, "0")}`)
  );
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
