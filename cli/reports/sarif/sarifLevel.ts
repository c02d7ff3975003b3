import type { PolicyFacts } from "../../../engine/policy/policyFacts";
import { isBlocking } from "../findings";

/** What stops a deployment is an error, other violations are warnings, and small ones are notes. */
export function sarifLevel(judged: Pick<PolicyFacts, "level" | "severity">) {
  if (isBlocking(judged)) return "error";
  const { severity } = judged;
  return severity === "low" || severity === "unspecified" ? "note" : "warning";
}
