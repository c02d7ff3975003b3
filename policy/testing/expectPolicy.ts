import assert from "node:assert/strict";
import type { TestPolicy, TestPolicyConfig } from "./configured";
import { evaluatePolicies } from "./evaluatePolicies";
import type { Evaluation, TestViolation } from "./evaluatePolicies";
import { toWire } from "./markers";
import type { WireProperties } from "./markers";
import { remediated } from "./remediated";
import type { TestResource } from "./testResource";

/**
 * Starts an expectation of a policy. Nothing runs before its last step, which is to be awaited:
 *
 *     await expectPolicy(rule).on(stream, bucket).with({ minHours: 48 }).violates(/retention/);
 */
export function expectPolicy(policy: TestPolicy): PolicyExpectation {
  return new PolicyExpectation(policy, { resources: [], config: {}, inPreview: false });
}

interface Circumstances {
  readonly resources: readonly TestResource[];
  readonly config: TestPolicyConfig;
  readonly inPreview: boolean;
}

class PolicyExpectation {
  readonly #policy: TestPolicy;
  readonly #given: Circumstances;

  constructor(policy: TestPolicy, given: Circumstances) {
    this.#policy = policy;
    this.#given = given;
  }

  /** The resources of the stack. */
  on(...resources: readonly TestResource[]): PolicyExpectation {
    return new PolicyExpectation(this.#policy, { ...this.#given, resources });
  }

  /** The policy's entry in a policy config file. Default: none, and none of its defaults either. */
  with(config: TestPolicyConfig): PolicyExpectation {
    return new PolicyExpectation(this.#policy, { ...this.#given, config });
  }

  /** As a preview sees the resources: `computed` values are unknown. */
  inPreview(): PolicyExpectation {
    return new PolicyExpectation(this.#policy, { ...this.#given, inPreview: true });
  }

  /** The policy applies to at least one resource, and has nothing to say against any. */
  async passes(): Promise<void> {
    const { violations, undecided, notApplicable } = await this.#evaluate();
    assert.deepEqual({ violations, undecided }, { violations: [], undecided: [] });
    const judgements = "validateStack" in this.#policy ? 1 : this.#given.resources.length;
    assert.ok(
      notApplicable.length < judgements,
      `The policy does not apply: ${reasonsOf(notApplicable)}`,
    );
  }

  /**
   * The policy reports violations with these messages, in this order, and leaves nothing undecided.
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
   * The policy cannot decide before the update.
   *
   * @param what is missing, as in its reason
   * @param messages of the violations that it finds nevertheless
   */
  async isUndecided(what: RegExp, ...messages: readonly RegExp[]): Promise<void> {
    const { violations, undecided } = await this.#evaluate();
    assert.equal(undecided.length, 1, `undecided: ${reasonsOf(undecided)}`);
    assert.match(reasonsOf(undecided), what);
    assertMessages(violations, messages);
  }

  /** The policy has nothing to do with any of the resources. */
  async doesNotApply(reason = /^/): Promise<void> {
    const { violations, undecided, notApplicable } = await this.#evaluate();
    assert.deepEqual({ violations, undecided }, { violations: [], undecided: [] });
    const judgements = "validateStack" in this.#policy ? 1 : this.#given.resources.length;
    assert.equal(notApplicable.length, judgements, "The policy applies");
    for (const entry of notApplicable) assert.match(entry.reason, reason);
  }

  /**
   * At level `remediate` the policy changes the one resource to these inputs. Secrets and unknowns
   * count. With them it finds no violation, and nothing more to change.
   */
  async remediatesTo(props: WireProperties): Promise<void> {
    const { config, inPreview } = this.#given;
    const resource = this.#onlyResource();
    const changed = await remediated(this.#policy, resource, config, inPreview);
    assert.deepEqual(changed, toWire(props, inPreview));
    const again = this.on({ ...resource, props });
    assert.deepEqual((await again.#evaluate()).violations, []);
    await again.isNotRemediated();
  }

  /** Even at level `remediate` the policy leaves the one resource as it is. */
  async isNotRemediated(): Promise<void> {
    const { config, inPreview } = this.#given;
    const changed = await remediated(this.#policy, this.#onlyResource(), config, inPreview);
    assert.equal(changed, undefined);
  }

  #evaluate(): Promise<Evaluation> {
    const { resources, config, inPreview } = this.#given;
    const options = { config: { [this.#policy.name]: config }, inPreview };
    return evaluatePolicies([this.#policy], resources, options);
  }

  #onlyResource(): TestResource {
    const [resource, ...others] = this.#given.resources;
    assert.ok(resource && others.length === 0, "A remediation is of one resource");
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
