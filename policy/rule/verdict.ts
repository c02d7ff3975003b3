import { ConfigError } from "../settings/ruleConfig";

/** What a rule finds on one resource, collected so that one unknown value never hides a violation. */
export class Verdict {
  readonly #violations: string[] = [];
  readonly #undecided = new Set<string>();
  #inapplicable: string | undefined;

  /** @param message what is wrong and how to fix it; no value that could be a secret */
  violation(message: string): void {
    this.#violations.push(message);
  }

  /** @param what the value that is missing: its property path, or a noun such as "the bucket policy" */
  undecided(what: string): void {
    this.#undecided.add(what);
  }

  /** @param reason why the rule has nothing to say about this resource */
  inapplicable(reason: string): void {
    this.#inapplicable = reason;
  }

  get violations(): readonly string[] {
    return this.#violations;
  }

  get missing(): readonly string[] {
    return [...this.#undecided];
  }

  /** `undefined` when the rule applies. */
  get reasonNotToApply(): string | undefined {
    return this.#inapplicable;
  }
}

/** Starts the reason of every `notApplicable` that stands for "cannot be decided yet". */
const undecidedPrefix = "undecided:";

/** The reason by which a rule leaves its answer to the update. */
export function undecidedReason(missing: readonly string[]): string {
  const verb = missing.length === 1 ? "is" : "are";
  return `${undecidedPrefix} ${missing.join(", ")} ${verb} not known until the update`;
}

export function isUndecided(reason: string | undefined): boolean {
  return reason?.startsWith(undecidedPrefix) ?? false;
}

/**
 * What `judge` finds. An exception would end the whole operation for every rule of the pack; as a
 * violation it keeps the gate closed and says which rule it was.
 */
export function verdictOf(evaluate: (verdict: Verdict) => void): Verdict {
  const verdict = new Verdict();
  try {
    evaluate(verdict);
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
