import assert from "node:assert/strict";
import fc from "fast-check";
import type { AlarmedFeature, AlarmFacts } from "../../../components/alarms/alarmDefinition";
import { alarmDefinitions, alarmNames } from "../../../components/alarms/alarmDefinitions";
import { dashboardBody } from "../../../components/alarms/dashboardBody";
import type { DashboardFacts } from "../../../components/alarms/dashboardChart";
import type { DashboardBody, RowOptions, Widget } from "../../../components/alarms/dashboardWidget";

const alarmFacts: AlarmFacts = {
  ...{ retentionHours: 24, bufferIntervalSeconds: 300, backupIntervalSeconds: 300 },
  features: ["partitioning", "transform", "conversion", "backup"],
};

/** With all alarms, on a stream of four shards. */
const facts: DashboardFacts = {
  alarmFacts,
  region: "eu-central-1",
  names: { stream: "events-stream", firehose: "events-firehose", errorLog: "/aws/errors" },
  shardCount: 4,
  thresholds: Object.fromEntries(
    alarmNames.map((alarm) => [alarm, alarmDefinitions[alarm].threshold(alarmFacts)]),
  ),
  alarmArns: ["arn:aws:cloudwatch:eu-central-1:123456789012:alarm:events-iterator-age"],
};

const bare: DashboardFacts = { ...facts, shardCount: undefined, thresholds: {}, alarmArns: [] };

const graphs = ({ widgets }: DashboardBody) =>
  widgets.flatMap((widget) => (widget.type === "metric" ? [widget.properties] : []));

const linesOf = (body: DashboardBody) =>
  graphs(body).flatMap(({ annotations }) => annotations.horizontal);

