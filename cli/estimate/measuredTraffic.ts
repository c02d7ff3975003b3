import type { CloudWatchClient, MetricDataQuery } from "@aws-sdk/client-cloudwatch";
import { awsFailure } from "../../records/awsFailure";
import type { AwsOptions } from "../options";
import { cloudWatchClient } from "../serviceClients";
import { openTarget } from "../target/openTarget";

/** What CloudWatch has measured of a deployed stream. */
export interface MeasuredTraffic {
  readonly name: string;
  readonly region: string | null;
  /** ISO time of the first minute with records, and of the end. */
  readonly from: string;
  readonly to: string;
  readonly recordsPerSecond: number;
  /** In the minute, or the 5 minutes, with the most records. */
  readonly peakRecordsPerSecond: number;
  readonly recordBytes: number;
}

interface Measurement extends AwsOptions {
  readonly stack: string;
  readonly stackExport: string | undefined;
  /** Name of the stream; undefined for that of the stack's outputs. */
  readonly stream: string | undefined;
  /** Default: 14. */
  readonly days: number | undefined;
}

const defaultDays = 14;

/**
 * Reads the traffic of a deployed stream, or of a delivery stream without one.
 *
 * @param isStream whether producers put records on a Kinesis stream
 * @throws Error if it cannot be read, or if there was none
 */
export async function measuredTraffic(
  { stack, stackExport, stream, days = defaultDays, ...aws }: Measurement,
  isStream: boolean,
  now: Date,
): Promise<MeasuredTraffic> {
  const named =
    stream === undefined
      ? await deployedStream(stackExport === undefined ? { stack } : { stackExport })
      : { name: stream };
  const region = aws.region ?? named.region;
  const client = await cloudWatchClient({ ...aws, ...(region !== undefined && { region }) });
  try {
    const usedRegion = await client.config.region();
    const series = await readSeries(client, queriesOf(named.name, isStream, days), days, now);
    const traffic = trafficIn(series, secondsOf(days), now);
    if (traffic === undefined)
      throw new Error(
        `CloudWatch has no IncomingRecords of "${named.name}" in ${usedRegion} in the last ${days} days. ` +
          "Check --stream and --region, or specify the traffic with --rate.",
      );
    return { name: named.name, region: usedRegion, ...traffic };
  } finally {
    client.destroy();
  }
}

async function deployedStream(
  options: { readonly stack: string } | { readonly stackExport: string },
): Promise<{ readonly name: string; readonly region?: string }> {
  const open = await openTarget(options, "--stream NAME and --region REGION");
  if (open === undefined) throw new Error("Specify --stream NAME and --region REGION.");
  return open.target.entry();
}

/** CloudWatch keeps minutes for 15 days, and 5 minutes for 63. Source: CloudWatch, "Metrics retention". */
function secondsOf(days: number): 60 | 300 {
  return days < 15 ? 60 : 300;
}

/** Source: "Monitor Amazon Kinesis Data Streams with CloudWatch", and Firehose's counterpart. */
function queriesOf(name: string, isStream: boolean, days: number): readonly MetricDataQuery[] {
  const [Namespace, dimension] = isStream
    ? ["AWS/Kinesis", "StreamName"]
    : ["AWS/Firehose", "DeliveryStreamName"];
  return (["records", "bytes"] as const).map((Id) => ({
    Id,
    MetricStat: {
      Metric: {
        Namespace,
        MetricName: Id === "records" ? "IncomingRecords" : "IncomingBytes",
        Dimensions: [{ Name: dimension, Value: name }],
      },
      Period: secondsOf(days),
      Stat: "Sum",
    },
  }));
}

interface Series {
  readonly records: readonly { readonly at: number; readonly sum: number }[];
  readonly bytes: number;
}

async function readSeries(
  client: CloudWatchClient,
  queries: readonly MetricDataQuery[],
  days: number,
  now: Date,
): Promise<Series> {
  const { GetMetricDataCommand } = await import("@aws-sdk/client-cloudwatch");
  const records: { at: number; sum: number }[] = [];
  let bytes = 0;
  let token: string | undefined;
  do {
    const page = await client
      .send(
        new GetMetricDataCommand({
          MetricDataQueries: [...queries],
          StartTime: new Date(now.getTime() - days * 86_400_000),
          EndTime: now,
          ...(token !== undefined && { NextToken: token }),
        }),
      )
      .catch((error: unknown) => {
        const { code, message } = awsFailure(error);
        throw new Error(`CloudWatch cannot be read: ${code}: ${message}`, { cause: error });
      });
    for (const { Id, Timestamps = [], Values = [] } of page.MetricDataResults ?? [])
      Values.forEach((sum, index) => {
        if (Id === "bytes") bytes += sum;
        else records.push({ at: Timestamps[index]?.getTime() ?? 0, sum });
      });
    token = page.NextToken;
  } while (token !== undefined);
  return { records, bytes };
}

/** The mean since the first record; undefined without one. Missing minutes had no records. */
function trafficIn({ records, bytes }: Series, seconds: number, now: Date) {
  const total = records.reduce((sum, one) => sum + one.sum, 0);
  if (total === 0) return undefined;
  const first = Math.min(...records.filter(({ sum }) => sum > 0).map(({ at }) => at));
  const measured = Math.max(seconds, (now.getTime() - first) / 1000);
  return {
    from: new Date(first).toISOString(),
    to: now.toISOString(),
    recordsPerSecond: total / measured,
    peakRecordsPerSecond: Math.max(...records.map(({ sum }) => sum)) / seconds,
    recordBytes: bytes / total,
  };
}
