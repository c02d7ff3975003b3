import assert from "node:assert/strict";
import { exempting } from "../../../policy/exemptions/exempting";
import { ExemptionLedger } from "../../../policy/exemptions/ledger";
import { UNKNOWN, readValue } from "../../../policy/reading/value";
import { readReason } from "../../../policy/results/resultData";
import { ResultRecord } from "../../../policy/results/resultRecord";
import { resultsAreDecided } from "../../../policy/results/resultsAreDecided";
import { resourceRule } from "../../../policy/rule/resourceRule";
import { stackRule } from "../../../policy/rule/stackRule";
import {
  evaluatePolicies,
  resource,
  secret,
  type TestPolicyConfig,
  type TestResource,
  unknown,
} from "../../../policy/testing";
import { resourceRequest, stackRequest } from "../../../policy/testing/requests";
import { sdkHandlers } from "../../../policy/testing/sdkHandlers";
import { lampFacts, lampType } from "../lamps";

const switchType = "test:index:Switch";
const lamp = (name: string, on: unknown) => resource(lampType, name, { on });

const on = resourceRule({
  ...lampFacts,
  evaluate({ props }, verdict) {
    const value = readValue(props, "on");
    if (value === UNKNOWN) verdict.undecided("on");
    else if (value !== true) verdict.violation("It is off.");
  },
});
const switched = stackRule({
  ...lampFacts,
  name: "lamps-are-switched",
  evaluate({ props }, verdict, _, stack) {
    const count = stack.ofTypes([switchType]).length;
    if (readValue(props, "on") === UNKNOWN) verdict.undecided("the light");
    else if (count === 0) verdict.violation("It has no switch.");
  },
});

const exemption = {
  ...{ policy: "lamps-are-on", resource: "old", reason: "Old.", owner: "me" },
  expires: "2026-12-31",
};

/** The pack in one process; each call is one run. */
function pack(exemptions = [exemption].slice(1)) {
  const ledger = new ExemptionLedger({ exemptions, problems: [] }, () => "2026-06-15");
  const record = new ResultRecord();
  const rules = [on, switched].map((rule) => exempting(rule, ledger, record));
  return [...rules, resultsAreDecided(record)];
}

async function lines(
  resources: readonly TestResource[],
  config: Readonly<Record<string, TestPolicyConfig>> = {},
  policies = pack(),
): Promise<readonly string[]> {
  const { violations } = await evaluatePolicies(policies, resources, { config });
  return violations
    .filter(({ policy }) => policy === "results-are-decided")
    .map(({ level, urn, message }) =>
      [level, urn.split("::").at(-1), message.split("\n").at(-1)].filter(Boolean).join(" | "),
    );
}

describe("results-are-decided", () => {
  const two = [lamp("one", unknown), lamp("two", unknown), lamp("three", true)];
  const line =
    "advisory | 4 results are undecided until the update, and not counted as passed: lamps-are-on (2), lamps-are-switched (2).";

  it("counts the undecided results of each rule in one advisory line, at any level", async () => {
    for (const enforcementLevel of ["advisory", "mandatory"] as const)
      assert.deepEqual(
        await lines(two, { "results-are-decided": { enforcementLevel } }),
        [line],
        enforcementLevel,
      );
  });

  it("reports nothing if all results are decided", async () => {
    assert.deepEqual(await lines([lamp("one", true)]), []);
    assert.deepEqual(await lines([]), []);
  });

  it("starts over with each run, and counts only the last result of a resource", async () => {
    const policies = pack();
    assert.equal((await lines(two, {}, policies)).length, 1);
    const again = await lines([lamp("one", unknown), lamp("one", true)], {}, policies);
    assert.match(again.join(), /not counted as passed: lamps-are-switched \(1\)\.$/);
  });

  it("reports each undecided result of a rule that must decide", async () => {
    const config = { "lamps-are-on": { undecided: "mandatory" } };
    const required = (name: string) =>
      `mandatory | ${name} | lamps-are-on is undecided, and the policy config requires a decision: on is unknown until the update.`;
    assert.deepEqual(await lines(two, config), [required("one"), required("two"), line]);
  });

  it("reports all undecided results if all rules must decide", async () => {
    const config = { "results-are-decided": { undecided: "mandatory" } };
    const found = await lines(two, config);
    assert.equal(found.filter((entry) => entry.startsWith("mandatory")).length, 4);
    assert.match(found.join("\n"), /mandatory \| two \| lamps-are-switched is undecided/);
  });

  it("requires no decision about a resource that is exempt from the rule", async () => {
    const config = { "lamps-are-on": { undecided: "mandatory" } };
    const found = await lines([lamp("old", unknown)], config, pack([exemption]));
    assert.deepEqual(
      found.map((entry) => entry.split(" | ")[0]),
      ["advisory"],
    );
  });

  it("does not make the settings of all rules part of a rule's own", async () => {
    const config = { "lamps-are-on": { undecided: "mandatory" } };
    const { violations } = await evaluatePolicies(pack(), [lamp("one", true)], { config });
    assert.ok(violations.every(({ message }) => !message.includes("Invalid policy config")));
  });
});