describe("dashboardBody", () => {
  it("places every widget within 24 columns without overlap, with and without alarms", () => {
    for (const { widgets } of [facts, bare].map(dashboardBody)) {
      const taken = new Set<string>();
      for (const { x, y, width, height } of widgets) {
        assert.ok(width > 0 && height > 0 && x + width <= 24);
        for (let column = x; column < x + width; column += 1)
          for (let row = y; row < y + height; row += 1) {
            const cell = `${column},${row}`;
            assert.ok(!taken.has(cell), `two widgets at ${cell}`);
            taken.add(cell);
          }
      }
    }
  });

  it("shows the path of the records from left to right", () => {
    const { widgets } = dashboardBody({ ...facts, alarmFacts: { ...alarmFacts, features: [] } });
    const columnOf = (metric: string) =>
      widgets.find(
        (widget) =>
          widget.type === "metric" && widget.properties.metrics.some(([, name]) => name === metric),
      )?.x;
    const path = [
      "IncomingBytes",
      "GetRecords.Bytes",
      "DataReadFromKinesisStream.Bytes",
      "DeliveryToS3.Bytes",
    ];
    assert.deepEqual(path.map(columnOf), [0, 6, 12, 18]);
    assert.deepEqual(
      widgets.flatMap((widget) =>
        widget.type === "text" ? [[widget.x, heading(widget.properties.markdown)]] : [],
      ),
      [
        [0, "1. Producers →"],
        [6, "2. Stream →"],
        [12, "3. Firehose →"],
        [18, "4. Bucket →"],
        [0, "5. Errors"],
      ],
    );
    const last = widgets.at(-1);
    assert.ok(last?.type === "log");
    assert.match(last.properties.query, /^SOURCE '\/aws\/errors' \| /);
  });

  it("shows the metrics of the features that are on, below everything else", () => {
    const titlesWith = (...features: AlarmedFeature[]) =>
      graphs(dashboardBody({ ...facts, alarmFacts: { ...alarmFacts, features } })).map(
        ({ title }) => title.replace(/:.*/, ""),
      );
    const base = titlesWith();
    const added = (...features: AlarmedFeature[]) => titlesWith(...features).slice(base.length);
    assert.deepEqual(added("partitioning"), ["Active partitions", "Partitions beyond the limit"]);
    assert.deepEqual(added("transform"), ["Successful function calls", "Function duration"]);
    assert.deepEqual(added("conversion"), ["Failed conversions"]);
    assert.deepEqual(added("backup"), ["Backup freshness", "Successful backup writes"]);
    assert.equal(added("partitioning", "transform", "conversion", "backup").length, 7);
  });

  it("uses the metrics of the pipeline's own stream, delivery stream and log, in its region", () => {
    const owners = [
      "AWS/Kinesis StreamName events-stream",
      "AWS/Firehose DeliveryStreamName events-firehose",
      "AWS/Logs LogGroupName /aws/errors",
    ];
    const found = new Set<string>();
    for (const { metrics, region } of graphs(dashboardBody(facts))) {
      assert.equal(region, "eu-central-1");
      assert.ok(metrics.length > 0);
      for (const row of metrics.filter(({ length }) => length > 1)) {
        const [namespace, , dimension, value] = row.filter((part) => typeof part === "string");
        found.add([namespace, dimension, value].join(" "));
        const options = row.at(-1);
        assert.ok(isOptions(options) && options.stat && options.period);
        assert.equal(options.period % 60, 0);
      }
    }
    assert.deepEqual([...found].sort(), owners.sort());
  });

  it("only refers to metrics of the same graph, each with a unique id", () => {
    for (const { title, metrics } of graphs(dashboardBody(facts))) {
      const options = metrics.map((row) => row.at(-1)).filter(isOptions);
      const ids = options.flatMap(({ id }) => id ?? []);
      assert.equal(new Set(ids).size, ids.length, title);
      for (const { expression = "" } of options)
        for (const id of expression.match(/\b[a-z]\w*\b/g) ?? [])
          assert.ok(ids.includes(id), `${title}: ${id} in ${expression}`);
    }
  });

  it("draws the threshold of each alarm that is on once, filled on the breaching side", () => {
    const anyThresholds = fc.record(
      Object.fromEntries(alarmNames.map((alarm) => [alarm, fc.nat()])),
      { requiredKeys: [], noNullPrototype: true },
    );
    fc.assert(
      fc.property(anyThresholds, (thresholds) => {
        const lines = linesOf(dashboardBody({ ...bare, thresholds }));
        assert.deepEqual(Object.fromEntries(lines.map((l) => [l.label, l.value])), thresholds);
        assert.equal(lines.length, Object.keys(thresholds).length);
      }),
    );
    const side = (label: string) =>
      linesOf(dashboardBody(facts)).find((line) => line.label === label)?.fill;
    assert.equal(side("iteratorAge"), "above");
    assert.equal(side("deliverySuccess"), "below");
  });

  it("shows the statistic and period that an alarm evaluates with its threshold", () => {
    const body = dashboardBody({
      ...facts,
      alarmFacts: { ...alarmFacts, bufferIntervalSeconds: 900, features: [] },
    });
    const options = (metric: string, graph: RegExp) =>
      graphs(body)
        .filter(({ title }) => graph.test(title))
        .flatMap(({ metrics }) => metrics.filter(([, name]) => name === metric))
        .map((row) => row.at(-1))
        .filter(isOptions)
        .map(({ stat, period }) => [stat, period]);
    assert.deepEqual(options("GetRecords.IteratorAgeMilliseconds", /./), [["Maximum", 60]]);
    assert.deepEqual(options("IncomingRecords", /^Arrived/), [["Sum", 1500]]);
    assert.deepEqual(options("DeliveryToS3.Records", /^Arrived/), [["Sum", 1500]]);
    assert.equal(body.periodOverride, "inherit");
  });

  it("draws the capacity of the shards if their number is known", () => {
    const capacities = (shardCount?: number) =>
      linesOf(dashboardBody({ ...bare, shardCount })).map(({ value }) => value);
    assert.deepEqual(capacities(4), [4 * 1024 * 1024, 4000]);
    assert.deepEqual(capacities(), []);
  });

  it("includes in the title of a graph with a line what to do beyond it", () => {
    const titles = (of: DashboardFacts) => graphs(dashboardBody(of)).map(({ title }) => title);
    assert.ok(titles(facts).includes("Iterator age: above the line, fix the slowest reader"));
    assert.ok(titles(bare).includes("Iterator age"));
    for (const { title, annotations } of graphs(dashboardBody(facts)))
      assert.equal(title.includes(": "), annotations.horizontal.length > 0, title);
  });

  it("shows the state of the alarms only if there are alarms", () => {
    const states = (widgets: readonly Widget[]) =>
      widgets.flatMap((widget) => (widget.type === "alarm" ? [widget.properties.alarms] : []));
    assert.deepEqual(states(dashboardBody(facts).widgets), [facts.alarmArns]);
    assert.deepEqual(states(dashboardBody(bare).widgets), []);
  });
});

function heading(markdown: string): string | undefined {
  return /^## (.+)$/m.exec(markdown)?.[1];
}

function isOptions(option: string | RowOptions | undefined): option is RowOptions {
  return typeof option === "object";
}
