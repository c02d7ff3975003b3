import assert from "node:assert/strict";
import type { CallContext } from "../../engine/functions/callContext";
import { getPolicyDocument } from "../../engine/functions/policyDocument/getPolicyDocument";
import { packRules } from "../../policy/pack";
import { evaluatePolicies } from "../../policy/testing";
import { mockState } from "../support/mockState";
import { record } from "../support/record";
import { adopted } from "./compliant/adopted";
import { clickstream } from "./compliant/clickstream/clickstream";
import { consumer } from "./compliant/consumer";
import { dataDocuments } from "./compliant/dataDocuments";
import { deployers } from "./compliant/deployers";
import { deprecatedTypes } from "./compliant/deprecatedTypes";
import { existingParts } from "./compliant/existingParts";
import { fromConfig } from "./compliant/fromConfig";
import { governedLake } from "./compliant/governedLake";
import { nativeAnalytics } from "./compliant/nativeAnalytics";
import { notifications } from "./compliant/notifications";
import { observability } from "./compliant/observability";
import { parquet } from "./compliant/parquet";
import { putByProducers } from "./compliant/putByProducers";
import { reactions } from "./compliant/reactions";
import { sharedLake } from "./compliant/sharedLake";
import { stackOutputs, stackReferences } from "./compliant/stackReferences";
import { tenantPlatform } from "./compliant/tenantPlatform";

const programs = [
  [adopted, "imported resources, and a key that is only looked up"],
  [clickstream, "components of a platform team in several files"],
  [consumer, "a stream that a function and another account read"],
  [dataDocuments, "documents that a function of the provider writes"],
  [deprecatedTypes, "buckets of the deprecated type with in-line settings"],
  [deployers, "roles for other accounts, an identity provider and a network"],
  [existingParts, "a delivery stream between resources of other stacks"],
  [fromConfig, "delivery streams that the stack's config lists"],
  [governedLake, "a lake of an organization, with access points and a catalog"],
  [nativeAnalytics, "two stages of a lake by Cloud Control"],
  [notifications, "topics, queues, alarms and a trail around a bucket"],
  [observability, "logs that go to several destinations"],
  [parquet, "conversion to Parquet with an attached managed policy"],
  [putByProducers, "a delivery stream that producers put to, with the encryption of the bucket"],
  [reactions, "functions on a stream, a bus and a schedule"],
  [sharedLake, "a lake with readers in other accounts"],
  [stackReferences, "a delivery stream between the outputs of other stacks"],
  [tenantPlatform, "keys, buckets and delivery streams of tenants in a loop"],
] as const;

describe("the pack", () => {
  for (const [program, what] of programs) {
    it(`reports no mandatory violation, no unknown action and nothing undecided for ${what}`, async () => {
      const { violations, undecided } = await evaluated(program, false);
      assert.deepEqual(violations.filter(isMandatory), []);
      assert.deepEqual(
        violations.filter(({ policy }) => policy === "iam-actions-exist"),
        [],
      );
      assert.deepEqual(undecided, []);
    });

    it(`reports no mandatory violation in a preview of ${what}`, async () => {
      const { violations } = await evaluated(program, true);
      assert.deepEqual(violations.filter(isMandatory), []);
    });
  }
});

/** In an update, with the outputs of AWS, by which stack rules distinguish resources. */
async function evaluated(program: () => void, preview: boolean) {
  const { resources } = await record(program, { preview, call, stackOutputs });
  assert.ok(resources.length > 0);
  const evaluatedResources = resources.map(({ inputs, ...resource }) => ({
    ...resource,
    props: preview ? inputs : mockState({ ...resource, inputs, preview }).state,
  }));
  return evaluatePolicies(packRules(), evaluatedResources);
}

/** What the functions of the provider return, as far as the programs call them. */
function call(token: string, inputs: Readonly<Record<string, unknown>>): object {
  switch (token) {
    case "aws:iam/getPolicyDocument:getPolicyDocument":
      return getPolicyDocument.answer(inputs as never, {} as CallContext);
    case "aws:index/getCallerIdentity:getCallerIdentity":
      return { accountId: "123456789012" };
    case "aws:index/getPartition:getPartition":
      return { partition: "aws" };
    case "aws:index/getRegion:getRegion":
      return { region: "eu-central-1" };
    default:
      throw new Error(`${token} has no answer in this test`);
  }
}

function isMandatory({ level }: { readonly level: string }): boolean {
  return level === "mandatory";
}
