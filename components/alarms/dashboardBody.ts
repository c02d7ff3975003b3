import { alarmChart, type DashboardFacts, rateChart } from "./dashboardChart";
import { type DashboardBody, inRows, type SizedWidget } from "./dashboardWidget";

/**
 * The way of the records from left to right: producers, stream, Firehose, bucket; and at its end
 * what went wrong. Each title tells what to do when the graph crosses its line.
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
        text(6, "## 4. Bucket →\nholds them as objects."),
      ],
      flowRow(facts, "Bytes", 1_048_576),
      flowRow(facts, "Records", 1000),
      [
        alarmChart(
          facts,
          ["Throttled writes", "above the line, relieve the shards"],
          "writesThrottled",
        ),
        alarmChart(
          facts,
          ["Iterator age", "above the line, mend the slowest reader"],
          "iteratorAge",
        ),
        alarmChart(facts, ["Behind latest", "above the line, mend delivery"], "behindLatest"),
        alarmChart(facts, ["Data freshness", "above the line, see errors"], "dataFreshness"),
      ],
      [
        alarmChart(
          facts,
          ["Puts", "beyond a line, mend producers"],
          "putRecordSuccess",
          "putRecordsFailed",
        ),
        alarmChart(
          facts,
          ["Reads", "beyond a line, relieve the shards"],
          "getRecordsSuccess",
          "readsThrottled",
        ),
        alarmChart(
          facts,
          ["Throttled Firehose", "above the line, relieve the shards"],
          "sourceThrottled",
        ),
        alarmChart(facts, ["Successful writes", "below the line, see errors"], "deliverySuccess"),
      ],
      [text(24, "## 5. Errors\nare what Firehose could not deliver, and why.")],
      [
        alarmChart(
          facts,
          ["Arrived and delivered", "only arrivals, see errors"],
          "deliveryStalled",
        ),
        alarmChart(facts, ["Logged errors", "above the line, read them"], "deliveryErrors"),
        newestErrors(facts),
      ],
    ]),
  };
}

function alarmRow({ alarmArns }: DashboardFacts): readonly (readonly SizedWidget[])[] {
  if (alarmArns.length === 0) return [];
  const title = "Alarms: each description tells what to do";
  return [[{ type: "alarm", width: 24, height: 3, properties: { title, alarms: alarmArns } }]];
}

/** How much passes each station, and what the shards can take of it per second. */
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
      title: "Newest errors: each one names its cause",
      region,
      view: "table",
      query: `SOURCE '${names.errorLog}' | fields @timestamp, @message | sort @timestamp desc | limit 50`,
    },
  };
}

function text(width: number, markdown: string): SizedWidget {
  return { type: "text", width, height: 2, properties: { markdown } };
}
