import { reporters } from "../rule/reporters";
import type { EvaluatedData, UndecidedData } from "./resultData";

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
  /** Absent unless it was asked for. */
  readonly evaluated?: EvaluatedData;
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
  /** By rule: the URNs of the resources that it evaluated. */
  readonly #evaluated = new Map<string, Set<string>>();
  readonly #keepsEvaluated: boolean;
  /** By rule to which others defer: the URNs of the resources that it has been called for. */
  readonly #begun = new Map<string, Set<string>>(reporters.map((rule) => [rule, new Set()]));

  /**
   * @param keepsEvaluated whether the results contain which resources each rule evaluated: that takes
   *   memory for every rule and resource
   */
  constructor(keepsEvaluated = false) {
    this.#keepsEvaluated = keepsEvaluated;
  }

  /** Sets whether the policy config of a rule requires that none of its results is undecided. */
  require(rule: string, isRequired: boolean): void {
    if (isRequired) this.#deciding.add(rule);
    else this.#deciding.delete(rule);
  }

  looksAt(types: readonly string[]): void {
    for (const type of types) this.#types.add(type);
  }

  /** Notes that the evaluation of resources begins. */
  begin(rule: string, urns: readonly string[]): void {
    const undecided = this.#undecided.get(rule);
    for (const urn of urns) undecided?.delete(urn);
    const begun = this.#begun.get(rule);
    if (begun) for (const urn of urns) begun.add(urn);
    if (!this.#keepsEvaluated) return;
    const evaluated = this.#evaluated.get(rule) ?? new Set<string>();
    for (const urn of urns) evaluated.add(urn);
    this.#evaluated.set(rule, evaluated);
  }

  /** Whether a rule to which others defer has been called for a resource. A disabled rule never is. */
  hasBegun(rule: string, urn: string): boolean {
    return this.#begun.get(rule)?.has(urn) ?? false;
  }

  /** Notes that a rule does not apply to resources of its types. */
  skip(rule: string, urns: readonly string[]): void {
    const evaluated = this.#evaluated.get(rule);
    for (const urn of urns) evaluated?.delete(urn);
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
    const evaluated = this.#keepsEvaluated ? { evaluated: this.#evaluatedData() } : {};
    this.#undecided.clear();
    this.#types.clear();
    this.#evaluated.clear();
    for (const urns of this.#begun.values()) urns.clear();
    return { undecided, evaluatedTypes, ...evaluated };
  }

  #evaluatedData(): EvaluatedData {
    const urns = [...new Set([...this.#evaluated.values()].flatMap((ofRule) => [...ofRule]))];
    const indexes = new Map(urns.map((urn, index) => [urn, index]));
    const rules = [...this.#evaluated].map(([rule, ofRule]) => [
      rule,
      [...ofRule].map((urn) => indexes.get(urn) ?? 0),
    ]);
    return { urns, rules: Object.fromEntries(rules) as EvaluatedData["rules"] };
  }
}
