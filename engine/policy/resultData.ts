import type { PolicyNotApplicable } from "@pulumi/pulumi/proto/analyzer_pb";
import { isRecord } from "../graph/jsonRecord";

/** A rule that neither passes nor fails a resource, because it depends on an unknown value. */
export interface Undecided {
  readonly policy: string;
  readonly urn: string;
  readonly reason: string;
  /** What the result depends on, such as property paths; absent if the pack does not list it. */
  readonly values?: readonly string[];
  /** Whether an exemption from the rule is in effect for the resource. Default: false. */
  readonly isExempt?: true;
}

/** A violation that an exemption suppresses. */
export interface Exempted {
  readonly policy: string;
  readonly urn: string;
  readonly message: string;
  /** The last day of the exemption: `2026-12-31`. */
  readonly expires: string;
  /** Why the violation is accepted. */
  readonly reason: string;
}

/** An exemption in effect. */
export interface Exemption {
  readonly policy: string;
  /** Name or URN of the resources, with `*` for any characters. */
  readonly resource: string;
  readonly project?: string;
  readonly stack?: string;
  readonly reason: string;
  readonly owner: string;
  readonly ticket?: string;
  /** The last day on which it is in effect, in UTC: `2026-12-31`. */
  readonly expires: string;
  /** The path of the file that contains it, or which policy config does. */
  readonly file: string;
  /** How many violations it suppresses. */
  readonly violations: number;
  /** Whole days until its last day. */
  readonly daysLeft: number;
  /** Whether it ends so soon that somebody must act. */
  readonly endsSoon: boolean;
}

/** What the rules of a pack report in addition to violations. */
export interface ResultData {
  readonly undecided: readonly Undecided[];
  readonly exempted: readonly Exempted[];
  readonly exemptions: readonly Exemption[];
  /** Messages of violations that only repeat the data, for people. */
  readonly notices: readonly string[];
  /** The types of resources that the rules looked at; absent if the pack does not list them. */
  readonly evaluatedTypes?: readonly string[];
  /** By rule: the URNs of the resources that it evaluated; absent unless the pack was asked for them. */
  readonly evaluated?: EvaluatedResources;
}

export type EvaluatedResources = Readonly<Record<string, readonly string[]>>;

/** Marks the reason of a rule that applies but cannot decide, in any pack. */
const UNDECIDED = /^undecided:\s*/;

/**
 * Reads what is behind the text of a reason: one line of JSON, from a pack of `@streamlake/policy`. Any
 * other pack only has the text, of which `undecided:` at the start is recognized.
 *
 * @param urn of the resource or stack that the rule was called for
 */
export function readResultData(entry: PolicyNotApplicable, urn: string): ResultData {
  const policy = entry.getPolicyName();
  const { text, data } = split(entry.getReason());
  const undecided = list(data["undecided"], (item): Undecided[] => {
    const { reason, values, isExempt } = item;
    if (typeof reason !== "string") return [];
    return [
      {
        ...{ policy, urn: string(item["urn"]) || urn, reason, values: strings(values) },
        ...(isExempt === true && { isExempt }),
      },
    ];
  });
  const isUndecided = undecided.length === 0 && UNDECIDED.test(text);
  return {
    undecided: isUndecided ? [{ policy, urn, reason: text.replace(UNDECIDED, "") }] : undecided,
    exempted: list(data["exempt"], (item) => [
      {
        ...{ policy, urn: string(item["urn"]) || urn, message: string(item["message"]) },
        ...{ expires: string(item["expires"]), reason: string(item["reason"]) },
      },
    ]),
    exemptions: list(data["exemptions"], (item) => [exemption(item)]),
    notices: strings(data["notices"]),
    ...("evaluatedTypes" in data && { evaluatedTypes: strings(data["evaluatedTypes"]) }),
    ...(isRecord(data["evaluated"]) && { evaluated: evaluated(data["evaluated"]) }),
  };
}

type Item = Readonly<Record<string, unknown>>;

/** The only version of the data so far. */
const VERSION = 1;

function split(reason: string): { readonly text: string; readonly data: Item } {
  const [, text = reason, json] = /^(.*)\n(\{"streamlake":\d+[,}].*)$/su.exec(reason) ?? [];
  if (json === undefined) return { text, data: {} };
  const data = parseJson(json);
  return { text, data: data["streamlake"] === VERSION ? data : {} };
}

function parseJson(text: string): Item {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}

function exemption(item: Item): Exemption {
  const { project, stack, ticket } = item;
  return {
    ...{ policy: string(item["policy"]), resource: string(item["resource"]) },
    ...(typeof project === "string" && { project }),
    ...(typeof stack === "string" && { stack }),
    ...{ reason: string(item["reason"]), owner: string(item["owner"]) },
    ...(typeof ticket === "string" && { ticket }),
    ...{ expires: string(item["expires"]), file: string(item["file"]) },
    ...{ violations: number(item["violations"]), daysLeft: number(item["daysLeft"]) },
    endsSoon: item["endsSoon"] === true,
  };
}

/** Resolves the indexes that stand for URNs. */
function evaluated({ urns, rules }: Item): EvaluatedResources {
  const names = strings(urns);
  const entries = Object.entries(isRecord(rules) ? rules : {}).map(([rule, indexes]) => [
    rule,
    (Array.isArray(indexes) ? indexes : []).flatMap((index) => names[Number(index)] ?? []),
  ]);
  return Object.fromEntries(entries) as EvaluatedResources;
}

function list<Entry>(value: unknown, read: (item: Item) => readonly Entry[]): readonly Entry[] {
  return Array.isArray(value) ? value.filter(isRecord).flatMap((item) => read(item)) : [];
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

function string(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function number(value: unknown): number {
  return typeof value === "number" ? value : 0;
}
