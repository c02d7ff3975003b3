import type { RequestContext } from "../accessRequest";
import type { PolicyVersion } from "./iamPolicy";
import { type Pattern, type PatternPiece, wildPattern } from "./wildcards";

const variables = /\$\{([^}]*)\}/gu;
/** A condition key and an optional default value. */
const variableForm = /^(?<key>[^:,']+:[^,']+)(?:, *'(?<defaultValue>[^']*)')?$/u;
const specialCharacters = ["*", "?", "$"];

/**
 * Replaces variables with their values, e.g. `${aws:PrincipalAccount}`,
 * `${aws:username, 'nobody'}`, and `${*}` with a literal asterisk. In version 2008-10-17 variables
 * are literal characters.
 *
 * Source: IAM User Guide, "IAM policy elements: Variables and tags".
 *
 * @returns undefined if the request has no value, or several, for one of the variables
 */
export function substituteVariables(
  written: string,
  version: PolicyVersion,
  context: RequestContext,
): Pattern | undefined {
  if (version === "2008-10-17") return wildPattern(written);
  const pieces: PatternPiece[] = [];
  let end = 0;
  for (const match of written.matchAll(variables)) {
    const value = variableValue(match[1] ?? "", context);
    if (value === undefined) return undefined;
    pieces.push({ value: written.slice(end, match.index), wild: true }, { value, wild: false });
    end = match.index + match[0].length;
  }
  return [...pieces, { value: written.slice(end), wild: true }];
}

function variableValue(variable: string, context: RequestContext): string | undefined {
  if (specialCharacters.includes(variable)) return variable;
  const { key = "", defaultValue } = variableForm.exec(variable)?.groups ?? {};
  const [value = defaultValue, ...more] = context.values(key);
  return more.length === 0 ? value : undefined;
}

/** Whether the string contains variables in this version of the policy language. */
export function hasVariables(written: string, version: PolicyVersion): boolean {
  return version === "2012-10-17" && written.includes("${");
}

/** The malformed variables of a string, as written. */
export function malformedVariables(written: string, version: PolicyVersion): readonly string[] {
  if (version === "2008-10-17") return [];
  const malformed = [...written.matchAll(variables)]
    .filter(
      ([, variable = ""]) => !specialCharacters.includes(variable) && !variableForm.test(variable),
    )
    .map(([match]) => match);
  const unclosed = /\$\{[^}]*$/u.exec(written);
  return unclosed ? [...malformed, unclosed[0]] : malformed;
}
