import * as z from "zod";
import type { GraphResource, PropertyValue } from "../../../engine/graph/resourceGraph";
import { type Detail, inputText, parseJson, shownValue } from "./inputValue";
import { type Fact, factsByType } from "./resourceFacts";

/** What plans and comparisons show of a resource. */
export interface ResourceDetails {
  readonly facts: readonly Detail[];
  /** The lifecycle rules of a bucket. */
  readonly rules: readonly Detail[];
  /** The statements of an IAM policy document. */
  readonly statements: readonly Detail[];
}

export function resourceDetails(resource: GraphResource): ResourceDetails {
  const { type, inputs } = resource;
  const { facts = [], report, rules, document } = factsByType[type] ?? {};
  const policy = document === undefined ? undefined : inputs[document];
  return {
    facts:
      report?.(resource) ??
      facts.flatMap((fact) => {
        const value = factText(fact, inputs);
        return value === undefined ? [] : [{ label: fact.label, value }];
      }),
    rules: rules?.(inputs) ?? [],
    statements: policy === undefined ? [] : policyStatements(policy),
  };
}

function factText(fact: Fact, inputs: GraphResource["inputs"]): string | undefined {
  if ("format" in fact) return fact.format(inputs);
  const text = inputText(inputs, fact.path);
  if (text === undefined || fact.unit === undefined) return text;
  return `${text} ${fact.unit}`;
}

const actionList = z.union([z.string(), z.array(z.string())]).optional();

const policyStatement = z.looseObject({
  ...{ Sid: z.string().default(""), Effect: z.string().default("") },
  ...{ Action: actionList, NotAction: actionList },
});

/** Only the elements that plans show; AWS checks the others. */
const policyDocument = z.object({
  Statement: z.union([policyStatement, z.array(policyStatement)]).default([]),
});

/** Each statement of an IAM policy document: its Sid, its effect and its actions. */
function policyStatements(policy: PropertyValue): Detail[] {
  if (typeof policy !== "string") return [{ label: "", value: shownValue(policy) }];
  const document = parseJson(policy, policyDocument);
  if (document === undefined) return [{ label: "", value: "not a policy document" }];
  return [document.Statement].flat().map((statement) => {
    const { Sid, Effect, Action, NotAction } = statement;
    const actions = [Action ?? NotAction ?? []].flat().join(", ");
    const scope = NotAction === undefined ? actions : `all except ${actions}`;
    return {
      label: Sid,
      value: `${Effect.toLowerCase()} ${scope}`.trim(),
      whole: JSON.stringify(statement),
    };
  });
}

/** The options for which a deployment does not freely create, replace and delete a resource. */
export function resourceMarks({
  external,
  options,
}: GraphResource): [mark: string, applies: boolean][] {
  return [
    ["existing", external],
    ["protect", options.protect === true],
    ["retain on delete", options.retainOnDelete === true],
    ["import", options.import !== undefined],
  ];
}
