import assert from "node:assert/strict";
import { exempting } from "../../../policy/exemptions/exempting";
import type { Exemption } from "../../../policy/exemptions/exemption";
import { exemptionsAreValid } from "../../../policy/exemptions/exemptionsAreValid";
import { ExemptionLedger } from "../../../policy/exemptions/ledger";
import { UNKNOWN, readValue } from "../../../policy/reading/value";
import { resourceRule } from "../../../policy/rule/resourceRule";
import { stackRule } from "../../../policy/rule/stackRule";
import {
  evaluatePolicies,
  expectPolicy,
  remediated,
  resource,
  unknown,
} from "../../../policy/testing";
import type { TestResource } from "../../../policy/testing";
import { lampFacts, lampType } from "../lamps";

const lamp = (name: string, on: unknown = false) => resource(lampType, name, { on });
const house = resource("test:index:House", "house", {});

const on = resourceRule({
  ...lampFacts,
  evaluate({ props }, verdict) {
    const value = readValue(props, "on");
    if (value === UNKNOWN) verdict.undecided("on");
    else if (value !== true) verdict.violation("It is off.");
  },
  remediate: () => [{ path: "on", value: true }],
});
const seen = stackRule({
  ...lampFacts,
  name: "lamps-are-seen",
  evaluate({ props }, verdict) {
    const value = readValue(props, "on");
    if (value === UNKNOWN) verdict.undecided("the light");
    else if (value !== true) verdict.violation("It is not seen.");
  },
});

const today = "2026-06-15";
const exemption = (change: Partial<Exemption> = {}): Exemption => ({
  policy: "lamps-are-on",
  resource: "old",
  reason: "To be replaced.",
  owner: "team-light",
  expires: "2026-12-31",
  ...change,
});

/** The pack with some exemptions, as in one process; each call is one run. */
function packWith(exemptions: readonly Exemption[], problems: readonly string[] = []) {
  const ledger = new ExemptionLedger({ exemptions, problems }, () => today);
  const rules = [on, seen];
  const pack = [...rules.map((rule) => exempting(rule, ledger)), exemptionsAreValid(ledger, rules)];
  return async (resources: readonly TestResource[], config = {}) => {
    const found = await evaluatePolicies(pack, resources, { config });
    const withoutDescription = (message: string) => message.replace(/^.*\n/, "");
    const named = found.violations.map(({ policy, urn, level, message }) =>
      [policy, urn.split("::").at(-1), level, withoutDescription(message)]
        .filter(Boolean)
        .join(" | "),
    );
    return {
      rules: named.filter((line) => line.startsWith("lamps")),
      exemptions: named.filter((line) => line.startsWith("exemptions")),
      reasons: [...found.undecided, ...found.notApplicable]
        .filter(({ policy }) => policy.startsWith("lamps"))
        .map(({ policy, reason }) => `${policy}: ${reason}`),
    };
  };
}

const offOnly = [lamp("old"), lamp("new", true)];
const title = 'The exemption from lamps-are-on for "old"';
const inEffect = (effect: string) =>
  `exemptions-are-valid | advisory | ${title} suppresses ${effect}. It is in effect until 2026-12-31 (team-light): To be replaced.`;
const violation = (message: string) => `exemptions-are-valid | mandatory | ${title} ${message}`;

