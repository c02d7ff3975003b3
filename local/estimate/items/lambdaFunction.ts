import type { DeliveryFlow, EntryFlow } from "../flows";
import type { Usage } from "../lineItem";
import { onDemandShards } from "../shards";
import { meanBytes, MIB } from "../traffic";
import type { CostItem } from "./costItem";

/** The function that transforms records: one invocation for each of its buffers, of each shard. */
export const lambdaFunction: CostItem = ({ flows, options: { functionMs } }) =>
  flows.flatMap((flow) =>
    flow.deliveries.flatMap((deliveryFlow) => usageOf(flow, deliveryFlow, functionMs)),
  );

function usageOf(
  { entry, traffic, records, shards }: EntryFlow,
  { delivery }: DeliveryFlow,
  functionMs: number | undefined,
): readonly Usage[] {
  const transformation = delivery.function;
  if (transformation === undefined) return [];
  const { name: resource, bufferBytes, bufferSeconds, memoryMiB } = transformation;
  const isOnDemand = entry.stream?.mode === "on-demand";
  const buffers =
    entry.stream === undefined ? 1 : Math.max(shards, isOnDemand ? onDemandShards : 1);
  const recordsPerSecond = traffic.recordsPerSecond / buffers;
  const bytesPerSecond = recordsPerSecond * meanBytes(traffic.sizes);
  const seconds = Math.max(
    1 / recordsPerSecond,
    Math.min(1 / recordsPerSecond + bufferSeconds, bufferBytes / bytesPerSecond),
  );
  const invocations = records === 0 ? 0 : records / recordsPerSecond / seconds;
  const gigabyteSeconds =
    functionMs === undefined || memoryMiB === undefined
      ? null
      : invocations * (functionMs / 1000) * (memoryMiB / 1024);
  const missing = functionMs === undefined ? "unknown; --function-ms has it" : "memory unknown";
  return [
    {
      ...{ id: "lambda.request", resource, count: invocations },
      basis: `buffers of ${bufferBytes / MIB} MiB or ${bufferSeconds} s; shards: ${buffers}`,
    },
    {
      ...{ id: "lambda.duration", resource, count: gigabyteSeconds },
      basis: gigabyteSeconds === null ? missing : `${functionMs} ms each, ${memoryMiB} MiB`,
    },
  ];
}
