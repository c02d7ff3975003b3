import { covers, isMeantFor } from "./exemption";
import type { Exemption, ExemptionList } from "./exemption";

/** What came of an exemption in one run. */
export interface Outcome {
  readonly exemption: Exemption;
  readonly isExpired: boolean;
  /** How many violations it names; while it is in force, they are suppressed. */
  readonly violations: number;
  /** Whether it names none, and nothing is left that could show one. */
  readonly isUnused: boolean;
}

/** What a run has shown so far about an exemption. */
interface Entry {
  judged: boolean;
  undecided: boolean;
  violations: number;
}

/**
 * The book of a run: which exemption was needed for what. A run is the judgement of each resource
 * and then of the stack; one process may serve several, such as a preview and its update.
 */
export class ExemptionLedger {
  /** What is wrong with the exemption file. */
  readonly problems: readonly string[];
  readonly #exemptions: readonly Exemption[];
  readonly #today: () => string;
  readonly #entries = new Map<Exemption, Entry>();

  /** @param today the date in UTC, as in `Exemption.expires` */
  constructor({ exemptions, problems }: ExemptionList, today = utcToday) {
    this.#exemptions = exemptions;
    this.problems = problems;
    this.#today = today;
  }

  /** Whether any exemption is from this rule. */
  concerns(policy: string): boolean {
    return this.#exemptions.some((exemption) => exemption.policy === policy);
  }

  /** The exemption from a rule that is in force for a resource. */
  inForce(policy: string, urn: string): Exemption | undefined {
    return this.#covering(policy, urn).find((exemption) => !this.#isExpired(exemption));
  }

  /** Notes what a rule says of a resource; that it judges it at all, too. */
  note(policy: string, urn: string, answer: "judged" | "undecided" | "violation"): void {
    for (const exemption of this.#covering(policy, urn)) {
      const entry = this.#entryOf(exemption);
      entry.judged = true;
      if (answer === "undecided") entry.undecided = true;
      if (answer === "violation") entry.violations++;
    }
  }

  /**
   * Ends the run: what came of the exemptions that are meant for its stack.
   *
   * @param urns of all resources of the stack
   * @param judgeable those of them that are of a type that the rule is about
   */
  close(urns: readonly string[], judgeable: (policy: string) => readonly string[]): Outcome[] {
    const [anyUrn] = urns;
    const meant = this.#exemptions.filter(
      (exemption) => anyUrn !== undefined && isMeantFor(exemption, anyUrn),
    );
    const outcomes = meant.map((exemption) => {
      const { judged, undecided, violations } = this.#entryOf(exemption);
      // A rule that is disabled, or an update of a few targets, shows nothing about a resource.
      const isSettled =
        judged || !judgeable(exemption.policy).some((urn) => covers(exemption, urn));
      const isUnused = violations === 0 && !undecided && isSettled;
      return { exemption, isExpired: this.#isExpired(exemption), violations, isUnused };
    });
    this.#entries.clear();
    return outcomes;
  }

  #covering(policy: string, urn: string): readonly Exemption[] {
    return this.#exemptions.filter(
      (exemption) => exemption.policy === policy && covers(exemption, urn),
    );
  }

  #entryOf(exemption: Exemption): Entry {
    const entry = this.#entries.get(exemption) ?? {
      judged: false,
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