describe("an exemption", () => {
  it("suppresses the violation of its rule by its resource, and is listed", async () => {
    const { rules, exemptions, reasons } = await packWith([exemption()])([
      ...offOnly,
      lamp("other"),
    ]);
    assert.deepEqual(rules, [
      "lamps-are-on | other | mandatory | It is off.",
      "lamps-are-seen | old | mandatory | It is not seen.",
      "lamps-are-seen | other | mandatory | It is not seen.",
    ]);
    assert.deepEqual(exemptions, [inEffect("1 violation")]);
    // Not a pass either.
    assert.deepEqual(reasons, ["lamps-are-on: exempt until 2026-12-31: To be replaced."]);
  });

  it("suppresses the violation of a stack rule", async () => {
    const run = packWith([exemption({ policy: "lamps-are-seen" })]);
    const { rules, exemptions, reasons } = await run(offOnly);
    assert.deepEqual(rules, ["lamps-are-on | old | mandatory | It is off."]);
    assert.match(exemptions.join(), /from lamps-are-seen for "old" suppresses 1 violation/);
    assert.deepEqual(reasons, ["lamps-are-seen: exempt until 2026-12-31: To be replaced."]);
  });

  it("suppresses only its own violation of a stack rule", async () => {
    const run = packWith([exemption({ policy: "lamps-are-seen" })]);
    const { rules, reasons } = await run([lamp("old"), lamp("other")]);
    assert.deepEqual(
      rules.filter((line) => line.includes("seen")),
      ["lamps-are-seen | other | mandatory | It is not seen."],
    );
    // For a reader of the results; the other violation blocks anyway.
    assert.deepEqual(reasons, ["lamps-are-seen: exempt until 2026-12-31: To be replaced."]);
  });

  const names: readonly (readonly [string, boolean])[] = [
    ["old", true],
    ["o*d", true],
    ["*", true],
    ["ol", false],
    ["old-*", false],
    ["urn:pulumi:test::test::test:index:Lamp::old", true],
    ["urn:*:Lamp::old", true],
    ["urn:*:House::old", false],
  ];
  for (const [name, matches] of names) {
    it(`for ${name} ${matches ? "covers" : "does not cover"} the lamp "old"`, async () => {
      const { rules } = await packWith([exemption({ resource: name })])([lamp("old")]);
      assert.equal(
        rules.some((line) => line.includes("It is off")),
        !matches,
      );
    });
  }

  for (const [stack, matches] of [
    ["test", true],
    ["te*", true],
    ["prod", false],
  ] as const) {
    it(`for stack ${stack} ${matches ? "applies" : "does not apply"} to stack test`, async () => {
      const { rules, exemptions } = await packWith([exemption({ stack })])([lamp("old")]);
      assert.equal(
        rules.some((line) => line.includes("It is off")),
        !matches,
      );
      assert.equal(exemptions.length, matches ? 1 : 0);
    });
  }

  for (const [change, isHere] of [
    [{ project: "test" }, true],
    [{ project: "te*", stack: "test" }, true],
    [{ project: "other" }, false],
    [{ resource: "urn:pulumi:test::test::*" }, true],
    [{ resource: "urn:pulumi:*::test::*::old" }, true],
    [{ resource: "urn:pulumi:test::other::test:index:Lamp::old" }, false],
    [{ resource: "urn:pulumi:*::other::*" }, false],
    [{ resource: "urn:pulumi:prod::test::test:index:Lamp::old" }, false],
  ] as const)
    it(`with ${JSON.stringify(change)} ${isHere ? "concerns" : "is not a problem in"} project test`, async () => {
      const run = packWith([exemption(change)]);
      const { rules, exemptions } = await run([lamp("old")]);
      assert.equal(
        rules.some((line) => line.includes("It is off")),
        !isHere,
      );
      assert.equal(exemptions.length, isHere ? 1 : 0);
      // Where nothing violates the rule, only an entry for this project is unneeded.
      assert.equal((await run([lamp("old", true)])).exemptions.length, isHere ? 1 : 0);
    });

  it("names project, stack, file and ticket in its announcement", async () => {
    const file = "org.json";
    const named = { project: "test", stack: "te*", ticket: "SEC-7", file };
    const { exemptions } = await packWith([exemption(named)])(offOnly);
    assert.match(
      exemptions.join(),
      /for "old" in project "test" in stack "te\*" \(org\.json\) suppresses 1 .* \(team-light, SEC-7\): /,
    );
  });

  it("suppresses a violation once if its resource is evaluated again", async () => {
    const { exemptions } = await packWith([exemption()])([lamp("old"), lamp("old")]);
    assert.deepEqual(exemptions, [inEffect("1 violation")]);
  });

  it("counts the last result of a resource that is evaluated again", async () => {
    const { exemptions } = await packWith([exemption()])([lamp("old"), lamp("old", true)]);
    assert.match(exemptions.join(), /is not needed/);
  });

  for (const [expires, warning] of [
    ["2026-06-29", undefined],
    ["2026-06-28", /suppresses 1 violation\. It ends in 13 days: fix .* or agree with team-light/],
    ["2026-06-16", /It ends in 1 day: /],
    ["2026-06-15", /It ends today: /],
  ] as const)
    it(`until ${expires} ${warning ? "is reported to end soon" : "does not end soon"}`, async () => {
      const [line = ""] = (await packWith([exemption({ expires })])(offOnly)).exemptions;
      assert.match(line, /^exemptions-are-valid \| advisory \| /);
      if (warning) assert.match(line, warning);
      else assert.doesNotMatch(line, /It ends/);
    });

  it("is reported to end soon as many days before its end as the config sets", async () => {
    const config = { "exemptions-are-valid": { warnDays: 200 } };
    const { exemptions } = await packWith([exemption()])(offOnly, config);
    assert.match(exemptions.join(), /It ends in 199 days/);
  });

  it("must not last longer than the config allows for the severity of its rule", async () => {
    const config = { "exemptions-are-valid": { longestDays: { high: 90, critical: 1 } } };
    const run = packWith([exemption(), exemption({ resource: "new", expires: "2026-09-13" })]);
    const { rules, exemptions } = await run([lamp("old"), lamp("new")], config);
    assert.deepEqual(exemptions, [
      violation("expires on 2026-12-31, in 199 days: choose a date at most 90 days from now."),
      inEffect("1 violation").replace('"old"', '"new"').replace("2026-12-31", "2026-09-13"),
    ]);
    // Its violation is suppressed nevertheless: the problem is the exemption.
    assert.ok(!rules.some((line) => line.startsWith("lamps-are-on")));
  });

  it("lasts at most 366 days by default", async () => {
    const lines = async (expires: string) =>
      (await packWith([exemption({ expires })])(offOnly)).exemptions.join();
    assert.doesNotMatch(await lines("2027-06-16"), /choose a date/);
    assert.match(await lines("2099-12-31"), /choose a date at most 366 days from now/);
  });

  it("is in effect through its last day", async () => {
    const { rules } = await packWith([exemption({ expires: today })])([lamp("old")]);
    assert.deepEqual(rules, ["lamps-are-seen | old | mandatory | It is not seen."]);
  });

  it("suppresses nothing after its last day, and is reported as expired", async () => {
    const { rules, exemptions } = await packWith([exemption({ expires: "2026-06-14" })])(offOnly);
    assert.ok(rules.includes("lamps-are-on | old | mandatory | It is off."));
    assert.deepEqual(exemptions, [
      violation(
        "expired on 2026-06-14: its violations count again: fix them, or agree with team-light on a new date.",
      ),
    ]);
  });

  it("must be removed if it has expired and covers no violation", async () => {
    const { exemptions } = await packWith([exemption({ expires: "2026-06-14" })])([
      lamp("old", true),
    ]);
    assert.deepEqual(exemptions, [violation("expired on 2026-06-14: remove it.")]);
  });

  it("must be removed if nothing violates the rule", async () => {
    const unused = violation(
      "is not needed, because nothing it covers violates the rule: remove it.",
    );
    const run = packWith([exemption()]);
    assert.deepEqual((await run([lamp("old", true)])).exemptions, [unused]);
    assert.deepEqual((await run([lamp("other")])).exemptions, [unused]);
    assert.deepEqual((await run([resource(house.type, "old", {})])).exemptions, [unused]);
  });

  it("is not reported as unneeded while the rule is undecided", async () => {
    const exemptions = [exemption(), exemption({ policy: "lamps-are-seen" })];
    const answer = await packWith(exemptions)([lamp("old", unknown)]);
    assert.equal(answer.exemptions.length, 2);
    for (const line of answer.exemptions) assert.match(line, /advisory .* suppresses 0 violations/);
  });

  it("is not reported as unneeded if its rule is disabled", async () => {
    const config = { "lamps-are-on": { enforcementLevel: "disabled" } };
    const { exemptions } = await packWith([exemption()])(offOnly, config);
    assert.deepEqual(exemptions, [inEffect("0 violations")]);
  });

  it("starts over with each run of the same process", async () => {
    const run = packWith([exemption()]);
    assert.deepEqual((await run(offOnly)).exemptions, [inEffect("1 violation")]);
    assert.deepEqual((await run(offOnly)).exemptions, [inEffect("1 violation")]);
    assert.match((await run([lamp("old", true)])).exemptions.join(), /is not needed/);
  });

  it("prevents the remediation of its resource", async () => {
    const ledger = new ExemptionLedger({ exemptions: [exemption()], problems: [] }, () => today);
    const rule = exempting(on, ledger);
    assert.equal(await remediated(rule, lamp("old")), undefined);
    assert.deepEqual(await remediated(rule, lamp("other")), { on: true });
  });

  it("leaves rules without exemptions as they are, but for a setting", async () => {
    const ledger = new ExemptionLedger({ exemptions: [exemption()], problems: [] }, () => today);
    const { violations } = await evaluatePolicies([exempting(seen, ledger)], [lamp("old")]);
    assert.deepEqual(
      violations.map(({ message }) => message),
      (await evaluatePolicies([seen], [lamp("old")])).violations.map(({ message }) => message),
    );
  });

  it("does not cover an invalid config", async () => {
    const run = packWith([exemption({ policy: "lamps-are-seen", resource: "*" })]);
    const { rules } = await run(offOnly, { "lamps-are-seen": { color: "red" } });
    assert.match(rules.join(), /lamps-are-seen \| mandatory \| Invalid policy config/);
  });
});

