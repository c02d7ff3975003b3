import type { GraphResource, PropertyValue } from "../../../engine/graph/resourceGraph";
import { type Detail, inputText, shownValue } from "./inputValue";
import { type Fact, resourceFacts } from "./resourceFacts";

/** What matters of a resource. */
export interface ResourceDetails {
  readonly facts: readonly Detail[];
  /** The rules that it is made of, e.g. the statements of a policy document. */
  readonly rules: readonly Detail[];
}

export function resourceDetails({ type, inputs }: GraphResource): ResourceDetails {
  const { facts = [], rules, document } = resourceFacts[type] ?? {};
  const told = facts.flatMap((fact) => {
    const value = factText(fact, inputs);
    return value === undefined ? [] : [{ label: fact.label, value }];
  });
  const policy = document === undefined ? undefined : inputs[document];
  return {
    facts: told,
    rules: [...(rules?.(inputs) ?? []), ...(policy === undefined ? [] : policyStatements(policy))],
  };
}

function factText(fact: Fact, inputs: GraphResource["inputs"]): string | undefined {
  if ("format" in fact) return fact.format(inputs);
  const text = inputText(inputs, fact.path);
  if (text === undefined || fact.unit === undefined) return text;
  return `${text} ${fact.unit}`;
}

interface Statement {
  readonly Sid?: string;
  readonly Effect?: string;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
}

/** Each statement of an IAM policy document by its name, and what it allows or denies. */
function policyStatements(policy: PropertyValue): Detail[] {
  if (typeof policy !== "string") return [{ label: "", value: shownValue(policy) }];
  let document: { readonly Statement?: Statement | readonly Statement[] } | null;
  try {
    document = JSON.parse(policy) as typeof document;
  } catch {
    return [{ label: "", value: "not a policy document" }];
  }
  return [document?.Statement ?? []].flat().map((statement) => {
    const { Sid = "", Effect = "", Action, NotAction } = statement;
    const actions = [Action ?? NotAction ?? []].flat().join(", ");
    const scope = NotAction === undefined ? actions : `all but ${actions}`;
    return {
      label: Sid,
      value: `${Effect.toLowerCase()} ${scope}`.trim(),
      whole: JSON.stringify(statement),
    };
  });
}

/** What sets a resource apart from one that a deployment creates and deletes at will. */
export function resourceMarks({ external, options }: GraphResource): [mark: string, is: boolean][] {
  return [
    ["existing", external],
    ["protect", options.protect === true],
    ["retain on delete", options.retainOnDelete === true],
    ["import", options.import !== undefined],
  ];
}
