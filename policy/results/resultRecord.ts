import type { UndecidedData } from "./resultData";

/** An undecided result of a rule for a resource. */
export interface UndecidedResult extends UndecidedData {
  readonly rule: string;
  readonly urn: string;
  /** Whether the policy config of the rule requires a decision. */
  readonly isRequired: boolean;
}

/** What the rules of a run could not decide, and which types of resources they looked at. */
export interface RunResults {
  readonly undecided: readonly UndecidedResult[];
  readonly evaluatedTypes: readonly string[];
}

/**
 * Records what is known only after all rules. A resource can be evaluated more than once in a run: its
 * last result counts.
 */
export class ResultRecord {
  /** By rule, then by URN. */
  readonly #undecided = new Map<string, Map<string, UndecidedData>>();
  readonly #types = new Set<string>();
  /** The rules that must decide. */
  readonly #deciding = new Set<string>();

  /** Sets whether the policy config of a rule requires that none of its results is undecided. */
  require(rule: string, isRequired: boolean): void {
    if (isRequired) this.#deciding.add(rule);
    else this.#deciding.delete(rule);
  }

  looksAt(types: readonly string[]): void {
    for (const type of types) this.#types.add(type);
  }

  /** Notes that the evaluation of a resource begins. */
  begin(rule: string, urn: string): void {
    this.#undecided.get(rule)?.delete(urn);
  }

  /** Notes that a rule is undecided for a resource. */
  undecided(rule: string, urn: string, data: UndecidedData): void {
    const ofRule = this.#undecided.get(rule) ?? new Map<string, UndecidedData>();
    this.#undecided.set(rule, ofRule.set(urn, data));
  }

  /** Ends the run. */
  close(): RunResults {
    const undecided = [...this.#undecided].flatMap(([rule, resources]) =>
      [...resources].map(([urn, data]) => ({
        ...data,
        rule,
        urn,
        isRequired: this.#deciding.has(rule),
      })),
    );
    const evaluatedTypes = [...this.#types].sort();
    this.#undecided.clear();
    this.#types.clear();
    return { undecided, evaluatedTypes };
  }
}
