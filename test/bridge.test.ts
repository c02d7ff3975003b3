import assert from "node:assert/strict";
import { DeliveryPipeline, type DeliveryPipelineArgs } from "../components/index";
import { rules } from "../policy/rules";
import { evaluatePolicies, type TestResource } from "../policy/testing";
import { broken, type Fault } from "./faults/fault";
import { firehoseFaults } from "./faults/firehose";
import { iamFaults } from "./faults/iam";
import { kinesisFaults } from "./faults/kinesis";
import { s3Faults } from "./faults/s3";
import { kmsFaults } from "./faults/kms";
import { logsFaults } from "./faults/logs";
import { record, type Recorded } from "./support/record";

/** What makes the component satisfy the advisory rules, too. */
const exemplary: DeliveryPipelineArgs = {
  bucket: { accessLogs: true },
  encryption: { errorLog: true },
};

/** The component as it registers itself, in the form in which policies see it. */
async function recorded(args?: DeliveryPipelineArgs, preview = false): Promise<TestResource[]> {
  const { resources } = await record(() => new DeliveryPipeline("events", args), { preview });
  return resources.map(({ inputs, ...resource }: Recorded) => ({ ...resource, props: inputs }));
}

const faults: readonly Fault[] = [
  ...kinesisFaults,
  ...firehoseFaults,
  ...iamFaults,
  ...kmsFaults,
  ...logsFaults,
  ...s3Faults,
];

describe("component and policies", () => {
  for (const [what, args] of [
    ["by default", {}],
    ["with keys that AWS manages", { encryption: { mode: "aws-managed" } }],
  ] as const)
    it(`agree ${what}: nothing that must not be, and nothing undecided`, async () => {
      const { violations, undecided } = await evaluatePolicies(rules, await recorded(args));
      assert.deepEqual(
        violations.filter(({ level }) => level === "mandatory"),
        [],
      );
      assert.deepEqual(undecided, []);
    });

  for (const inPreview of [false, true])
    it(`agree ${inPreview ? "in a preview" : "in an update"} with every safeguard: no violation`, async () => {
      const { violations } = await evaluatePolicies(rules, await recorded(exemplary, inPreview));
      assert.deepEqual(violations, []);
    });

  it("meet in a fault for every rule", () => {
    const caught = new Set(faults.flatMap(({ caughtBy }) => caughtBy));
    assert.deepEqual([...caught].sort(), rules.map(({ name }) => name).sort());
  });

  const whole = new Map<boolean, Promise<readonly TestResource[]>>();
  const evaluated = async (fault: Fault, inPreview: boolean) => {
    const recording = whole.get(inPreview) ?? recorded(exemplary, inPreview);
    whole.set(inPreview, recording);
    const { violations, undecided } = await evaluatePolicies(
      rules,
      broken(await recording, fault),
      { config: fault.config ?? {} },
    );
    return { caught: policiesOf(violations), undecided: policiesOf(undecided) };
  };

  for (const fault of faults) {
    const { what, caughtBy, inPreview = "caught" } = fault;
    it(`${what} is caught by ${caughtBy.join(" and ")}`, async () => {
      assert.deepEqual((await evaluated(fault, false)).caught, caughtBy);
    });

    it(`${what} is ${inPreview} in a preview`, async () => {
      const { caught, undecided } = await evaluated(fault, true);
      assert.deepEqual(caught, inPreview === "caught" ? caughtBy : []);
      const silent = caughtBy.filter((rule) => ![...caught, ...undecided].includes(rule));
      assert.deepEqual(silent, []);
    });
  }
});

function policiesOf(findings: readonly { readonly policy: string }[]): readonly string[] {
  return [...new Set(findings.map(({ policy }) => policy))].sort();
}
