import type { GraphResource } from "../../../engine/graph/resourceGraph";
import type { StackPlan } from "../../../engine/planStack";
import { type FindingDifference, findingDifferences } from "./findingDifferences";
import { type ResourceDifference, resourceDifferences } from "./resourceDifferences";
import { type SettingDifference, settingDifferences } from "./settingDifferences";
import { matchResources, sidesOf } from "./sides";
import { type TagDifference, tagDifferences } from "./tagDifferences";

/** The relevant differences between two stacks of a project, without secrets. */
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
  readonly policies: readonly FindingDifference[];
  /** The number of mandatory violations in each stack, including those that both have. */
  readonly mandatoryViolations: Both<number>;
}

/** A resource that only one stack has. */
export interface ResourceName {
  readonly type: string;
  readonly name: string;
  readonly urn: string;
}

interface Both<Value> {
  readonly here: Value;
  readonly there: Value;
}

/** Compares a stack with another stack of the same project. */
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
    policies: findingDifferences(sides),
    mandatoryViolations: both(mandatoryViolations),
  };
}

function resourceName({ type, name, urn }: GraphResource): ResourceName {
  return { type, name, urn };
}

/** The number of violations that block a deployment. */
export function mandatoryViolations({ report }: StackPlan): number {
  return report.violations.filter(({ level }) => level === "mandatory").length;
}
