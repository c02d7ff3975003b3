import type { GraphResource, PropertyValue } from "../../../engine/graph/resourceGraph";
import { isRecord } from "../../../engine/graph/jsonRecord";
import { type Detail, inputText, parseObject, shownValue } from "./inputValue";
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

/** Each statement of an IAM policy document: its Sid, its effect and its actions. */
function policyStatements(policy: PropertyValue): Detail[] {
  if (typeof policy !== "string") return [{ label: "", value: shownValue(policy) }];
  const document = parseObject(policy);
  const statements: readonly unknown[] = [document?.["Statement"] ?? []].flat();
  return document !== undefined && statements.every(isStatement)
    ? statements.map(statementDetail)
    : [{ label: "", value: "not a policy document" }];
}

/** The elements of a statement that plans show. AWS checks the others. */
interface Statement {
  readonly Sid?: string;
  readonly Effect?: string;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
}

function isStatement(value: unknown): value is Statement {
  if (!isRecord(value)) return false;
  const { Sid = "", Effect = "", Action = [], NotAction = [] } = value;
  const strings = [Sid, Effect, Action, NotAction].flat();
  return !Array.isArray(Sid) && !Array.isArray(Effect) && strings.every(isString);
}

function isString(value: unknown): value is string {
  return typeof value === "string";
}

function statementDetail(statement: Statement): Detail {
  const { Sid = "", Effect = "", Action, NotAction } = statement;
  const actions = [Action ?? NotAction ?? []].flat().join(", ");
  const scope = NotAction === undefined ? actions : `all except ${actions}`;
  return {
    label: Sid,
    value: `${Effect.toLowerCase()} ${scope}`.trim(),
    whole: JSON.stringify(statement),
  };
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
