import { type Properties, UNKNOWN } from "../../reading/value";
import type { Prefix } from "./prefixLanguage";
import { hasUnknownProcessors, parameterOf, processorsOf } from "./processors";

/** A partition key and the jq expression of its value. */
export interface QueryKey {
  readonly name: string;
  readonly expression: string;
}

/** The queries of a delivery stream; `UNKNOWN` if one may be. */
export function queriesOf(props: Properties): readonly string[] | typeof UNKNOWN {
  const queries = processorsOf(props)
    .filter(({ type }) => type === "MetadataExtraction" || type === UNKNOWN)
    .map((processor) =>
      processor.type === UNKNOWN ? UNKNOWN : parameterOf(processor, "MetadataExtractionQuery"),
    );
  if (hasUnknownProcessors(props) || queries.includes(UNKNOWN)) return UNKNOWN;
  return queries.filter((query) => typeof query === "string");
}

/** The names of the keys that a prefix takes from a query, or from a function. */
export function prefixKeys({ expressions }: Prefix, from: "Query" | "Lambda"): readonly string[] {
  const start = `partitionKeyFrom${from}:`;
  return expressions
    .filter((expression) => expression.startsWith(start))
    .map((expression) => expression.slice(start.length));
}

/**
 * The keys of a query that is one object construction, such as `{shop: .shop, day: (.at[0:10])}`.
 *
 * @returns `undefined` for every other query, whose keys only jq itself knows
 */
export function keysOfQuery(query: string): readonly QueryKey[] | undefined {
  const text = query.trim();
  const parts = splitTopLevel(text.slice(1, -1), ",");
  if (!text.startsWith("{") || !text.endsWith("}") || parts === undefined) return undefined;
  const keys = parts.map((part) => keyOf(part.trim()));
  return keys.some((key) => key === undefined)
    ? undefined
    : keys.filter((key) => key !== undefined);
}

function keyOf(part: string): QueryKey | undefined {
  const [, quoted, bare, expression] =
    /^(?:"([^"\\]*)"|([A-Za-z_]\w*))\s*(?::([^]*))?$/.exec(part) ?? [];
  const name = quoted ?? bare;
  // `{shop}` means `{shop: .shop}`.
  return name === undefined ? undefined : { name, expression: (expression ?? `.${name}`).trim() };
}

const pairs: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/** @returns `undefined` if the brackets do not match, as in `{a: .a} + {b: .b}` without its ends */
function splitTopLevel(text: string, separator: string): readonly string[] | undefined {
  const parts = [""];
  const open: string[] = [];
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\[^])*"|[^]/g)) {
    if (open.length === 0 && token === separator) {
      parts.push("");
      continue;
    }
    const close = pairs[token];
    if (close !== undefined) open.push(close);
    else if (Object.values(pairs).includes(token) && open.pop() !== token) return undefined;
    parts.push(`${parts.pop() ?? ""}${token}`);
  }
  return open.length === 0 ? parts : undefined;
}
