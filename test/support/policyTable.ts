import assert from "node:assert/strict";
import type { Policies } from "@pulumi/policy";
import { evaluatePolicies } from "./evaluatePolicies";
import type { Evaluation, TestResource } from "./evaluatePolicies";

/** What a policy answers, case by case. Each title completes "passes ..." and so on. */
export interface PolicyTable {
  readonly policy: Policies[number];
  /** No answer but a pass. */
  readonly pass: Readonly<Record<string, PolicyCase>>;
  /** Exactly these violations, in this order. */
  readonly fail: Readonly<Record<string, PolicyCase & { readonly messages: readonly RegExp[] }>>;
  /** Undecided for this reason, and for nothing else; violations are a case's own. */
  readonly undecided: Readonly<
    Record<string, PolicyCase & { readonly what: string; readonly messages?: readonly RegExp[] }>
  >;
  /** Not applicable for a reason of this form. */
  readonly notApplicable: Readonly<Record<string, PolicyCase & { readonly reason: RegExp }>>;
}

export interface PolicyCase {
  readonly resources: readonly TestResource[];
  readonly config?: Readonly<Record<string, unknown>>;
  /** Names of the resources to blame, in the order of the violations. Default: the first one. */
  readonly blamed?: readonly string[];
}

/** Declares the tests of one policy. */
export function describePolicy({
  policy,
  pass,
  fail,
  undecided,
  notApplicable,
}: PolicyTable): void {
  const evaluate = ({ resources, config }: PolicyCase): Promise<Evaluation> =>
    evaluatePolicies([policy], resources, config ? { [policy.name]: config } : {});

  describe(`policy ${policy.name}`, () => {
    for (const [title, policyCase] of Object.entries(pass)) {
      it(`passes ${title}`, async () => {
        assert.deepEqual(await evaluate(policyCase), {
          violations: [],
          undecided: [],
          notApplicable: [],
        });
      });
    }
    for (const [title, policyCase] of Object.entries(fail)) {
      it(`reports ${title}`, async () => {
        const evaluation = await evaluate(policyCase);
        assertViolations(evaluation, policy, policyCase, policyCase.messages);
        assert.deepEqual(evaluation.undecided, []);
      });
    }
    for (const [title, policyCase] of Object.entries(undecided)) {
      it(`leaves open ${title}`, async () => {
        const evaluation = await evaluate(policyCase);
        const verb = policyCase.what.includes(", ") ? "are" : "is";
        assert.deepEqual(
          evaluation.undecided.map(({ reason }) => reason),
          [`undecided: ${policyCase.what} ${verb} not known until the update`],
        );
        assertViolations(evaluation, policy, policyCase, policyCase.messages ?? []);
      });
    }
    for (const [title, policyCase] of Object.entries(notApplicable)) {
      it(`does not apply to ${title}`, async () => {
        const evaluation = await evaluate(policyCase);
        assert.deepEqual([evaluation.violations, evaluation.undecided], [[], []]);
        assert.equal(evaluation.notApplicable.length, 1);
        assert.match(evaluation.notApplicable[0]?.reason ?? "", policyCase.reason);
      });
    }
  });
}

function assertViolations(
  { violations }: Evaluation,
  policy: Policies[number],
  { resources, blamed }: PolicyCase,
  messages: readonly RegExp[],
): void {
  const found = violations.map(({ message }) => message);
  assert.equal(found.length, messages.length, `violations: ${found.join("\n")}`);
  messages.forEach((message, index) => {
    assert.match(found[index] ?? "", message);
  });
  for (const [index, violation] of violations.entries()) {
    assert.equal(violation.policy, policy.name);
    assert.equal(violation.level, policy.enforcementLevel);
    assert.equal(violation.severity, policy.severity);
    assert.equal(violation.urn.split("::").at(-1), blamed?.[index] ?? resources[0]?.name);
  }
}
