import assert from "node:assert/strict";
import { exempting } from "../../policy/exemptions/exempting";
import { ExemptionLedger } from "../../policy/exemptions/ledger";
import type { Rule } from "../../policy/rule/rule";
import { evaluatePolicies, expectPolicy, resource, unknown } from "../../policy/testing";
import type { Evaluation, TestResource, WireProperties } from "../../policy/testing";
import { replaceEach } from "./replaceEach";

/** What a rule answers, case by case. Each title completes "passes ..." and so on. */
export interface PolicyTable {
  readonly policy: Rule;
  /** No answer but a pass. */
  readonly pass: Readonly<Record<string, PolicyCase>>;
  /** Exactly these violations, in this order. */
  readonly fail: Readonly<Record<string, PolicyCase & { readonly messages: readonly RegExp[] }>>;
  /** Undecided for this reason, and for nothing else; violations are a case's own. */
  readonly undecided: Readonly<
    Record<string, PolicyCase & { readonly what: string; readonly messages?: readonly RegExp[] }>
  >;
  /** Not applicable for a reason of this form. Other types of resources need no case. */
  readonly notApplicable?: Readonly<Record<string, PolicyCase & { readonly reason: RegExp }>>;
  /** The one resource becomes this at level `remediate`; `unchanged`: nothing to do, or not certain. */
  readonly remediated?: Readonly<
    Record<string, PolicyCase & { readonly to: WireProperties | "unchanged" }>
  >;
  /** Paths where any value will do, so that one that is not known yet is a pass. */
  readonly setIsEnough?: readonly string[];
}

interface PolicyCase {
  readonly resources: readonly TestResource[];
  readonly config?: Readonly<Record<string, unknown>>;
  /** Names of the resources to blame, in the order of the violations. Default: the first one. */
  readonly blamed?: readonly string[];
}

/** Declares the tests of one rule: those of its table, and those that hold for every rule. */
export function describePolicy(table: PolicyTable): void {
  describe(`policy ${table.policy.name}`, () => {
    const switchedOn = { ...table, policy: switchOn(table.policy) };
    describeCases(switchedOn);
    describeCommon(switchedOn);
  });
}

/** A rule that ships disabled would say nothing. */
function switchOn(policy: Rule): Rule {
  return policy.enforcementLevel === "disabled"
    ? { ...policy, enforcementLevel: "mandatory" }
    : policy;
}

function describeCases({ policy, ...table }: PolicyTable): void {
  const given = ({ resources, config = {} }: PolicyCase) =>
    expectPolicy(policy)
      .on(...resources)
      .with(config);

  for (const [title, policyCase] of Object.entries(table.pass)) {
    it(`passes ${title}`, () => given(policyCase).passes());
  }
  for (const [title, policyCase] of Object.entries(table.fail)) {
    it(`reports ${title}`, async () => {
      const violations = await given(policyCase).violates(...policyCase.messages);
      const { resources, blamed } = policyCase;
      for (const [index, { level, severity, urn }] of violations.entries()) {
        assert.equal(urn.split("::").at(-1), blamed?.[index] ?? resources[0]?.name);
        assert.deepEqual([level, severity], [policy.enforcementLevel, policy.severity]);
      }
    });
  }
  for (const [title, policyCase] of Object.entries(table.undecided)) {
    it(`leaves open ${title}`, async () => {
      const { what, messages = [] } = policyCase;
      const verb = what.includes(", ") ? "are" : "is";
      const reason = `undecided: ${what} ${verb} unknown until the update`;
      await given(policyCase).isUndecided(exactly(reason), ...messages);
    });
  }
  for (const [title, policyCase] of Object.entries(table.notApplicable ?? {})) {
    it(`does not apply to ${title}`, () => given(policyCase).doesNotApply(policyCase.reason));
  }
  for (const [title, policyCase] of Object.entries(table.remediated ?? {})) {
    it(`remediates ${title}`, async () => {
      const { to } = policyCase;
      if (to === "unchanged") await given(policyCase).isNotRemediated();
      else await given(policyCase).remediatesTo(to);
    });
  }
}

const topic = resource("aws:sns/topic:Topic", "topic", { name: "topic" });

/** What holds for every rule, tried on the cases of its table. */
function describeCommon(table: PolicyTable): void {
  const { policy, pass, fail, undecided, notApplicable = {}, setIsEnough = [] } = table;
  const fine = Object.values(pass);
  const wrong = Object.values(fail);
  const open = Object.values(undecided);
  const otherwise = Object.values(notApplicable);

  it("does not apply to resources of other types", () =>
    expectPolicy(policy)
      .on(topic)
      .doesNotApply(/applies to /));

  it("names a misspelt setting", async () => {
    const [{ resources, config }] = Object.values(pass) as [PolicyCase];
    const { violations } = await evaluate(policy, resources, { ...config, misspelt: 3 });
    assert.match(violations[0]?.message ?? "", /"misspelt" is not a setting of this rule/);
  });

  it("can be exempted from", async () => {
    const [{ resources, config }] = Object.values<PolicyCase>(fail) as [PolicyCase];
    const expires = "2026-12-31";
    const exemption = { policy: policy.name, resource: "*", reason: "old", owner: "me", expires };
    const ledger = new ExemptionLedger({ exemptions: [exemption], problems: [] }, () => expires);
    const { violations, ...others } = await evaluate(exempting(policy, ledger), resources, config);
    assert.deepEqual(violations, []);
    assert.equal(others.notApplicable.at(-1)?.reason, `exempt until ${expires}: old`);
  });

  it("never fails, and never repeats a text of the resource", async () => {
    for (const { resources, config } of [...fine, ...wrong, ...open, ...otherwise]) {
      for (const replaced of replaceEach(resources, "hunter2")) {
        const evaluation = await evaluate(policy, replaced.resources, config);
        for (const text of saidIn(evaluation)) {
          assert.doesNotMatch(text, /hunter2|rule itself failed/, `with text at ${replaced.path}`);
        }
      }
    }
  });

  it("blames nothing for a value that may turn out to be fine", async () => {
    for (const { resources, config } of [...fine, ...otherwise]) {
      for (const replaced of replaceEach(resources, unknown)) {
        const { violations } = await evaluate(policy, replaced.resources, config);
        assert.deepEqual(violations, [], `with ${replaced.path} unknown`);
      }
    }
  });

  it("passes nothing for a value that may turn out to be wrong", async () => {
    for (const { resources, config } of [...wrong, ...open]) {
      for (const { path, resources: replaced } of replaceEach(resources, unknown)) {
        if (setIsEnough.includes(path)) continue;
        const evaluation = await evaluate(policy, replaced, config);
        const found = evaluation.violations.length + evaluation.undecided.length;
        assert.ok(found > 0, `with ${path} unknown: ${saidIn(evaluation).join()}`);
      }
    }
  });
}

function evaluate(
  policy: Rule,
  resources: readonly TestResource[],
  config: PolicyCase["config"] = {},
): Promise<Evaluation> {
  return evaluatePolicies([policy], resources, { config: { [policy.name]: config } });
}

function saidIn({ violations, undecided, notApplicable }: Evaluation): readonly string[] {
  const reasons = [...undecided, ...notApplicable].map(({ reason }) => reason);
  return [...violations.map(({ message }) => message), ...reasons];
}

function exactly(text: string): RegExp {
  return new RegExp(`^${text.replace(/[^\w\s]/g, "\\$&")}$`);
}
