import * as pulumi from "@pulumi/pulumi";
import { DeliveryPipeline, type DeliveryPipelineArgs } from "../../../components/index";
import type { GraphResource, Properties, ResourceGraph } from "../../../engine/graph/resourceGraph";
import { madeUpProvider } from "../../../engine/provider/madeUpProvider";
import { withPlainStacks } from "../../support/plainStacks";
import { graphOf, resourceOf } from "./graph";

/** The graph of a pipeline `events` as the offline engine creates it, but without processes. */
export async function pipelineGraph(
  args: DeliveryPipelineArgs = {},
  region = "us-east-1",
): Promise<ResourceGraph> {
  const provider = madeUpProvider(region);
  const resources: GraphResource[] = [];
  await pulumi.runtime.setMocks(
    {
      call: ({ token }) => {
        throw new Error(`${token} was called: the component must not call functions`);
      },
      async newResource({ type, name, inputs, custom = true }) {
        const declared = { ...resourceOf(type, name, inputs as Properties), custom };
        if (!custom) {
          resources.push(declared);
          return { id: undefined, state: {} };
        }
        const checked = { ...declared, inputs: provider.check(declared) };
        const { id, outputs } = await provider.create(checked);
        resources.push({ ...checked, outputs });
        return { id, state: outputs };
      },
    },
    "streamlake",
    "test",
  );
  await withPlainStacks(async () => {
    new DeliveryPipeline("events", args);
    await pulumi.runtime.disconnect();
  });
  return graphOf(...resources);
}

/** ARNs of existing resources that the component does not create. */
export const existing = {
  streamArn: "arn:aws:kinesis:us-east-1:123456789012:stream/user-events-stream",
  bucketArn: "arn:aws:s3:::my-data-lake-bucket",
  roleArn: "arn:aws:iam::123456789012:role/FirehoseDeliveryRole",
  keyArn: "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
};
