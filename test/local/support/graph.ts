import type { GraphResource, Properties, ResourceGraph } from "../../../engine/graph/resourceGraph";

export function resourceOf(type: string, name: string, inputs: Properties): GraphResource {
  return {
    urn: `urn:pulumi:test::streamlake::${type}::${name}`,
    type,
    name,
    custom: true,
    external: false,
    dependencies: [],
    propertyDependencies: {},
    inputs,
    outputs: {},
    options: {},
  };
}

export function deliveryStreamResource(name: string, inputs: Properties): GraphResource {
  return resourceOf("aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream", name, inputs);
}

export function graphOf(...resources: readonly GraphResource[]): ResourceGraph {
  return { project: "streamlake", stack: "test", resources, outputs: {} };
}
