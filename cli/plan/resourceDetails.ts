import {
  type GraphResource,
  type PropertyValue,
  Secret,
  Unknown,
} from "../../local/engine/resourceGraph";
import { resourceFacts } from "./resourceFacts";

/** What matters of a resource. */
export interface ResourceDetails {
  /** Label and value, e.g. `retention 24 h`. */
  readonly facts: readonly string[];
  /** The statements of its policy document. */
  readonly statements: readonly string[];
}

export function resourceDetails({ type, inputs }: GraphResource): ResourceDetails {
  const { facts = [], document } = resourceFacts[type] ?? {};
  const told = facts.flatMap(({ label, path, unit }) => {
    const value = valueAt(inputs, path);
    if (value === undefined) return [];
    return [[label, shownValue(value), ...(unit === undefined ? [] : [unit])].join(" ")];
  });
  const policy = document === undefined ? undefined : inputs[document];
  return { facts: told, statements: policy === undefined ? [] : statementsOf(policy) };
}

function valueAt(inputs: PropertyValue, path: string): PropertyValue | undefined {
  let value: PropertyValue | undefined = inputs;
  for (const key of path.split(".")) {
    if (typeof value !== "object" || value === null) return undefined;
    // What is in a secret is secret, and in an unknown value unknown.
    if (value instanceof Secret || value instanceof Unknown) return value;
    value = (value as Readonly<Record<string, PropertyValue>>)[key];
  }
  return value;
}

/** A value as text, without what it hides. */
export function shownValue(value: PropertyValue): string {
  if (typeof value === "string") return value;
  if (value instanceof Secret || value instanceof Unknown) return value.toJSON();
  return JSON.stringify(value);
}

interface Statement {
  readonly Sid?: string;
  readonly Effect?: string;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
}

/** Each statement of a policy document by its name, and what it allows or denies. */
function statementsOf(policy: PropertyValue): string[] {
  if (typeof policy !== "string") return [shownValue(policy)];
  let document: { readonly Statement?: Statement | readonly Statement[] } | null;
  try {
    document = JSON.parse(policy) as typeof document;
  } catch {
    return ["not a policy document"];
  }
  return [document?.Statement ?? []].flat().map(({ Sid, Effect = "", Action, NotAction }) => {
    const actions = [Action ?? NotAction ?? []].flat().join(", ");
    const scope = NotAction === undefined ? actions : `all but ${actions}`;
    return `${Sid === undefined ? "" : `${Sid}: `}${Effect.toLowerCase()} ${scope}`.trim();
  });
}
