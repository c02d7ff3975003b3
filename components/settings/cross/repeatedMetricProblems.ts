import type { Problem } from "../problem";
import type { Given } from "./given";

/** A metric is on or off: the second mention of one is a slip of the hand. */
export function repeatedMetricProblems({ known }: Given): readonly Problem[] {
  const metrics = known.stream?.shardLevelMetrics ?? [];
  return metrics.flatMap((metric, index) =>
    metrics.indexOf(metric) === index
      ? []
      : [
          {
            path: ["stream", "shardLevelMetrics", index],
            reason: `is ${metric} once more`,
            allowed: "each metric once",
            surplus: true,
          },
        ],
  );
}
