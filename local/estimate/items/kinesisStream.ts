import type { CostItem } from "./costItem";
import { onDemandUsage } from "./kinesisOnDemand";
import { provisionedUsage } from "./kinesisProvisioned";

/** The streams that the stack declares, in their capacity modes. */
export const kinesisStream: CostItem = ({ flows, options: { month } }) =>
  flows.flatMap((flow) => {
    const { stream } = flow.entry;
    if (stream?.declared !== true) return [];
    return stream.mode === "on-demand"
      ? onDemandUsage(flow, month)
      : provisionedUsage(flow, month, flow.shards);
  });