describe("an exemption in the policy config", () => {
  const { policy, ...entry } = exemption();
  const withExemptions = (exemptions: unknown) => ({ [policy]: { exemptions } });

  it("suppresses violations like one in the file", async () => {
    const { rules, exemptions } = await packWith([])(offOnly, withExemptions([entry]));
    assert.deepEqual(rules, ["lamps-are-seen | old | mandatory | It is not seen."]);
    const place = `"old" (the policy config of ${policy})`;
    assert.deepEqual(exemptions, [inEffect("1 violation").replace('"old"', place)]);
  });

  it("is read for rules about the stack, next to the settings of the rule", async () => {
    const config = { "lamps-are-seen": { enforcementLevel: "advisory", exemptions: [entry] } };
    const { rules } = await packWith([])([lamp("old"), lamp("other")], config);
    assert.deepEqual(
      rules.filter((line) => line.startsWith("lamps-are-seen")),
      ["lamps-are-seen | other | advisory | It is not seen."],
    );
  });

  it("adds to those of the file", async () => {
    const run = packWith([exemption({ resource: "new" })]);
    const { rules } = await run([lamp("old"), lamp("new")], withExemptions([entry]));
    assert.deepEqual(
      rules.filter((line) => line.startsWith("lamps-are-on")),
      [],
    );
  });

  it("prevents the remediation of its resource", async () => {
    const config = { [policy]: { enforcementLevel: "remediate", exemptions: [entry] } } as const;
    const { reasons } = await packWith([])([lamp("old")], config);
    assert.deepEqual(
      reasons.filter((reason) => reason.startsWith(policy)),
      [`${policy}: exempt until 2026-12-31: To be replaced.`],
    );
  });

  it("ends with the run whose config contains it", async () => {
    const run = packWith([]);
    await run(offOnly, withExemptions([entry]));
    const { rules } = await run(offOnly);
    assert.equal(rules.length, 2);
  });

  it("that is incomplete has no effect and is reported, without the others", async () => {
    const incomplete = { ...entry, reason: undefined };
    const { rules, exemptions } = await packWith([])(
      [lamp("old"), lamp("new")],
      withExemptions([incomplete, { ...entry, resource: "new" }]),
    );
    assert.deepEqual(
      rules.filter((line) => line.startsWith("lamps-are-on")),
      ["lamps-are-on | old | mandatory | It is off."],
    );
    assert.match(
      exemptions.join("\n"),
      /In the policy config of lamps-are-on, exemption 1 is not in effect: reason is absent\./,
    );
  });

  for (const [what, exemptions, problem] of [
    ["names another rule", [{ ...entry, policy: "lamps-are-seen" }], /policy is "lamps-are-seen"/],
    ["is not a list", "none", /exemptions is not a list/],
    ["is not an object", ["old"], /it is not an object/],
  ] as const)
    it(`that ${what} is reported`, async () => {
      const answer = await packWith([])(offOnly, withExemptions(exemptions));
      assert.match(answer.exemptions.join("\n"), problem);
      assert.equal(answer.rules.length, 2);
    });
});

describe("exemptions-are-valid", () => {
  it("reports the problems of the file", async () => {
    const { exemptions } = await packWith([], ["e.json is not valid JSON."])([house]);
    assert.deepEqual(exemptions, ["exemptions-are-valid | mandatory | e.json is not valid JSON."]);
  });

  it("lists exemptions as advisory, and reports violations at its own level", async () => {
    const list = [exemption(), exemption({ resource: "none" })];
    const { exemptions } = await packWith(list)(offOnly);
    assert.deepEqual(
      exemptions.map((line) => line.split(" | ")[1]),
      ["mandatory", "advisory"],
    );
  });

  it("passes without exemptions", async () => {
    const ledger = new ExemptionLedger({ exemptions: [], problems: [] });
    await expectPolicy(exemptionsAreValid(ledger, [on]))
      .on(house)
      .passes();
    await expectPolicy(exemptionsAreValid(ledger, [on])).passes();
  });
});
