import {
  matchesPattern,
  matchesUnits,
  type Pattern,
  patternText,
  type PatternUnit,
  patternUnits,
} from "../wildcards";

/** How a condition operator compares one value of a request with one of a policy. */
export interface Comparison {
  /** What a value in a policy must be, e.g. "a number"; absent where it may be any text. */
  readonly wants?: { readonly what: string; readonly accepts: (value: string) => boolean };
  /** Whether policy variables may stand in the value. */
  readonly variables: boolean;
  /** False where a value in the request is not of the operator's type. */
  readonly matches: (actual: string, wanted: Pattern) => boolean;
}

/** `*` and `?` are mere characters. */
export const stringEquals: Comparison = {
  variables: true,
  matches: (actual, wanted) => actual === patternText(wanted),
};

export const stringEqualsIgnoreCase: Comparison = {
  variables: true,
  matches: (actual, wanted) => actual.toLowerCase() === patternText(wanted).toLowerCase(),
};

export const stringLike: Comparison = {
  variables: true,
  matches: (actual, wanted) => matchesPattern(wanted, actual),
};

export const bool: Comparison = {
  wants: { what: '"true" or "false"', accepts: isBoolean },
  variables: true,
  matches: stringEqualsIgnoreCase.matches,
};

/** Bytes stand in a request as they do in a policy: in base64. */
export const binaryEquals: Comparison = {
  wants: { what: "base64", accepts: isBase64 },
  variables: false,
  matches: (actual, wanted) =>
    isBase64(actual) &&
    Buffer.from(actual, "base64").equals(Buffer.from(patternText(wanted), "base64")),
};

/** In any case of letters, as IAM takes it. */
export function isBoolean(value: string): boolean {
  return ["true", "false"].includes(value.toLowerCase());
}

function isBase64(value: string): boolean {
  return /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/u.test(value);
}

const componentsOfArn = 6;

/**
 * Each of the six components is compared by itself, so a `*` reaches over no colon but those in
 * the last one. `*` alone matches every ARN.
 *
 * Source: IAM User Guide, "Amazon Resource Name (ARN) condition operators".
 */
export const arnLike: Comparison = {
  wants: {
    what: 'an ARN of six components, where * and ? may stand, or "*"',
    accepts: (value) => value === "*" || isArn(value),
  },
  variables: true,
  matches: (actual, wanted) => {
    if (!isArn(actual)) return false;
    const units = patternUnits(wanted);
    if (units.length === 1) return matchesUnits(units, actual);
    const patterns = components(units);
    const values = components(Array.from(actual)).map((characters) => characters.join(""));
    return (
      patterns.length === componentsOfArn &&
      patterns.every((pattern, index) => matchesUnits(pattern, values[index] ?? ""))
    );
  },
};

function isArn(value: string): boolean {
  return value.startsWith("arn:") && value.split(":").length >= componentsOfArn;
}

/** The last one keeps its colons. */
function components<Unit extends PatternUnit>(units: readonly Unit[]): readonly Unit[][] {
  const parts: Unit[][] = [[]];
  for (const unit of units) {
    if (unit === ":" && parts.length < componentsOfArn) parts.push([]);
    else parts.at(-1)?.push(unit);
  }
  return parts;
}
