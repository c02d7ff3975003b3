import * as pulumi from "@pulumi/pulumi";
import type { DeliveryPipelineArgs } from "../../../components/index";
import {
  type DeliveryStream,
  readDeliveryStream,
} from "../../../aws/firehose/model/deliveryStream";
import { type GraphResource, Unknown } from "../../../engine/graph/resourceGraph";
import type { Recording } from "../../support/record";
import { firehose } from "./recordedPipeline";

export const functionArn = "arn:aws:lambda:us-east-1:123456789012:function:redact";
export const tableArn = "arn:aws:glue:us-east-1:123456789012:table/lake/clicks";
export const columns = [
  { name: "customer", type: "string" },
  { name: "amount", type: "decimal(10,2)" },
];

/** The line of settings that turns each feature on. */
export const features = {
  partitioning: { partitioning: { keys: { customer: ".customer" } } },
  transform: { transform: { functionArn } },
  conversion: { conversion: { catalog: { columns } } },
  backup: { backup: { enabled: true } },
  cloudWatchLogs: { delivery: { cloudWatchLogs: "messages" } },
} as const satisfies Record<string, DeliveryPipelineArgs>;

/** What the model of a delivery stream reads from the one that a program registered. */
export function modelOf(recording: Recording): DeliveryStream {
  const { urn, type, name, ...registered } = recording.one(firehose);
  const inputs = withUnknown(registered.inputs);
  return readDeliveryStream({ urn, type, name, inputs, outputs: {} } as unknown as GraphResource);
}

/** With what is known only after deployment as the graph has it. */
function withUnknown(value: unknown): unknown {
  if (value === pulumi.runtime.unknownValue) return new Unknown();
  if (Array.isArray(value)) return value.map(withUnknown);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, withUnknown(child)]));
}

/** The inputs of the S3 destination. */
export function destinationOf(recording: Recording): Readonly<Record<string, unknown>> {
  return recording.one(firehose).inputs["extendedS3Configuration"] as Readonly<
    Record<string, unknown>
  >;
}
