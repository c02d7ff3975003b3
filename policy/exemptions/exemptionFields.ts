import { nearestName } from "../reading/nearestName";
import type { Exemption } from "./exemption";

/** One field of an entry in an exemption file. */
interface ExemptionField {
  readonly required: boolean;
  /** For editors, in the JSON schema. */
  readonly description: string;
  /** Further keywords of the JSON schema. */
  readonly schema?: Readonly<Record<string, unknown>>;
  readonly isValid: (value: string, policies: readonly string[]) => boolean;
  readonly allowed: string;
}

const string = {
  required: true,
  isValid: (value: string) => value.trim() !== "",
  allowed: "a string that is not empty",
  schema: { minLength: 1 },
};

/** The fields of an entry: what is read, checked and published as JSON schema. */
const exemptionFields: Readonly<Record<keyof Omit<Exemption, "file">, ExemptionField>> = {
  policy: {
    required: true,
    description: "Name of the rule.",
    isValid: (value, policies) => policies.includes(value),
    allowed: "the name of a rule in this pack",
  },
  resource: {
    ...string,
    description: "Name or URN of the resource; * matches any characters.",
  },
  project: {
    ...string,
    required: false,
    description: "Name of the project; * matches any characters. Default: every project.",
  },
  stack: {
    ...string,
    required: false,
    description: "Name of the stack; * matches any characters. Default: every stack.",
  },
  reason: { ...string, description: "Why the violations are accepted." },
  owner: { ...string, description: "Who is responsible for the exemption." },
  ticket: {
    ...string,
    required: false,
    description: "Where the decision is recorded, such as SEC-123 or the URL of a ticket.",
  },
  expires: {
    required: true,
    description: "The last day on which the exemption is in effect, in UTC: 2026-12-31.",
    schema: { pattern: "^\\d{4}-\\d{2}-\\d{2}$" },
    isValid: isDate,
    allowed: "a date such as 2026-12-31",
  },
};

/** The JSON schema of one entry, for editors. */
export function exemptionSchema(policies: readonly string[]) {
  const fields = Object.entries(exemptionFields);
  return {
    type: "object",
    properties: Object.fromEntries(
      fields.map(([name, { description, schema }]) => [
        name,
        name === "policy"
          ? { description, anyOf: [{ enum: policies }, { type: "string" }] }
          : { type: "string", description, ...schema },
      ]),
    ),
    required: fields.filter(([, { required }]) => required).map(([name]) => name),
    additionalProperties: false,
  };
}

/** What is wrong with an entry, as clauses of a sentence. */
export function entryProblems(entry: unknown, policies: readonly string[]): readonly string[] {
  if (!isObject(entry)) return ["it is not an object"];
  const names = Object.keys(exemptionFields);
  const unknownFields = Object.keys(entry)
    .filter((name) => !names.includes(name))
    .map((name) => ({ name, meant: nearestName(name, names) }));
  const misspelled = unknownFields.map(({ meant }) => meant);
  const badValues = Object.entries(exemptionFields).flatMap(
    ([name, { required, isValid, allowed }]) => {
      const value = entry[name];
      if (value === undefined)
        return required && !misspelled.includes(name) ? [`${name} is absent`] : [];
      if (typeof value === "string" && isValid(value, policies)) return [];
      return [`${name} is ${JSON.stringify(value)}, not ${allowed}`];
    },
  );
  return [...unknownFields.map(unknownField), ...badValues];
}

function unknownField({
  name,
  meant,
}: {
  readonly name: string;
  readonly meant?: string | undefined;
}) {
  const fix =
    meant === undefined ? `use ${Object.keys(exemptionFields).join(", ")}` : `use "${meant}"`;
  return `"${name}" is not a field of an exemption: ${fix}`;
}

export function isObject(entry: unknown): entry is Readonly<Record<string, unknown>> {
  return typeof entry === "object" && entry !== null && !Array.isArray(entry);
}

function isDate(value: string): boolean {
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === value;
}
