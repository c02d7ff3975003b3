import { readFileSync } from "node:fs";
import type { Exemption, ExemptionList } from "./exemption";

/**
 * Reads the content of an exemption file, a JSON list. An entry with a problem has no effect.
 *
 * @param file its name, for messages
 * @param policies the names of the rules that exemptions can be from
 */
export function readExemptions(
  file: string,
  content: string,
  policies: readonly string[],
): ExemptionList {
  const entries = parseJson(content);
  if (!Array.isArray(entries)) {
    const problem = entries === undefined ? "not valid JSON" : "not a JSON list";
    return { exemptions: [], problems: [`${file} is ${problem}: no exemption is in effect.`] };
  }
  const read = (entries as readonly unknown[]).map((entry, index) => {
    const problems = entryProblems(entry, policies);
    const problem = `${file}: entry ${index + 1} is not in effect: ${problems.join("; ")}.`;
    return problems.length > 0 ? problem : (entry as Exemption);
  });
  return {
    exemptions: read.filter((entry) => typeof entry !== "string"),
    problems: read.filter((entry) => typeof entry === "string"),
  };
}

interface Field {
  readonly required: boolean;
  readonly isValid: (value: string, policies: readonly string[]) => boolean;
  readonly allowed: string;
}

const nonEmpty: Field = {
  required: true,
  isValid: (value) => value.trim() !== "",
  allowed: "a string that is not empty",
};

const fields: Readonly<Record<keyof Exemption, Field>> = {
  policy: {
    required: true,
    isValid: (value, policies) => policies.includes(value),
    allowed: "the name of a rule in this pack",
  },
  resource: nonEmpty,
  stack: { ...nonEmpty, required: false },
  reason: nonEmpty,
  owner: nonEmpty,
  expires: { required: true, isValid: isDate, allowed: "a date such as 2026-12-31" },
};

function entryProblems(entry: unknown, policies: readonly string[]): readonly string[] {
  if (typeof entry !== "object" || entry === null || Array.isArray(entry)) {
    return ["it is not an object"];
  }
  const values = entry as Readonly<Record<string, unknown>>;
  const unknownKeys = Object.keys(values)
    .filter((key) => !Object.hasOwn(fields, key))
    .map((key) => `"${key}" is not one of ${Object.keys(fields).join(", ")}`);
  const badValues = Object.entries(fields).flatMap(([key, { required, isValid, allowed }]) => {
    const value = values[key];
    if (value === undefined) return required ? [`${key} is absent`] : [];
    if (typeof value === "string" && isValid(value, policies)) return [];
    return [`${key} is ${JSON.stringify(value)}, not ${allowed}`];
  });
  return [...unknownKeys, ...badValues];
}

function isDate(value: string): boolean {
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === value;
}

function parseJson(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}

/**
 * Reads an exemption file. Never throws: the pack must start, and report the problem.
 *
 * @param policies the names of the rules that exemptions can be from
 */
export function readExemptionFile(file: string, policies: readonly string[]): ExemptionList {
  try {
    return readExemptions(file, readFileSync(file, "utf8"), policies);
  } catch (error) {
    const problem = `${file} cannot be read (${(error as Error).message})`;
    return { exemptions: [], problems: [`${problem}: no exemption is in effect.`] };
  }
}
