import type { ReportViolation, ResourceValidationArgs } from "@pulumi/policy";

/** Starts the reason of every `notApplicable` that stands for "cannot be decided yet". */
const undecidedPrefix = "undecided:";

/** What a rule found, collected so that one unknown value never hides a violation. */
export class Verdict {
  readonly #violations: { readonly message: string; readonly urn: string | undefined }[] = [];
  readonly #undecided = new Set<string>();
  #inapplicable: string | undefined;

  /**
   * @param message what is wrong and how to fix it; no value that could be a secret
   * @param urn the resource to blame, needed in stack rules only
   */
  violation(message: string, urn?: string): void {
    this.#violations.push({ message, urn });
  }

  /** @param what the value that is missing, by its property path or its resource's name */
  undecided(what: string): void {
    this.#undecided.add(what);
  }

  /** @param reason why the rule has nothing to say about what it was given */
  inapplicable(reason: string): void {
    this.#inapplicable = reason;
  }

  /** Hands everything to the SDK. `notApplicable` throws, so it comes last. */
  conclude(args: Pick<ResourceValidationArgs, "notApplicable">, report: ReportViolation): void {
    for (const { message, urn } of this.#violations) report(message, urn);
    if (this.#undecided.size > 0) {
      const verb = this.#undecided.size === 1 ? "is" : "are";
      const what = [...this.#undecided].join(", ");
      args.notApplicable(`${undecidedPrefix} ${what} ${verb} not known until the update`);
    }
    if (this.#inapplicable !== undefined) args.notApplicable(this.#inapplicable);
  }
}
