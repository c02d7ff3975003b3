import { appendTo } from "../stack/link";
import { covers, isForStackOf } from "./exemption";
import type { Exemption, ExemptionList } from "./exemption";
import { readConfigExemptions } from "./readExemptions";

/** The outcome of an exemption in one run. */
export interface Outcome {
  readonly exemption: Exemption;
  /** Whole days until its last day; negative once it has expired. */
  readonly daysLeft: number;
  /** How many violations it covers; while it is in effect, they are suppressed. */
  readonly violations: number;
  /** Whether it covers no violation, and nothing undecided or skipped could still be one. */
  readonly isUnused: boolean;
}

/** The result of a rule for a resource that an exemption covers. */
interface Covered {
  undecided: boolean;
  violations: number;
}

const millisecondsInDay = 86_400_000;

/**
 * Records which exemptions a run needed. A run evaluates each resource and then the stack; one
 * process may serve several runs, such as a preview and its update. A resource can be evaluated more
 * than once in a run: its last result counts.
 */
export class ExemptionLedger {
  readonly #file: ExemptionList;
  /** The exemptions of the files, by rule. */
  readonly #ofFile = new Map<string, Exemption[]>();
  /** By rule: its exemptions in the policy config, as JSON and as read. */
  readonly #config = new Map<string, ExemptionList & { readonly json: string }>();
  readonly #today: () => string;
  /** By URN. */
  readonly #covered = new Map<Exemption, Map<string, Covered>>();

  /** @param today the date in UTC, as in `Exemption.expires` */
  constructor(file: ExemptionList, today = utcToday) {
    this.#file = file;
    for (const exemption of file.exemptions) appendTo(this.#ofFile, exemption.policy, exemption);
    this.#today = today;
  }

  /** The problems of the exemption files and of the exemptions in the policy config. */
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

  /** The exemption from a rule that is in effect for a resource. */
  inEffect(policy: string, urn: string): Exemption | undefined {
    return this.#covering(policy, urn).find((exemption) => this.#daysLeft(exemption) >= 0);
  }

  /** Notes a result of a rule for a resource, or that its evaluation begins. */
  note(policy: string, urn: string, result: "evaluated" | "undecided" | "violation"): void {
    for (const exemption of this.#covering(policy, urn)) {
      const resources = this.#covered.get(exemption) ?? new Map<string, Covered>();
      this.#covered.set(exemption, resources);
      const before = result === "evaluated" ? undefined : resources.get(urn);
      const covered = before ?? { undecided: false, violations: 0 };
      resources.set(urn, covered);
      if (result === "undecided") covered.undecided = true;
      if (result === "violation") covered.violations++;
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
      const covered = [...(this.#covered.get(exemption)?.values() ?? [])];
      const violations = covered.reduce((sum, result) => sum + result.violations, 0);
      // If the rule is disabled, or the update targets other resources, the rule has no result.
      const isSettled =
        covered.length > 0 || !applicable(exemption.policy).some((urn) => covers(exemption, urn));
      const isUnused = violations === 0 && !covered.some(({ undecided }) => undecided) && isSettled;
      return { exemption, daysLeft: this.#daysLeft(exemption), violations, isUnused };
    });
    this.#covered.clear();
    return outcomes;
  }

  #lists(): readonly ExemptionList[] {
    return [this.#file, ...this.#config.values()];
  }

  #all(): readonly Exemption[] {
    return this.#lists().flatMap(({ exemptions }) => exemptions);
  }

  #covering(policy: string, urn: string): readonly Exemption[] {
    const ofRule = this.#ofFile.get(policy) ?? [];
    const ofConfig = this.#config.get(policy)?.exemptions ?? [];
    if (ofRule.length + ofConfig.length === 0) return [];
    return [...ofRule, ...ofConfig].filter((exemption) => covers(exemption, urn));
  }

  #daysLeft({ expires }: Exemption): number {
    return (Date.parse(expires) - Date.parse(this.#today())) / millisecondsInDay;
  }
}

function utcToday(): string {
  return new Date().toISOString().slice(0, 10);
}
