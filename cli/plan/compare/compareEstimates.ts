import type { StackPlan } from "../../../engine/planStack";
import { type Estimate, estimate } from "../../../local/estimate/estimate";
import { readPricedStack } from "../../../local/estimate/stack/readPricedStack";
import { usualMonthHours } from "../../../local/estimate/traffic";
import { pricesOf } from "../../estimate/builtInPrices";
import { sampleLines, sampleRecords } from "../../estimate/sampledRecords";
import { defaultRecordBytes, type TrafficOptions } from "../../estimate/trafficOptions";
import type { EstimateComparison } from "./estimateDifferences";

interface EstimateRequest extends TrafficOptions {
  readonly prices?: string;
  readonly cwd: string;
}

/** As in `streamlake estimate`: data of a year. */
const monthNumber = 12;

/** Estimates both stacks of a comparison. */
export async function compareEstimates(
  [here, there]: readonly [StackPlan, StackPlan],
  request: EstimateRequest,
): Promise<EstimateComparison> {
  const { input, size = defaultRecordBytes, cwd } = request;
  const sampled = { ...(input !== undefined && { input }), size, cwd };
  const lines = await sampleLines(sampled, new AbortController().signal);
  const estimateOf = async ({ graph, region }: StackPlan): Promise<Estimate> => {
    const stack = readPricedStack(graph, region);
    const { stored, ...records } = await sampleRecords(graph, stack, lines);
    const { rate: recordsPerSecond = 0, peak = 0, hours = 24 } = request;
    const traffic = {
      ...records,
      recordsPerSecond,
      peakRecordsPerSecond: Math.max(recordsPerSecond, peak),
      hoursPerDay: hours,
    };
    const month = { hours: usualMonthHours, number: monthNumber };
    const prices = pricesOf(region, request.prices, cwd);
    return estimate(stack, traffic, prices, { month, stored }, new Date());
  };
  const both = { here: await estimateOf(here), there: await estimateOf(there) };
  return { ...both, costDifference: both.there.total.amount - both.here.total.amount };
}
