import assert from "node:assert/strict";
import { packRules } from "../../policy/pack";
import { evaluatePolicies } from "../../policy/testing";
import { mockState } from "../support/mockState";
import { record } from "../support/record";
import { consumer } from "./compliant/consumer";
import { deprecatedTypes } from "./compliant/deprecatedTypes";
import { deployers } from "./compliant/deployers";
import { existingParts } from "./compliant/existingParts";
import { parquet } from "./compliant/parquet";
import { putByProducers } from "./compliant/putByProducers";
import { sharedLake } from "./compliant/sharedLake";

const programs = [
  [consumer, "a function and another account that read a stream"],
  [deprecatedTypes, "buckets of the deprecated type with everything in-line"],
  [deployers, "roles of other accounts, of an identity provider and of a network"],
  [existingParts, "a delivery stream between parts of other stacks"],
  [parquet, "records that become Parquet, with a role whose policy is attached"],
  [putByProducers, "a Firehose that producers put to, with the bucket's encryption"],
  [sharedLake, "a lake that others may read"],
] as const;

describe("the pack finds nothing that must not be", () => {
  for (const [program, what] of programs) {
    it(`in ${what}, and leaves nothing undecided`, async () => {
      const { violations, undecided } = await evaluated(program, false);
      assert.deepEqual(mandatory(violations), []);
      assert.deepEqual(undecided, []);
    });

    it(`in a preview of ${what}`, async () => {
      const { violations } = await evaluated(program, true);
      assert.deepEqual(mandatory(violations), []);
    });
  }
});

/** In an update with what AWS tells of each resource, by which stack rules know one from another. */
async function evaluated(program: () => void, preview: boolean) {
  const { resources } = await record(program, { preview });
  assert.ok(resources.length > 0);
  const judged = resources.map(({ inputs, ...resource }) => ({
    ...resource,
    props: preview ? inputs : mockState({ ...resource, inputs, preview }).state,
  }));
  return evaluatePolicies(packRules(), judged);
}

function mandatory<T extends { readonly level: string }>(violations: readonly T[]): readonly T[] {
  return violations.filter(({ level }) => level === "mandatory");
}
