import assert from "node:assert/strict";
import type { TestPolicy, TestPolicyConfig } from "./configured";
import {
  evaluatePolicies,
  type Evaluation,
  remediated,
  type TestViolation,
} from "./evaluatePolicies";
import { toWire } from "./markers";
import type { WireProperties } from "./markers";
import type { TestResource } from "./testResource";

/**
 * Starts an expectation of a policy. The policy runs in the last step, which must be awaited:
 *
 *     await expectPolicy(rule).on(stream, bucket).with({ minHours: 48 }).violates(/retention/);
 */
export function expectPolicy(policy: TestPolicy): PolicyExpectation {
  return new PolicyExpectation(policy, { resources: [], config: {}, inPreview: false });
}

interface EvaluationInput {
  readonly resources: readonly TestResource[];
  readonly config: TestPolicyConfig;
  readonly inPreview: boolean;
}

class PolicyExpectation {
  readonly #policy: TestPolicy;
  readonly #input: EvaluationInput;

  constructor(policy: TestPolicy, input: EvaluationInput) {
    this.#policy = policy;
    this.#input = input;
  }

  /** The resources of the stack. */
  on(...resources: readonly TestResource[]): PolicyExpectation {
    return new PolicyExpectation(this.#policy, { ...this.#input, resources });
  }

  /** The policy's entry in a policy config file. Default: empty, without defaults from the schema. */
  with(config: TestPolicyConfig): PolicyExpectation {
    return new PolicyExpectation(this.#policy, { ...this.#input, config });
  }

  /** Evaluates the resources as in a preview: `computed` values are unknown. */
  inPreview(): PolicyExpectation {
    return new PolicyExpectation(this.#policy, { ...this.#input, inPreview: true });
  }

  /** The policy applies to at least one resource, without a violation or an undecided result. */
  async passes(): Promise<void> {
    const { violations, undecided, notApplicable } = await this.#evaluate();
    assert.deepEqual({ violations, undecided }, { violations: [], undecided: [] });
    const evaluations = "validateStack" in this.#policy ? 1 : this.#input.resources.length;
    assert.ok(
      notApplicable.length < evaluations,
      `The policy does not apply: ${reasonsOf(notApplicable)}`,
    );
  }

  /**
   * The policy reports violations with these messages, in this order, and nothing is undecided.
   *
   * @returns the violations
   */
  async violates(...messages: readonly RegExp[]): Promise<readonly TestViolation[]> {
    const { violations, undecided } = await this.#evaluate();
    assert.deepEqual(undecided, []);
    assertMessages(violations, messages);
    return violations;
  }

  /**
   * The policy is undecided until the update.
   *
   * @param what the unknown value, as in the reason
   * @param messages of the violations that it reports nevertheless
   */
  async isUndecided(what: RegExp, ...messages: readonly RegExp[]): Promise<void> {
    const { violations, undecided } = await this.#evaluate();
    assert.equal(undecided.length, 1, `undecided: ${reasonsOf(undecided)}`);
    assert.match(reasonsOf(undecided), what);
    assertMessages(violations, messages);
  }

  /** The policy applies to none of the resources. */
  async doesNotApply(reason = /^/): Promise<void> {
    const { violations, undecided, notApplicable } = await this.#evaluate();
    assert.deepEqual({ violations, undecided }, { violations: [], undecided: [] });
    const evaluations = "validateStack" in this.#policy ? 1 : this.#input.resources.length;
    assert.equal(notApplicable.length, evaluations, "The policy applies");
    for (const entry of notApplicable) assert.match(entry.reason, reason);
  }

  /**
   * At level `remediate` the policy changes the only resource to exactly these inputs, including
   * secrets and unknown values. For the new inputs it reports no violation and no further change.
   */
  async remediatesTo(props: WireProperties): Promise<void> {
    const { config, inPreview } = this.#input;
    const resource = this.#onlyResource();
    const changed = await remediated(this.#policy, resource, config, inPreview);
    assert.deepEqual(changed, toWire(props, inPreview));
    const again = this.on({ ...resource, props });
    assert.deepEqual((await again.#evaluate()).violations, []);
    await again.isNotRemediated();
  }

  /** Even at level `remediate` the policy does not change the only resource. */
  async isNotRemediated(): Promise<void> {
    const { config, inPreview } = this.#input;
    const changed = await remediated(this.#policy, this.#onlyResource(), config, inPreview);
    assert.equal(changed, undefined);
  }

  #evaluate(): Promise<Evaluation> {
    const { resources, config, inPreview } = this.#input;
    const options = { config: { [this.#policy.name]: config }, inPreview };
    return evaluatePolicies([this.#policy], resources, options);
  }

  #onlyResource(): TestResource {
    const [resource, ...others] = this.#input.resources;
    assert.ok(resource && others.length === 0, "A remediation needs exactly one resource");
    return resource;
  }
}

function assertMessages(violations: readonly TestViolation[], messages: readonly RegExp[]): void {
  const found = violations.map(({ message }) => message);
  assert.equal(found.length, messages.length, `violations: ${found.join("\n") || "none"}`);
  messages.forEach((message, index) => {
    assert.match(found[index] ?? "", message);
  });
}

function reasonsOf(notApplied: Evaluation["notApplicable"]): string {
  return notApplied.map(({ reason }) => reason).join("; ");
}
