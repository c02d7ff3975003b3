import { withData } from "../results/resultData";
import { ConfigError } from "../settings/ruleConfig";

/** The results of a rule for one resource, collected so that an unknown value hides no violation. */
export class Verdict {
  readonly #violations: string[] = [];
  readonly #undecided = new Set<string>();
  readonly #deferred: Deferred[] = [];
  #inapplicable: string | undefined;

  /** @param message what is wrong and how to fix it; no value that could be a secret */
  violation(message: string): void {
    this.#violations.push(message);
  }

  /** @param what the unknown value: its property path, or a noun such as "the bucket policy" */
  undecided(what: string): void {
    this.#undecided.add(what);
  }

  /** @param reason why the rule does not apply to this resource */
  inapplicable(reason: string): void {
    this.#inapplicable = reason;
  }

  /** A violation that another rule reports, unless that rule is disabled or exempt. */
  defer(deferred: Deferred): void {
    this.#deferred.push(deferred);
  }

  /** Adds the violations and unknown values of another verdict. */
  add({ violations, missing, deferred }: Verdict): void {
    this.#violations.push(...violations);
    this.#deferred.push(...deferred);
    for (const what of missing) this.#undecided.add(what);
  }

  get violations(): readonly string[] {
    return this.#violations;
  }

  get missing(): readonly string[] {
    return [...this.#undecided];
  }

  get deferred(): readonly Deferred[] {
    return this.#deferred;
  }

  /** `undefined` when the rule applies. */
  get reasonNotToApply(): string | undefined {
    return this.#inapplicable;
  }
}

/** One cause is one finding: of several rules that a cause violates, one reports it. */
export interface Deferred {
  /** The rule that reports it. */
  readonly rule: string;
  /** The violation, if that rule does not. */
  readonly message: string;
  /** What that rule reports: "the policy cannot be read". */
  readonly cause: string;
}

/**
 * Reports what a rule found.
 *
 * @param isReported whether a rule reports what it finds in the same resource. Default: every rule does.
 */
export function reportFindings(
  verdict: Verdict,
  report: (message: string) => void,
  isReported: (rule: string) => boolean = () => true,
): void {
  const { violations, deferred } = verdict;
  const own = deferred.filter(({ rule }) => !isReported(rule));
  for (const message of [...violations, ...own.map((one) => one.message)]) report(message);
  const [first] = deferred;
  if (first !== undefined && violations.length + own.length === 0) {
    verdict.inapplicable(`${first.cause}, which ${first.rule} reports`);
  }
}

/** Starts the reason of every `notApplicable` that means "undecided". */
const undecidedPrefix = "undecided:";

/** What a result for one resource depends on. */
export interface Missing {
  /** Absent in a rule on one resource. */
  readonly resource?: { readonly urn: string; readonly name: string };
  readonly values: readonly string[];
}

/** The reason why a rule is undecided until the update, in words and as data. */
export function undecidedReason(missing: readonly Missing[]): string {
  const values = missing.flatMap((entry) =>
    entry.values.map((value) =>
      entry.resource === undefined ? value : `${value} of "${entry.resource.name}"`,
    ),
  );
  return withData(`${undecidedPrefix} ${areUnknown(values)}`, {
    undecided: missing.map((entry) => ({
      ...(entry.resource && { urn: entry.resource.urn }),
      values: entry.values,
      reason: areUnknown(entry.values),
    })),
  });
}

function areUnknown(values: readonly string[]): string {
  const verb = values.length > 1 || values.some(isPlural) ? "are" : "is";
  return `${values.join(", ")} ${verb} unknown until the update`;
}

/** Whether a noun such as "the policies of the role" is plural; the name of a property never is. */
function isPlural(what: string): boolean {
  const [noun = ""] = what.split(/ (?:as|of) /);
  return noun.startsWith("the ") && /[^s]s$/.test(noun);
}

export function isUndecided(reason: string | undefined): boolean {
  return reason?.startsWith(undecidedPrefix) ?? false;
}

/**
 * The verdict of an evaluation. An exception becomes a violation, which blocks the deployment and
 * names the rule; thrown, it would end the operation for all rules of the pack.
 */
export function verdictOf(evaluate: (verdict: Verdict) => void): Verdict {
  const verdict = new Verdict();
  try {
    evaluate(verdict);
  } catch (error) {
    // The message of any other error may contain a value, and values may be secret.
    verdict.violation(
      error instanceof ConfigError
        ? error.message
        : "The rule itself failed on this input, which is a bug in the policy pack: report it.",
    );
  }
  return verdict;
}
