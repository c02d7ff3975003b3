import type { StackPlan } from "../../../engine/planStack";
import type { GraphResource } from "../../../engine/graph/resourceGraph";
import { type ResourceDifference, resourceDifferences } from "./resourceDifferences";
import { type SettingDifference, settingDifferences } from "./settingDifferences";
import { matchResources, sidesOf } from "./sides";
import { type TagDifference, tagDifferences } from "./tagDifferences";
import { type VerdictDifference, verdictDifferences } from "./verdictDifferences";

/** What differs between two stacks of a project and matters. Its values hold no secrets. */
export interface Comparison {
  readonly project: string;
  /** The names of the two stacks. */
  readonly stacks: Both<string>;
  readonly regions: Both<string>;
  readonly settings: readonly SettingDifference[];
  readonly resources: readonly ResourceDifference[];
  readonly onlyHere: readonly ResourceName[];
  readonly onlyThere: readonly ResourceName[];
  readonly tags: readonly TagDifference[];
  readonly policies: readonly VerdictDifference[];
  /** How many mandatory violations each stack has, also where both have the same. */
  readonly mandatoryViolations: Both<number>;
}

/** A resource that is in one stack only. */
export interface ResourceName {
  readonly type: string;
  readonly name: string;
  readonly urn: string;
}

interface Both<Value> {
  readonly here: Value;
  readonly there: Value;
}

/** Compares a stack with another one of the same project. */
export function compareStacks(here: StackPlan, there: StackPlan): Comparison {
  const sides = sidesOf(here, there);
  const { pairs, onlyHere, onlyThere } = matchResources(sides);
  const both = <Value>(of: (plan: StackPlan) => Value): Both<Value> => ({
    here: of(here),
    there: of(there),
  });
  return {
    project: here.graph.project,
    stacks: both(({ graph }) => graph.stack),
    regions: both(({ region }) => region),
    settings: settingDifferences(pairs, sides),
    resources: resourceDifferences(pairs, sides),
    onlyHere: onlyHere.map(resourceName),
    onlyThere: onlyThere.map(resourceName),
    tags: tagDifferences(pairs, sides),
    policies: verdictDifferences(sides),
    mandatoryViolations: both(mandatoryViolations),
  };
}

function resourceName({ type, name, urn }: GraphResource): ResourceName {
  return { type, name, urn };
}

/** How many violations must not be deployed. */
export function mandatoryViolations({ report }: StackPlan): number {
  return report.violations.filter(({ level }) => level === "mandatory").length;
}
