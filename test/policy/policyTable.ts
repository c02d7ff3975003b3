import assert from "node:assert/strict";
import { exempting } from "../../policy/exemptions/exempting";
import { ExemptionLedger } from "../../policy/exemptions/ledger";
import type { Rule } from "../../policy/rule/rule";
import { evaluatePolicies, expectPolicy, resource, unknown } from "../../policy/testing";
import type { Evaluation, TestResource, WireProperties } from "../../policy/testing";
import { replaceEach } from "./replaceEach";

/** The results of a rule, case by case. Each title completes "passes ...", "reports ..." etc. */
export interface PolicyTable {
  readonly policy: Rule;
  /** Only a pass. */
  readonly pass: Readonly<Record<string, PolicyCase>>;
  /** Exactly these violations, in this order. */
  readonly fail: Readonly<Record<string, PolicyCase & { readonly messages: readonly RegExp[] }>>;
  /** Undecided for exactly this reason, possibly with violations. */
  readonly undecided: Readonly<
    Record<string, PolicyCase & { readonly what: string; readonly messages?: readonly RegExp[] }>
  >;
  /** Not applicable with a matching reason. Resources of other types need no case. */
  readonly notApplicable?: Readonly<Record<string, PolicyCase & { readonly reason: RegExp }>>;
  /** The inputs of the only resource after level `remediate`; `unchanged` if nothing may be changed. */
  readonly remediated?: Readonly<
    Record<string, PolicyCase & { readonly to: WireProperties | "unchanged" }>
  >;
  /** Paths where any value passes, so that an unknown value passes, too. */
  readonly anyValuePasses?: readonly string[];
}

interface PolicyCase {
  readonly resources: readonly TestResource[];
  readonly config?: Readonly<Record<string, unknown>>;
  /** Names of the violating resources, in the order of the violations. Default: the first resource. */
  readonly violating?: readonly string[];
}

/** Declares the tests of one rule: those of its table, and those common to all rules. */
export function describePolicy(table: PolicyTable): void {
  describe(`rule ${table.policy.name}`, () => {
    const enabled = { ...table, policy: enable(table.policy) };
    describeCases(enabled);
    describeCommon(enabled);
  });
}

/** A rule that is disabled by default has no results. */
function enable(policy: Rule): Rule {
  return policy.enforcementLevel === "disabled"
    ? { ...policy, enforcementLevel: "mandatory" }
    : policy;
}

function describeCases({ policy, ...table }: PolicyTable): void {
  const expectation = ({ resources, config = {} }: PolicyCase) =>
    expectPolicy(policy)
      .on(...resources)
      .with(config);

  for (const [title, policyCase] of Object.entries(table.pass)) {
    it(`passes ${title}`, () => expectation(policyCase).passes());
  }
  for (const [title, policyCase] of Object.entries(table.fail)) {
    it(`reports ${title}`, async () => {
      const violations = await expectation(policyCase).violates(...policyCase.messages);
      const { resources, violating } = policyCase;
      for (const [index, { level, severity, urn }] of violations.entries()) {
        assert.equal(urn.split("::").at(-1), violating?.[index] ?? resources[0]?.name);
        assert.deepEqual([level, severity], [policy.enforcementLevel, policy.severity]);
      }
    });
  }
  for (const [title, policyCase] of Object.entries(table.undecided)) {
    it(`is undecided for ${title}`, async () => {
      const { what, messages = [] } = policyCase;
      const verb =
        /, |^the (?:access logs|lifecycle rules|ownership controls|policies|roles|trust policies)\b/.test(
          what,
        )
          ? "are"
          : "is";
      const reason = `undecided: ${what} ${verb} unknown until the update`;
      await expectation(policyCase).isUndecided(exactly(reason), ...messages);
    });
  }
  for (const [title, policyCase] of Object.entries(table.notApplicable ?? {})) {
    it(`does not apply to ${title}`, () => expectation(policyCase).doesNotApply(policyCase.reason));
  }
  for (const [title, policyCase] of Object.entries(table.remediated ?? {})) {
    it(`remediates ${title}`, async () => {
      const { to } = policyCase;
      if (to === "unchanged") await expectation(policyCase).isNotRemediated();
      else await expectation(policyCase).remediatesTo(to);
    });
  }
}

const network = resource("aws:ec2/vpc:Vpc", "network", { cidrBlock: "10.0.0.0/16" });

