import assert from "node:assert/strict";
import { packRules } from "../../policy/pack";
import { evaluatePolicies } from "../../policy/testing";
import { mockState } from "../support/mockState";
import { record } from "../support/record";
import { consumer } from "./compliant/consumer";
import { deployers } from "./compliant/deployers";
import { deprecatedTypes } from "./compliant/deprecatedTypes";
import { existingParts } from "./compliant/existingParts";
import { notifications } from "./compliant/notifications";
import { parquet } from "./compliant/parquet";
import { putByProducers } from "./compliant/putByProducers";
import { sharedLake } from "./compliant/sharedLake";

const programs = [
  [consumer, "a stream that a function and another account read"],
  [deprecatedTypes, "buckets of the deprecated type with in-line settings"],
  [deployers, "roles for other accounts, an identity provider and a network"],
  [existingParts, "a delivery stream between resources of other stacks"],
  [notifications, "topics, queues, alarms and a trail around a bucket"],
  [parquet, "conversion to Parquet with an attached managed policy"],
  [putByProducers, "a delivery stream that producers put to, with the encryption of the bucket"],
  [sharedLake, "a lake with readers in other accounts"],
] as const;

describe("the pack", () => {
  for (const [program, what] of programs) {
    it(`reports no mandatory violation and nothing undecided for ${what}`, async () => {
      const { violations, undecided } = await evaluated(program, false);
      assert.deepEqual(mandatory(violations), []);
      assert.deepEqual(undecided, []);
    });

    it(`finds that every action exists and applies to its resources in ${what}`, async () => {
      const { violations } = await evaluated(program, false);
      assert.deepEqual(
        violations.filter(({ policy }) => policy === "iam-actions-exist"),
        [],
      );
    });

    it(`reports no mandatory violation in a preview of ${what}`, async () => {
      const { violations } = await evaluated(program, true);
      assert.deepEqual(mandatory(violations), []);
    });
  }
});

/** In an update, with the outputs of AWS, by which stack rules distinguish resources. */
async function evaluated(program: () => void, preview: boolean) {
  const { resources } = await record(program, { preview });
  assert.ok(resources.length > 0);
  const evaluatedResources = resources.map(({ inputs, ...resource }) => ({
    ...resource,
    props: preview ? inputs : mockState({ ...resource, inputs, preview }).state,
  }));
  return evaluatePolicies(packRules(), evaluatedResources);
}

function mandatory<T extends { readonly level: string }>(violations: readonly T[]): readonly T[] {
  return violations.filter(({ level }) => level === "mandatory");
}
