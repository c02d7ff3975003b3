import { decidableGraph } from "../../../engine/graph/madeUp";
import type { StackPlan } from "../../../engine/planStack";
import { checkAccess } from "../../../local/access/checkAccess";
import { type AccessVerdict, accessVerdict } from "./accessVerdict";

/** A plan with the access checks of its delivery streams. */
export interface PlanWithAccess extends StackPlan {
  /** One for each delivery stream. */
  readonly access: readonly AccessVerdict[];
}

export function planWithAccess(stackPlan: StackPlan): PlanWithAccess {
  const graph = decidableGraph(stackPlan.graph);
  return { ...stackPlan, access: checkAccess(graph).map(accessVerdict) };
}
