import { rehearse } from "../../../local/access/checkAccess";
import type { StackPlan } from "../../../engine/planStack";
import { type AccessVerdict, accessVerdict } from "./accessVerdict";

/** A plan, and what IAM would say to the delivery streams in it. */
export interface RehearsedPlan extends StackPlan {
  /** One for each delivery stream. */
  readonly access: readonly AccessVerdict[];
}

export function rehearsedPlan(stackPlan: StackPlan): RehearsedPlan {
  return { ...stackPlan, access: rehearse(stackPlan.graph).map(accessVerdict) };
}
