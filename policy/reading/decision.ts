import { UNKNOWN } from "./value";
import type { Unknown } from "./value";

/** A rule's answer to one question. `UNKNOWN`: it depends on a value that is not known yet. */
export type Decision = boolean | Unknown;

/** True when all are. One that is false decides, whatever is still unknown. */
export function allOf(decisions: readonly Decision[]): Decision {
  if (decisions.includes(false)) return false;
  return decisions.includes(UNKNOWN) ? UNKNOWN : true;
}

/** True when at least one is. One that is true decides, whatever is still unknown. */
export function anyOf(decisions: readonly Decision[]): Decision {
  if (decisions.includes(true)) return true;
  return decisions.includes(UNKNOWN) ? UNKNOWN : false;
}
