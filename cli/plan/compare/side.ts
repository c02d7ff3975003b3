import type { StackPlan } from "../../../engine/planStack";
import { type Redact, redactorOf } from "../../../engine/graph/redaction";
import type { GraphResource } from "../../../engine/graph/resourceGraph";
import { type Neutral, neutralizer } from "./neutralText";

/** One of two stacks that are compared. */
export interface Side {
  readonly plan: StackPlan;
  /** Hides the secrets of both stacks. */
  readonly redact: Redact;
  readonly neutral: Neutral;
  /** URN -> what the resource is in any stack: the types and names from the root down to it. */
  readonly places: ReadonlyMap<string, string>;
}

export interface Sides {
  readonly here: Side;
  readonly there: Side;
}

export function sidesOf(here: StackPlan, there: StackPlan): Sides {
  const [redactHere, redactThere] = [redactorOf(here.graph), redactorOf(there.graph)];
  const redact = (text: string): string => redactThere(redactHere(text));
  const sideOf = (plan: StackPlan): Side => {
    const neutral = neutralizer(plan);
    return { plan, redact, neutral, places: placesOf(plan.graph.resources, neutral) };
  };
  return { here: sideOf(here), there: sideOf(there) };
}

/** Parents are registered before their children. */
function placesOf(
  resources: readonly GraphResource[],
  neutral: Neutral,
): ReadonlyMap<string, string> {
  const places = new Map<string, string>();
  for (const { urn, type, name, parent } of resources) {
    const above = parent === undefined ? "" : `${places.get(parent) ?? neutral(parent)} > `;
    places.set(urn, `${above}${type} ${neutral(name)}`);
  }
  return places;
}
