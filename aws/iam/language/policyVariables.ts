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
): Substituted | undefined {
  if (version === "2008-10-17") return { pattern: wildPattern(written), isKnown: true };
  const pieces: PatternPiece[] = [];
  let isKnown = true;
  let end = 0;
  for (const match of written.matchAll(variables)) {
    const value = variableValue(match[1] ?? "", context);
    if (value === undefined) return undefined;
    pieces.push({ value: written.slice(end, match.index), wild: true });
    pieces.push(value === unknownValue ? { value: "*", wild: true } : { value, wild: false });
    isKnown &&= value !== unknownValue;
    end = match.index + match[0].length;
  }
  return { pattern: [...pieces, { value: written.slice(end), wild: true }], isKnown };
}

/** A string of a policy with the values of its variables. */
export interface Substituted {
  readonly pattern: Pattern;
  /** False if the value of a variable is unknown: the pattern then has a wildcard in its place. */
  readonly isKnown: boolean;
}

const unknownValue = Symbol("unknown");

function variableValue(
  variable: string,
  context: RequestContext,
): string | typeof unknownValue | undefined {
  if (specialCharacters.includes(variable)) return variable;
  const { key = "", defaultValue } = variableForm.exec(variable)?.groups ?? {};
  const values = context.values(key);
  if (!values) return unknownValue;
  const [value = defaultValue, ...more] = values;
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
