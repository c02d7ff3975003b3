import {
  matchesPattern,
  matchesUnits,
  type Pattern,
  patternString,
  type PatternUnit,
  patternUnits,
} from "../wildcards";

/** How a condition operator compares one value of a request with one value of a policy. */
export interface Comparison {
  /** Format of a value in a policy, e.g. "a number"; absent if any string is valid. */
  readonly format?: {
    readonly description: string;
    readonly accepts: (value: string) => boolean;
  };
  /** Whether the value may contain policy variables. */
  readonly variables: boolean;
  /** False if a value in the request does not have the operator's format. */
  readonly matches: (actual: string, wanted: Pattern) => boolean;
}

/** `*` and `?` are literal characters. */
export const stringEquals: Comparison = {
  variables: true,
  matches: (actual, wanted) => actual === patternString(wanted),
};

export const stringEqualsIgnoreCase: Comparison = {
  variables: true,
  matches: (actual, wanted) => actual.toLowerCase() === patternString(wanted).toLowerCase(),
};

export const stringLike: Comparison = {
  variables: true,
  matches: (actual, wanted) => matchesPattern(wanted, actual),
};

export const bool: Comparison = {
  format: { description: '"true" or "false"', accepts: isBoolean },
  variables: true,
  matches: stringEqualsIgnoreCase.matches,
};

/** Both the request and the policy encode bytes in base64. */
export const binaryEquals: Comparison = {
  format: { description: "base64", accepts: isBase64 },
  variables: false,
  matches: (actual, wanted) =>
    isBase64(actual) &&
    Buffer.from(actual, "base64").equals(Buffer.from(patternString(wanted), "base64")),
};

/** IAM ignores the case of "true" and "false". */
export function isBoolean(value: string): boolean {
  return ["true", "false"].includes(value.toLowerCase());
}

function isBase64(value: string): boolean {
  return /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/u.test(value);
}

const arnComponents = 6;

/**
 * Compares each of the six components separately, so `*` does not match a colon, except in the last
 * component. `*` alone matches every ARN.
 *
 * Source: IAM User Guide, "Amazon Resource Name (ARN) condition operators".
 */
export const arnLike: Comparison = {
  format: {
    description: 'an ARN of six components, which may contain * and ?, or "*"',
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
      patterns.length === arnComponents &&
      patterns.every((pattern, index) => matchesUnits(pattern, values[index] ?? ""))
    );
  },
};

function isArn(value: string): boolean {
  return value.startsWith("arn:") && value.split(":").length >= arnComponents;
}

/** The last component may contain colons. */
function components<Unit extends PatternUnit>(units: readonly Unit[]): readonly Unit[][] {
  const parts: Unit[][] = [[]];
  for (const unit of units) {
    if (unit === ":" && parts.length < arnComponents) parts.push([]);
    else parts.at(-1)?.push(unit);
  }
  return parts;
}
