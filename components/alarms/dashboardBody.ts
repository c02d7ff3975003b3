import { type AlarmName, alarmDefinitions } from "./alarmDefinitions";
import { alarmChart, type DashboardFacts, rateChart } from "./dashboardChart";
import { type DashboardBody, inRows, type SizedWidget } from "./dashboardWidget";

/**
 * The path of the records from left to right: producers, stream, Firehose, bucket. The last rows
 * show what went wrong. The title of a graph with a line includes what to do when the line is
 * crossed.
 */
export function dashboardBody(facts: DashboardFacts): DashboardBody {
  return {
    periodOverride: "inherit",
    widgets: inRows([
      ...alarmRow(facts),
      [
        text(6, "## 1. Producers →\nput records on the stream."),
        text(6, "## 2. Stream →\nkeeps them until they expire."),
        text(6, "## 3. Firehose →\nreads and buffers them."),
        text(6, "## 4. Bucket →\nstores them as objects."),
      ],
      flowRow(facts, "Bytes", 1_048_576),
      flowRow(facts, "Records", 1000),
      [
        alarmChart(
          facts,
          ["Throttled writes", "above the line, reduce the load per shard"],
          "writesThrottled",
        ),
        alarmChart(
          facts,
          ["Iterator age", "above the line, fix the slowest reader"],
          "iteratorAge",
        ),
        alarmChart(facts, ["Behind latest", "above the line, fix delivery"], "behindLatest"),
        alarmChart(facts, ["Data freshness", "above the line, see errors"], "dataFreshness"),
      ],
      [
        alarmChart(
          facts,
          ["Puts", "beyond a line, fix the producers"],
          "putRecordSuccess",
          "putRecordsFailed",
        ),
        alarmChart(
          facts,
          ["Reads", "beyond a line, reduce the load per shard"],
          "getRecordsSuccess",
          "readsThrottled",
        ),
        alarmChart(
          facts,
          ["Throttled Firehose", "above the line, reduce the load per shard"],
          "sourceThrottled",
        ),
        alarmChart(facts, ["Successful writes", "below the line, see errors"], "deliverySuccess"),
      ],
      [text(24, "## 5. Errors\nWhat Firehose could not deliver, and why.")],
      [
        alarmChart(
          facts,
          ["Arrived and delivered", "if records only arrive, see errors"],
          "deliveryStalled",
        ),
        alarmChart(facts, ["Logged errors", "above the line, read them"], "deliveryErrors"),
        newestErrors(facts),
      ],
      ...featureRows(facts),
    ]),
  };
}

/** What happens to the records on their way; none for a pipeline that delivers them as they are. */
function featureRows(facts: DashboardFacts): readonly (readonly SizedWidget[])[] {
  const charts = featureCharts.flatMap(([what, todo, alarm]) => {
    const { feature } = alarmDefinitions[alarm];
    if (feature === undefined || !facts.alarmFacts.features.includes(feature)) return [];
    return [alarmChart(facts, [what, todo], alarm)];
  });
  if (charts.length === 0) return [];
  return [
    [text(24, "## 6. Processing\nPartitions, function, conversion and backup.")],
    ...[0, perRow].map((start) => charts.slice(start, start + perRow)),
  ].filter((row) => row.length > 0);
}

/** Graphs in a row of 24 columns. */
const perRow = 4;

const featureCharts: readonly (readonly [what: string, todo: string, alarm: AlarmName])[] = [
  ["Active partitions", "above the line, use keys with fewer values", "activePartitions"],
  ["Partitions beyond the limit", "above the line, records fail", "partitionsExceeded"],
  ["Successful function calls", "below the line, see the function's log", "transformSuccess"],
  ["Function duration", "above the line, send smaller batches", "transformDuration"],
  ["Failed conversions", "above the line, see the error prefix", "failedConversions"],
  ["Backup freshness", "above the line, see errors", "backupFreshness"],
  ["Successful backup writes", "below the line, see errors", "backupSuccess"],
];

function alarmRow({ alarmArns }: DashboardFacts): readonly (readonly SizedWidget[])[] {
  if (alarmArns.length === 0) return [];
  const title = "Alarms: see their descriptions for what to do";
  return [[{ type: "alarm", width: 24, height: 3, properties: { title, alarms: alarmArns } }]];
}

/** The throughput at each stage, and the capacity of the shards for writes. */
function flowRow(
  facts: DashboardFacts,
  what: "Bytes" | "Records",
  perShard: number,
): readonly SizedWidget[] {
  const { shardCount } = facts;
  const capacity = shardCount === undefined ? undefined : shardCount * perShard;
  const rate = `${what} per second`;
  return [
    rateChart(facts, `${rate} written`, "stream", `Incoming${what}`, capacity),
    rateChart(facts, `${rate} read by all consumers`, "stream", `GetRecords.${what}`),
    rateChart(facts, `${rate} read by Firehose`, "firehose", `DataReadFromKinesisStream.${what}`),
    rateChart(facts, `${rate} delivered`, "firehose", `DeliveryToS3.${what}`),
  ];
}

function newestErrors({ region, names }: DashboardFacts): SizedWidget {
  return {
    type: "log",
    width: 12,
    height: 6,
    properties: {
      title: "Newest errors, with their causes",
      region,
      view: "table",
      query: `SOURCE '${names.errorLog}' | fields @timestamp, @message | sort @timestamp desc | limit 50`,
    },
  };
}

function text(width: number, markdown: string): SizedWidget {
  return { type: "text", width, height: 2, properties: { markdown } };
}