/** Tests common to all rules, with the cases of a table. */
function describeCommon(table: PolicyTable): void {
  const { policy, pass, fail, undecided, notApplicable = {}, anyValuePasses = [] } = table;
  const passing = Object.values(pass);
  const failing = Object.values(fail);
  const undecidedCases = Object.values(undecided);
  const inapplicable = Object.values(notApplicable);

  it("does not apply to resources of other types", () =>
    expectPolicy(policy)
      .on(network)
      .doesNotApply(/applies to /));

  it("reports a misspelled setting", async () => {
    const [{ resources, config }] = Object.values(pass) as [PolicyCase];
    const { violations } = await evaluate(policy, resources, { ...config, misspelled: 3 });
    assert.match(violations[0]?.message ?? "", /"misspelled" is not a setting of this rule/);
  });

  it("supports exemptions", async () => {
    const [{ resources, config }] = Object.values<PolicyCase>(fail) as [PolicyCase];
    const expires = "2026-12-31";
    const exemption = { policy: policy.name, resource: "*", reason: "old", owner: "me", expires };
    const ledger = new ExemptionLedger({ exemptions: [exemption], problems: [] }, () => expires);
    const { violations, ...others } = await evaluate(exempting(policy, ledger), resources, config);
    assert.deepEqual(violations, []);
    assert.equal(others.notApplicable.at(-1)?.reason, `exempt until ${expires}: old`);
  });

  it("never fails, and never quotes a string of the resource", async () => {
    for (const { resources, config } of [
      ...passing,
      ...failing,
      ...undecidedCases,
      ...inapplicable,
    ]) {
      for (const replaced of replaceEach(resources, "hunter2")) {
        const evaluation = await evaluate(policy, replaced.resources, config);
        for (const message of messagesIn(evaluation)) {
          assert.doesNotMatch(message, /hunter2|rule itself failed/, `at ${replaced.path}`);
        }
      }
    }
  });

  it("reports no violation for a value that may turn out to be valid", async () => {
    for (const { resources, config } of [...passing, ...inapplicable]) {
      for (const replaced of replaceEach(resources, unknown)) {
        const { violations } = await evaluate(policy, replaced.resources, config);
        assert.deepEqual(violations, [], `with ${replaced.path} unknown`);
      }
    }
  });

  it("reads booleans and numbers that are strings as the provider does", async () => {
    for (const { resources, config } of [...passing, ...failing]) {
      const asStrings = resources.map((one) => ({ ...one, props: withStrings(one.props) }));
      const [found, expected] = await Promise.all(
        [asStrings, resources].map((all) => evaluate(policy, all, config)),
      );
      assert.deepEqual(found, expected);
    }
  });

  it("does not pass a value that may turn out to be invalid", async () => {
    for (const { resources, config } of [...failing, ...undecidedCases]) {
      for (const { path, resources: replaced } of replaceEach(resources, unknown)) {
        if (anyValuePasses.includes(path)) continue;
        const evaluation = await evaluate(policy, replaced, config);
        const found = evaluation.violations.length + evaluation.undecided.length;
        assert.ok(found > 0, `with ${path} unknown: ${messagesIn(evaluation).join()}`);
      }
    }
  });
}

/** Properties that are strings in the provider: a number is not an equal value. */
const strings = ["fileExtension", "kmsKeyId", "name", "prefix"];

function withStrings<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, item]: [string, unknown]) => {
    const isScalar = ["boolean", "number"].includes(typeof item) && !strings.includes(key);
    return [key, isScalar ? String(item) : withStrings(item)];
  });
  return (
    Array.isArray(value) ? entries.map(([, item]) => item) : Object.fromEntries(entries)
  ) as T;
}

function evaluate(
  policy: Rule,
  resources: readonly TestResource[],
  config: PolicyCase["config"] = {},
): Promise<Evaluation> {
  return evaluatePolicies([policy], resources, { config: { [policy.name]: config } });
}

function messagesIn({ violations, undecided, notApplicable }: Evaluation): readonly string[] {
  const reasons = [...undecided, ...notApplicable].map(({ reason }) => reason);
  return [...violations.map(({ message }) => message), ...reasons];
}

function exactly(text: string): RegExp {
  return new RegExp(`^${text.replace(/[^\w\s]/g, "\\$&")}$`);
}
