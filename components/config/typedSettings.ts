import { childOf, hasNames, itemOf, kindOf, type Schema } from "../settings/schemaTree";

/**
 * The value of a config key as Pulumi passes it: groups and lists as JSON, anything else as a string.
 * A whole number with more digits than a number can have becomes a string of its digits.
 */
export function parseConfigValue(text: string): unknown {
  try {
    JSON.parse(text);
  } catch {
    return text;
  }
  return JSON.parse(text.replace(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g, withAllDigits));
}

function withAllDigits(token: string): string {
  if (!/^-?\d+$/.test(token) || Number.isSafeInteger(Number(token))) return token;
  // Beyond 64 bits, Pulumi itself passes a rounded number.
  return BigInt.asIntN(64, BigInt(token)) === BigInt(token) ? `"${token}"` : token;
}

/**
 * Converts values to the types of their settings, where nothing is lost. With a path, the Pulumi CLI
 * writes `true`, `false` and whole numbers with their types and anything else as a string: the tag
 * `12345` is a number in the stack file, and the threshold `0.95` a string. What cannot be converted
 * stays as it is, and is then rejected.
 *
 * Source: `coerce` in sdk/go/common/resource/config/object.go of pulumi/pulumi.
 */
export function typedSettings(value: unknown, schema: Schema): unknown {
  const item = itemOf(schema);
  if (item !== undefined && Array.isArray(value))
    return value.map((child) => typedSettings(child, item));
  if (hasNames(schema) && typeof value === "object" && value !== null && !Array.isArray(value))
    return Object.fromEntries(
      Object.entries(value).map(([key, child]) => {
        const field = childOf(schema, key);
        return [key, field === undefined ? child : typedSettings(child, field)];
      }),
    );
  return typedLeaf(value, schema);
}

function typedLeaf(value: unknown, schema: Schema): unknown {
  switch (kindOf(schema)) {
    case "string":
      return typeof value === "boolean" || Number.isSafeInteger(value) ? String(value) : value;
    case "number":
      return typeof value === "string" && decimal.test(value) ? Number(value) : value;
    case "boolean":
      return value === "true" || value === "false" ? value === "true" : value;
    case undefined:
      return value;
  }
}

/** A number in JSON. */
const decimal = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
