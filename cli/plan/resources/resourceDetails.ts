import type { GraphResource } from "../../../engine/graph/resourceGraph";
import type { Detail } from "./detail";
import { inputText } from "./inputValue";
import { policyStatements } from "./policyStatements";
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
  if ("tell" in fact) return fact.tell(inputs);
  const text = inputText(inputs, fact.path);
  if (text === undefined || fact.unit === undefined) return text;
  return `${text} ${fact.unit}`;
}
