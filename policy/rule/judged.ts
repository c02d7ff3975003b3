import { ConfigError } from "../settings/ruleConfig";
import { Verdict } from "./verdict";

/**
 * What `judge` finds. An exception would end the whole operation for every rule of the pack; as a
 * violation it keeps the gate closed and says which rule it was.
 */
export function judged(judge: (verdict: Verdict) => void): Verdict {
  const verdict = new Verdict();
  try {
    judge(verdict);
  } catch (error) {
    // The message of any other error may quote a value, and values may be secret.
    verdict.violation(
      error instanceof ConfigError
        ? error.message
        : "The rule itself failed on this input, which is a fault of the policy pack: report it.",
    );
  }
  return verdict;
}
