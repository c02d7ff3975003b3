import type { GraphResource } from "../../../engine/graph/resourceGraph";
import type { StackPlan } from "../../../engine/planStack";
import { isBlocking } from "../../reports/findings";
import { deniedCalls } from "../access/accessVerdict";
import type { PlanWithAccess } from "../access/planWithAccess";
import { type AccessDifference, accessDifferences } from "./accessDifferences";
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
  readonly access: readonly AccessDifference[];
  /** The number of mandatory violations in each stack, including those that both have. */
  readonly mandatoryViolations: Both<number>;
  /** The number of calls of Firehose that IAM would deny in each stack. */
  readonly deniedCalls: Both<number>;
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
export function compareStacks(here: PlanWithAccess, there: PlanWithAccess): Comparison {
  const sides = sidesOf(here, there);
  const { pairs, onlyHere, onlyThere } = matchResources(sides);
  const both = <Value>(of: (plan: PlanWithAccess) => Value): Both<Value> => ({
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
    access: accessDifferences(sides),
    mandatoryViolations: both(mandatoryViolations),
    deniedCalls: both(({ access }) => deniedCalls(access)),
  };
}

function resourceName({ type, name, urn }: GraphResource): ResourceName {
  return { type, name, urn };
}

/** The number of violations that block a deployment. */
function mandatoryViolations({ report }: StackPlan): number {
  return report.violations.filter(isBlocking).length;
}
