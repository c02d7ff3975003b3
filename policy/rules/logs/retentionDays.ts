import type { Range } from "../../settings/numbers";

/**
 * The days that CloudWatch Logs can keep events, in rising order.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
 */
const offered = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
  3653,
] as const;

/** The offered number of days within bounds that is closest to another; none may lie within them. */
export function nearestRetentionDays(days: number, { min, max }: Range): number | undefined {
  const allowed = offered.filter((value) => value >= min && value <= max);
  return days < min ? allowed[0] : allowed.at(-1);
}
