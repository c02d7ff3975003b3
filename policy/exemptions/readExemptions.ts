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
  return readEntries(file, entries as readonly unknown[], policies);
}

/**
 * Reads the exemptions in the policy config of a rule: entries without `policy`.
 *
 * @param policy the name of the rule
 */
export function readConfigExemptions(policy: string, entries: unknown): ExemptionList {
  const place = `the policy config of ${policy}`;
  if (!Array.isArray(entries))
    return {
      exemptions: [],
      problems: [`In ${place}, exemptions is not a list: none is in effect.`],
    };
  const ofRule = entries.map((entry: unknown): unknown =>
    isObject(entry) ? { policy, ...entry } : entry,
  );
  return readEntries(`exemptions in ${place}`, ofRule, [policy]);
}

function readEntries(
  place: string,
  entries: readonly unknown[],
  policies: readonly string[],
): ExemptionList {
  const read = entries.map((entry, index) => {
    const problems = entryProblems(entry, policies);
    const problem = `${place}: entry ${index + 1} is not in effect: ${problems.join("; ")}.`;
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
  if (!isObject(entry)) return ["it is not an object"];
  const unknownKeys = Object.keys(entry)
    .filter((key) => !Object.hasOwn(fields, key))
    .map((key) => `"${key}" is not one of ${Object.keys(fields).join(", ")}`);
  const badValues = Object.entries(fields).flatMap(([key, { required, isValid, allowed }]) => {
    const value = entry[key];
    if (value === undefined) return required ? [`${key} is absent`] : [];
    if (typeof value === "string" && isValid(value, policies)) return [];
    return [`${key} is ${JSON.stringify(value)}, not ${allowed}`];
  });
  return [...unknownKeys, ...badValues];
}

function isObject(entry: unknown): entry is Readonly<Record<string, unknown>> {
  return typeof entry === "object" && entry !== null && !Array.isArray(entry);
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
