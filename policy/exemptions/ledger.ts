import { covers, isForStackOf } from "./exemption";
import type { Exemption, ExemptionList } from "./exemption";
import { readConfigExemptions } from "./readExemptions";

/** The outcome of an exemption in one run. */
export interface Outcome {
  readonly exemption: Exemption;
  readonly isExpired: boolean;
  /** How many violations it covers; while it is in effect, they are suppressed. */
  readonly violations: number;
  /** Whether it covers no violation, and nothing undecided or skipped could still be one. */
  readonly isUnused: boolean;
}

/** The results of a run so far for an exemption. */
interface Entry {
  evaluated: boolean;
  undecided: boolean;
  violations: number;
}

/**
 * Records which exemptions a run needed. A run evaluates each resource and then the stack; one
 * process may serve several runs, such as a preview and its update.
 */
export class ExemptionLedger {
  readonly #file: ExemptionList;
  /** By rule: its exemptions in the policy config, as JSON and as read. */
  readonly #config = new Map<string, ExemptionList & { readonly json: string }>();
  readonly #today: () => string;
  readonly #entries = new Map<Exemption, Entry>();

  /** @param today the date in UTC, as in `Exemption.expires` */
  constructor(file: ExemptionList, today = utcToday) {
    this.#file = file;
    this.#today = today;
  }

  /** The problems of the exemption file and of the exemptions in the policy config. */
  get problems(): readonly string[] {
    return this.#lists().flatMap(({ problems }) => problems);
  }

  /** Sets the exemptions that the policy config of a rule contains; undefined for none. */
  configure(policy: string, exemptions: unknown): void {
    if (exemptions === undefined) {
      this.#config.delete(policy);
      return;
    }
    const json = JSON.stringify(exemptions);
    if (this.#config.get(policy)?.json === json) return;
    this.#config.set(policy, { json, ...readConfigExemptions(policy, exemptions) });
  }

  /** Whether there is an exemption from this rule. */
  concerns(policy: string): boolean {
    return this.#all().some((exemption) => exemption.policy === policy);
  }

  /** The exemption from a rule that is in effect for a resource. */
  inEffect(policy: string, urn: string): Exemption | undefined {
    return this.#covering(policy, urn).find((exemption) => !this.#isExpired(exemption));
  }

  /** Notes a result of a rule for a resource, or only that the rule was evaluated. */
  note(policy: string, urn: string, result: "evaluated" | "undecided" | "violation"): void {
    for (const exemption of this.#covering(policy, urn)) {
      const entry = this.#entryOf(exemption);
      entry.evaluated = true;
      if (result === "undecided") entry.undecided = true;
      if (result === "violation") entry.violations++;
    }
  }

  /**
   * Ends the run.
   *
   * @param urns of all resources of the stack
   * @param applicable the URNs among them whose types a rule is about
   * @returns the outcomes of the exemptions for this stack
   */
  close(urns: readonly string[], applicable: (policy: string) => readonly string[]): Outcome[] {
    const [anyUrn] = urns;
    const ofStack = this.#all().filter(
      (exemption) => anyUrn !== undefined && isForStackOf(exemption, anyUrn),
    );
    const outcomes = ofStack.map((exemption) => {
      const { evaluated, undecided, violations } = this.#entryOf(exemption);
      // If the rule is disabled, or the update targets other resources, the rule has no result.
      const isSettled =
        evaluated || !applicable(exemption.policy).some((urn) => covers(exemption, urn));
      const isUnused = violations === 0 && !undecided && isSettled;
      return { exemption, isExpired: this.#isExpired(exemption), violations, isUnused };
    });
    this.#entries.clear();
    return outcomes;
  }

  #lists(): readonly ExemptionList[] {
    return [this.#file, ...this.#config.values()];
  }

  #all(): readonly Exemption[] {
    return this.#lists().flatMap(({ exemptions }) => exemptions);
  }

  #covering(policy: string, urn: string): readonly Exemption[] {
    return this.#all().filter((exemption) => exemption.policy === policy && covers(exemption, urn));
  }

  #entryOf(exemption: Exemption): Entry {
    const entry = this.#entries.get(exemption) ?? {
      evaluated: false,
      undecided: false,
      violations: 0,
    };
    this.#entries.set(exemption, entry);
    return entry;
  }

  #isExpired({ expires }: Exemption): boolean {
    return this.#today() > expires;
  }
}

function utcToday(): string {
  return new Date().toISOString().slice(0, 10);
}
