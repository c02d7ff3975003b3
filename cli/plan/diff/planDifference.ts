import type { Redact } from "../../../engine/graph/redaction";
import {
  type GraphResource,
  type PropertyValue,
  Unknown,
} from "../../../engine/graph/resourceGraph";
import type { Violation } from "../../../engine/policy/policyReport";
import type { Undecided } from "../../../engine/policy/resultData";
import {
  type DeclaredChange,
  declaredChanges,
} from "../../../local/changes/declared/declaredChanges";
import { declaredLosses } from "../../../local/changes/evaluatePreview";
import { lostWith } from "../../../local/changes/replacement/replacementFacts";
import { formerResources } from "../../../local/changes/declared/formerResources";
import type { GateFinding } from "../../../local/changes/gateFinding";
import { type AccessDifference, accessOnlyIn } from "../compare/accessDifferences";
import { findingsOnlyIn } from "../compare/findingDifferences";
import {
  type ComparedSetting,
  type SettingDifference,
  settingDifferences,
} from "../compare/settingDifferences";
import { type Side, sidesOf } from "../compare/sides";
import type { PlanWithAccess } from "../access/planWithAccess";
import { shownValue } from "../resources/inputValue";
import type { BasedPlan } from "./diffBase";
import { type GrantDifference, grantDifferences } from "./grantDifferences";

/** What a change of the program, its config or its packages does to a stack, without secrets. */
export interface PlanDifference {
  readonly project: string;
  readonly stack: string;
  readonly base: {
    readonly kind: "revision" | "plan" | "export";
    readonly name: string;
    readonly commit?: string;
  };
  readonly notes: readonly string[];
  readonly resources: readonly ResourceChange[];
  readonly settings: readonly SettingChange[];
  readonly grants: readonly GrantDifference[];
  readonly access: Delta<Omit<AccessDifference, "stack">>;
  readonly policies: Delta<Violation | Undecided>;
}

interface Delta<Entry> {
  readonly added: readonly Entry[];
  readonly fixed: readonly Entry[];
}

/** What an update would do to one resource. */
export interface ResourceChange extends Omit<
  DeclaredChange,
  "properties" | "options" | "before" | "after"
> {
  readonly properties: readonly ShownProperty[];
  /** Changed only because it refers to what is replaced. */
  readonly isFollowing: boolean;
  /** What is gone with a resource that is replaced; absent if that is unknown. */
  readonly lost?: string;
  /** What `streamlake gate` would find. */
  readonly losses: readonly GateFinding[];
}

interface ShownProperty {
  /** Its path. */
  readonly property: string;
  /** As text; null if it is absent. */
  readonly before: string | null;
  readonly after: string | null;
}

interface SettingChange {
  readonly component: string;
  readonly setting: string;
  readonly before: ComparedSetting | null;
  readonly after: ComparedSetting | null;
}

/** Compares the plan of the working tree with its base. */
export function planDifference({ base, plan, notes }: BasedPlan): PlanDifference {
  const { plan: former, ...shownBase } = base;
  const pairs = formerResources(former.graph.resources, plan.graph.resources);
  const sides = sidesOf(former, plan);
  const [was, is] = [renamed(sides.here, sides.there, pairs), sides.there];
  const { redact } = is;
  const changes = declaredChanges(versionOf(former), versionOf(plan));
  const resources = new Map(plan.graph.resources.map((resource) => [resource.urn, resource]));
  const componentPairs = [...pairs].flatMap(([urn, here]) => {
    const there = resources.get(urn);
    return there === undefined ? [] : [{ here, there }];
  });
  return {
    ...{ project: plan.graph.project, stack: plan.graph.stack, base: shownBase, notes },
    resources: changes.map((change) => shownChange(change, redact)),
    settings: settingDifferences(componentPairs, { here: was, there: is })
      .filter(isChosen)
      .map(({ here, there, ...setting }) => ({ ...setting, before: here, after: there })),
    grants: changes
      .flatMap(({ kind, urn, before }) =>
        grantDifferences(
          kind === "added" ? undefined : (pairs.get(urn) ?? before),
          resources.get(urn),
        ),
      )
      .map((difference) => ({ ...difference, grant: redact(difference.grant) })),
    access: {
      added: accessOnlyIn(is, was).map(withoutStack),
      fixed: accessOnlyIn(was, is).map(withoutStack),
    },
    policies: { added: findingsOnlyIn(is, was), fixed: findingsOnlyIn(was, is) },
  };
}

function versionOf({ graph, region }: PlanWithAccess) {
  return { resources: graph.resources, region };
}

/** Nobody has chosen the default of a part that is on in only one of the versions. */
function isChosen({ here, there }: SettingDifference): boolean {
  return (here !== null && there !== null) || (here ?? there)?.origin === "stack";
}

/** The former side with the paths that its resources have now, so that findings about them are the same. */
function renamed(
  here: Side<PlanWithAccess>,
  there: Side<PlanWithAccess>,
  pairs: ReadonlyMap<string, GraphResource>,
): Side<PlanWithAccess> {
  const moved = [...pairs].flatMap(([urn, former]) => {
    const path = there.paths.get(urn);
    return path === undefined || urn === former.urn ? [] : [[former.urn, path] as const];
  });
  return { ...here, paths: new Map([...here.paths, ...moved]) };
}

function shownChange(change: DeclaredChange, redact: Redact): ResourceChange {
  const { properties, options } = change;
  const facts = omit(change, ["properties", "options", "before", "after"]);
  const text = (value: PropertyValue | undefined): string | null =>
    value === undefined || value === null ? null : redact(shownValue(value));
  const lost = change.kind === "replaced" ? lostWith(change.type) : undefined;
  return {
    ...facts,
    properties: [...properties, ...options].map(({ path, before, after }) => ({
      ...{ property: path, before: text(before), after: text(after) },
    })),
    isFollowing:
      change.kind === "changed" &&
      options.length === 0 &&
      properties.every(({ after }) => after instanceof Unknown),
    ...(lost !== undefined && { lost }),
    losses: declaredLosses(change).map((loss) => ({ ...loss, change: redact(loss.change) })),
  };
}

function withoutStack(difference: AccessDifference): Omit<AccessDifference, "stack"> {
  return omit(difference, ["stack"]);
}

function omit<Value extends object, Name extends keyof Value>(
  value: Value,
  names: readonly Name[],
): Omit<Value, Name> {
  const kept = Object.entries(value).filter(([name]) => !names.some((each) => each === name));
  return Object.fromEntries(kept) as Omit<Value, Name>;
}
