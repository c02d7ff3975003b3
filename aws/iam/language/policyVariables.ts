import type { PolicyVersion } from "./iamPolicy";
import type { RequestContext } from "../accessRequest";
import { type Pattern, type PatternPiece, wildPattern } from "./wildcards";

const variables = /\$\{([^}]*)\}/gu;
/** A condition key, and perhaps a default value. */
const named = /^(?<key>[^:,']+:[^,']+)(?:, *'(?<byDefault>[^']*)')?$/u;
const specialCharacters = ["*", "?", "$"];

/**
 * Puts in what variables stand for, e.g. `${aws:PrincipalAccount}`, `${aws:username, 'nobody'}`,
 * `${*}` for a mere asterisk. In version 2008-10-17 they are mere text.
 *
 * Source: IAM User Guide, "IAM policy elements: Variables and tags".
 *
 * @returns undefined if the request has no value, or several, for one of them
 */
export function fillIn(
  text: string,
  version: PolicyVersion,
  context: RequestContext,
): Pattern | undefined {
  if (version === "2008-10-17") return wildPattern(text);
  const pieces: PatternPiece[] = [];
  let end = 0;
  for (const match of text.matchAll(variables)) {
    const value = variableValue(match[1] ?? "", context);
    if (value === undefined) return undefined;
    pieces.push({ text: text.slice(end, match.index), wild: true }, { text: value, wild: false });
    end = match.index + match[0].length;
  }
  return [...pieces, { text: text.slice(end), wild: true }];
}

function variableValue(inner: string, context: RequestContext): string | undefined {
  if (specialCharacters.includes(inner)) return inner;
  const { key = "", byDefault } = named.exec(inner)?.groups ?? {};
  const [value = byDefault, ...more] = context.values(key);
  return more.length === 0 ? value : undefined;
}

/** Whether something in the text is filled in before it is compared. */
export function hasVariables(text: string, version: PolicyVersion): boolean {
  return version === "2012-10-17" && text.includes("${");
}

/** The variables in a text that cannot be read, as written. */
export function malformedVariables(text: string, version: PolicyVersion): readonly string[] {
  if (version === "2008-10-17") return [];
  const malformed = [...text.matchAll(variables)]
    .filter(([, inner = ""]) => !specialCharacters.includes(inner) && !named.test(inner))
    .map(([written]) => written);
  const unclosed = /\$\{[^}]*$/u.exec(text);
  return unclosed ? [...malformed, unclosed[0]] : malformed;
}