describe("the data after the text of a reason", () => {
  const handlers = (exemptions = [exemption].slice(1)) => sdkHandlers(pack(exemptions));
  const dataOf = (response: { getNotApplicableList(): readonly { getReason(): string }[] }) =>
    response.getNotApplicableList().map((entry) => readReason(entry.getReason()));

  it("contains what an undecided result depends on", async () => {
    const [entry] = dataOf(
      await handlers().analyze(resourceRequest(lamp("one", secret(unknown)), false)),
    );
    assert.equal(entry?.text, "undecided: on is unknown until the update");
    const [undecided] = entry.data.undecided ?? [];
    assert.deepEqual(undecided, {
      urn: "urn:pulumi:test::test::test:index:Lamp::one",
      values: ["on"],
      reason: "on is unknown until the update",
    });
  });

  it("contains the resource of each undecided result of a stack rule", async () => {
    const request = stackRequest([lamp("one", unknown), lamp("two", unknown)], false);
    const [entry] = dataOf(await handlers().analyzeStack(request));
    assert.match(entry?.text ?? "", /^undecided: the light of "one", the light of "two" are /);
    assert.deepEqual(
      entry?.data.undecided?.map(({ urn, reason }) => [urn?.split("::").at(-1), reason]),
      [
        ["one", "the light is unknown until the update"],
        ["two", "the light is unknown until the update"],
      ],
    );
  });

  it("contains the violations that an exemption suppresses, without values", async () => {
    const old = resource(lampType, "old", { on: secret("hunter2") });
    const response = await handlers([exemption]).analyze(resourceRequest(old, false));
    const [entry] = dataOf(response);
    assert.deepEqual(entry?.data.exempt, [
      {
        urn: "urn:pulumi:test::test::test:index:Lamp::old",
        message: "It is off.",
        expires: "2026-12-31",
        reason: "Old.",
      },
    ]);
    assert.doesNotMatch(JSON.stringify(response.toObject()), /hunter2/);
  });

  it("lists the types that rules are about, and those that they ask for", async () => {
    const served = handlers();
    const [last] = dataOf(await served.analyzeStack(stackRequest([lamp("one", true)], false)));
    assert.deepEqual(last?.data.evaluatedTypes, [lampType, switchType]);
    const [house] = dataOf(
      await served.analyzeStack(stackRequest([resource("test:index:House", "h", {})], false)),
    ).slice(-1);
    assert.ok(!house?.data.evaluatedTypes?.includes(switchType));
  });

  it("lists the resources that each rule evaluated, if they are asked for", async () => {
    const record = new ResultRecord(true);
    const ledger = new ExemptionLedger({ exemptions: [exemption], problems: [] });
    const ownSwitch = stackRule({
      ...lampFacts,
      name: "lamps-have-own-switch",
      evaluate({ name }, verdict) {
        if (name === "bare") verdict.inapplicable("it is only a bulb");
      },
    });
    const shades = resourceRule({
      ...lampFacts,
      name: "lamps-have-shades",
      evaluate({ name }, verdict) {
        if (name === "bare") verdict.inapplicable("it is only a bulb");
      },
    });
    const rules = [on, ownSwitch, shades].map((rule) => exempting(rule, ledger, record));
    const served = sdkHandlers([...rules, resultsAreDecided(record)]);
    const lamps = [lamp("one", true), lamp("bare", unknown), lamp("old", false)];
    for (const one of lamps) await served.analyze(resourceRequest(one, true));
    const [last] = dataOf(await served.analyzeStack(stackRequest(lamps, true))).slice(-1);
    const { urns = [], rules: ofRules = {} } = last?.data.evaluated ?? {};
    const names = Object.entries(ofRules).map(([rule, indexes]) => [
      rule,
      indexes.map((index) => urns[index]?.split("::").at(-1)).join(),
    ]);
    assert.deepEqual(names, [
      ["lamps-are-on", "one,bare,old"],
      ["lamps-have-shades", "one,old"],
      ["lamps-have-own-switch", "one,old"],
    ]);
  });

  it("does not list them otherwise", async () => {
    const [last] = dataOf(
      await handlers().analyzeStack(stackRequest([lamp("one", true)], false)),
    ).slice(-1);
    assert.equal(last?.data.evaluated, undefined);
  });

  it("is absent from a reason of another pack", () => {
    for (const reason of ["", "undecided: why", 'x\n{"streamlake":2,"undecided":[]}'])
      assert.deepEqual(readReason(reason), { text: reason, data: {} });
  });
});
