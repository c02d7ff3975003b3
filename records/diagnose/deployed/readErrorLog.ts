import {
  type CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  FilterLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import type { Parts } from "../evidence";
import { logLine } from "../logLine";
import type { Attempts } from "./attempts";

/** Where a delivery stream logs its errors. */
export interface LogPlace {
  readonly group: string;
  /** Absent if only the group is known. */
  readonly stream?: string;
}

/** Enough to find every reason: a failing delivery stream logs the same line again and again. */
const MOST_PAGES = 5;

/**
 * Reads the error log.
 *
 * @param since in milliseconds since 1970
 */
export async function readErrorLog(
  client: CloudWatchLogsClient,
  { group, stream }: LogPlace,
  since: number,
  attempts: Attempts,
): Promise<Parts["errorLog"] | undefined> {
  const lines: Parts["errorLog"] = [];
  let token: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = await attempts.attempt("errorLog", "logs:FilterLogEvents", () =>
      client.send(
        new FilterLogEventsCommand({
          logGroupName: group,
          ...(stream !== undefined && { logStreamNames: [stream] }),
          startTime: since,
          ...(token !== undefined && { nextToken: token }),
        }),
      ),
    );
    if (answer === undefined) return undefined;
    if (answer === "missing") {
      const place = stream === undefined ? group : `${group}, ${stream}`;
      attempts.note({ part: "errorLog", reason: `there is no log ${place}` });
      return undefined;
    }
    for (const { timestamp, message } of answer.events ?? [])
      if (timestamp !== undefined && message !== undefined) lines.push(logLine(timestamp, message));
    token = answer.nextToken;
    if (token === undefined) break;
  }
  return lines;
}

/** @returns ARN of the key of a log group; undefined without one */
export async function keyOfLog(
  client: CloudWatchLogsClient,
  { group }: LogPlace,
  attempts: Attempts,
): Promise<string | undefined> {
  const answer = await attempts.attempt("keys", "logs:DescribeLogGroups", () =>
    client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: group })),
  );
  if (typeof answer !== "object") return undefined;
  return answer.logGroups?.find(({ logGroupName }) => logGroupName === group)?.kmsKeyId;
}
