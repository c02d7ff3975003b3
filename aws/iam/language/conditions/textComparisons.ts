import { matchesPattern, patternText } from "../wildcards";
import type { Comparison } from "./comparison";

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
