import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { json } from "node:stream/consumers";
import pc from "picocolors";
import { measuredTraffic } from "../../cli/estimate/measuredTraffic";
import { showComparison } from "../../cli/plan/showPlan";
import { planTwoStacks } from "../../engine/planStack";
import type { Estimate } from "../../local/estimate/estimate";
import { temporaryFolder } from "../local/support/temporaryFolder";
import { streamlakeHere } from "./support/streamlakeHere";

interface PrintedEstimate extends Estimate {
  readonly source: { readonly measured?: Readonly<Record<string, unknown>> };
}

const root = join(__dirname, "../..");

describe("streamlake estimate", () => {
  const directory = temporaryFolder();
  const estimated = (...args: readonly string[]) =>
    streamlakeHere(["estimate", "--stack", "prod", ...args]);

  it("prints bill, delivery and assumptions in 80 columns, writes a page, and fails above a budget", async () => {
    const page = join(directory, "estimate.html");
    const prices = join(directory, "prices.json");
    const own = { id: "s3.put", region: "us-east-1", unit: "thousand requests", price: 0.01 };
    const origin = { source: "our contract", date: "2020-01-01", confidence: "C" };
    writeFileSync(prices, JSON.stringify({ currency: "USD", prices: [{ ...own, ...origin }] }));
    const args = ["--rate", "500/s", "--prices", prices, "--page", page, "--budget", "100"];
    const { stdout, stderr, exitCode } = await estimated(...args);
    assert.equal(exitCode, 1, stderr);
    for (const line of stdout.split("\n")) assert.ok(line.length <= 80, line);
    assert.match(stdout, /^Estimate of prod in us-east-1: 500 records\/s of 1\.0 KiB$/m);
    // 500 x 3,600 x 730 records of 5 KB at $0.029.
    assert.match(stdout, /^ {2}data ingested +6,266 GB +x 0\.029 +\$181\.70$/m);
    assert.match(stdout, /^ {2}PUT requests +20\.1 thousand requests x 0\.01 +\$0\.20$/m);
    assert.match(stdout, /^Total of month 12 +\$\d+\.\d\d$/m);
    assert.match(stdout, /^Latency +at best \d\.\d+ s, at worst \d+(\.\d)? s: read 1 s \+ buffer/m);
    assert.match(stdout, /^Rounding +Firehose bills 5 times the bytes/m);
    assert.match(stdout, /^ {2}- A month has 730 hours\./m);
    assert.match(stdout, /Prices older than 180 days: s3\.put; the oldest is of\s+2020-01-01\./);
    assert.match(stderr, /^Page: .*estimate\.html$/m);
    assert.match(readFileSync(page, "utf8"), /^<!doctype html>/);
  });

  it("combines the measured rate of a deployed stream with the records of an input", async () => {
    const input = join(directory, "input.jsonl");
    const lines = Array.from({ length: 2000 }, (_, id) => `{"id":${id},"type":"click"}`);
    writeFileSync(input, `${lines.join("\n")}\n${"y".repeat(6000)}\n`);
    const { endpoint, requests, close } = await cloudWatchStandIn();
    const measured = ["--measured", "7", "--stream", "events", "--region", "us-east-1"];
    const { stdout, stderr, exitCode } = await estimated(
      ...[...measured, "--endpoint", endpoint, "--input", input, "--json", "--month", "1"],
    );
    close();
    assert.equal(exitCode, 0, stderr);
    const { traffic, items, objects, rounding, month, source } = JSON.parse(
      stdout,
    ) as PrintedEstimate;
    assert.equal(source.measured?.["name"], "events");
    // 60,000 records in the last 1,000 s, of which 48,000 in one minute.
    assert.ok(Math.abs(traffic.recordsPerSecond - 60) < 1, `${traffic.recordsPerSecond}`);
    assert.equal(traffic.peakRecordsPerSecond, 800);
    const bytes = lines.reduce((sum, { length }) => sum + length, 6000) / 2001;
    assert.ok(Math.abs(traffic.recordBytes - bytes) < 1e-6);
    assert.equal(month.number, 1);
    // 2,000 records of 5 KB and one of 10 KB.
    const ingested = items.find(({ id }) => id === "firehose.ingest")?.quantity ?? 0;
    const records = traffic.recordsPerSecond * 3600 * 730;
    const expected = (records * 5120 * (2002 / 2001)) / 1024 ** 3;
    assert.ok(Math.abs(ingested / expected - 1) < 1e-9);
    const [of] = objects;
    assert.ok(of && of.storedBytes < of.dataBytes / 4, "GZIP makes repeated lines much smaller.");
    assert.ok(rounding.ratio > 50);
    assert.equal(requests.length, 2);
  });

  it("reads CloudWatch page by page, in minutes, for streams and for delivery streams", async () => {
    const { endpoint, requests, close } = await cloudWatchStandIn();
    const request = {
      ...{ stack: "prod", stackExport: undefined, stream: "events", days: undefined },
      ...{ endpoint, region: "us-east-1" },
    };
    const traffic = await measuredTraffic(request, true, new Date());
    assert.equal(traffic.recordBytes, 200);
    assert.equal(traffic.region, "us-east-1");
    assert.equal(requests[1]?.["NextToken"], "more");
    await measuredTraffic({ ...request, days: 30 }, false, new Date());
    close();
    const metric = (Namespace: string, Name: string, Period: number) => ({
      Metric: {
        Namespace,
        MetricName: "IncomingRecords",
        Dimensions: [{ Name, Value: "events" }],
      },
      Period,
      Stat: "Sum",
    });
    assert.deepEqual(firstMetric(requests[0]), metric("AWS/Kinesis", "StreamName", 60));
    assert.deepEqual(firstMetric(requests[2]), metric("AWS/Firehose", "DeliveryStreamName", 300));
  });

  it("reports an endpoint that does not answer, and a stream without records", async () => {
    const request = {
      ...{ stack: "prod", stackExport: undefined, stream: "idle", days: 3 },
      region: "us-east-1",
    };
    await assert.rejects(
      measuredTraffic({ ...request, endpoint: "http://127.0.0.1:1" }, true, new Date()),
      /^Error: CloudWatch cannot be read: ECONNREFUSED/,
    );
    const { endpoint, close } = await cloudWatchStandIn(() => ({ MetricDataResults: [] }));
    await assert.rejects(measuredTraffic({ ...request, endpoint }, true, new Date()), {
      message:
        'CloudWatch has no IncomingRecords of "idle" in us-east-1 in the last 3 days. ' +
        "Check --stream and --region, or specify the traffic with --rate.",
    });
    close();
  });

  it("rejects traffic that is missing or contradictory, and files that cannot be used", async () => {
    const none = join(directory, "none.json");
    const broken = join(directory, "broken.json");
    writeFileSync(broken, "{}");
    const rate = ["--rate", "1/s"];
    for (const [args, message] of [
      [[], /^Specify the traffic: --rate 500\/s with --size or --input, or --measured/],
      [["--rate", "fast"], /It must be records per s, min or h/],
      [[...rate, "--measured"], /'--measured \[days\]' cannot be used with option '--rate/],
      [[...rate, "--size", "1KiB", "--input", none], /'--input <file>' cannot be used with/],
      [[...rate, "--hours", "25"], /at most 24/],
      [[...rate, "--month", "0"], /whole number from 1 to 120/],
      [[...rate, "--stream", "x"], /^--stream needs --measured/],
      [[...rate, "--profile", "x"], /^--profile needs --measured/],
      [[...rate, "--input", none], /no such file/],
      [[...rate, "--prices", none], /^The price file cannot be read: ENOENT/],
      [[...rate, "--prices", broken], /broken\.json is not a valid price file:\n {2}currency/],
      [
        [...rate, "--page", join(broken, "page.html")],
        /Specify a file in a writable directory with --page\./,
      ],
      [
        [
          "--measured",
          "--stream",
          "x",
          "--endpoint",
          "http://127.0.0.1:1",
          "--region",
          "us-east-1",
        ],
        /^CloudWatch cannot be read: ECONNREFUSED/m,
      ],
    ] as const) {
      const { stderr, exitCode } = await estimated(...args);
      assert.equal(exitCode, 2, args.join(" "));
      assert.match(stderr, message);
      assert.doesNotMatch(stderr, /\n\s+at /);
    }
    assert.ok(!existsSync(none));
  });
});

describe("streamlake plan --compare --rate", () => {
  it("shows what costs more and how delivery changes, as text and JSON", async () => {
    const request = { directory: root, stack: "dev", preview: false, policyPack: undefined };
    const plans = await planTwoStacks(request, "prod", () => undefined);
    const shown = async (more: object): Promise<string> => {
      let printed = "";
      const stdout = { write: (text: string) => (printed += text) };
      const options = { compare: "prod", policy: false, cwd: root, rate: 500, ...more };
      const output = { stdout, stderr: stdout, colors: pc.createColors(false) };
      assert.equal(await showComparison(plans, options, output), 0);
      return printed;
    };
    const text = await shown({});
    assert.match(text, /^Cost of month 12 +dev +prod$/m);
    assert.match(text, /^ {2}Total +\$\d+\.\d\d +\$\d+\.\d\d \(\+\$\d+\.\d\d\)$/m);
    assert.match(text, /^ {2}latency, at worst +11\.4 s +132\.3 s$/m);
    assert.match(
      text,
      /^With 500 records\/s of 1\.0 KiB, prod costs \$\d+\.\d\d a month more than dev$/m,
    );
    for (const line of text.split("\n")) assert.ok(line.length <= 80, line);
    const { estimates } = JSON.parse(await shown({ json: true })) as {
      estimates: { here: Estimate; there: Estimate; costDifference: number };
    };
    const { here, there, costDifference } = estimates;
    assert.equal(costDifference, there.total.amount - here.total.amount);
    assert.doesNotMatch(await shown({ rate: undefined }), /Cost of month/);
  });

  it("needs --rate, and --compare or --diff", async () => {
    const alone = await streamlakeHere(["plan", "--stack", "dev", "--rate", "1/s"]);
    assert.equal(alone.exitCode, 2);
    assert.match(
      alone.stderr,
      /^--rate needs --compare or --diff\. For one stack: streamlake estimate$/m,
    );
    const size = await streamlakeHere([
      "plan",
      "--stack",
      "dev",
      "--compare",
      "prod",
      "--size",
      "1KiB",
    ]);
    assert.match(
      size.stderr,
      /^--size needs --rate, with which both sides of a comparison are estimated\.$/m,
    );
  });
});

type Answer = (page: number, now: number) => object;

/** Replaces CloudWatch on loopback. */
async function cloudWatchStandIn(answer: Answer = metricPage) {
  const requests: Record<string, unknown>[] = [];
  const server = createServer((request, response) => {
    void json(request).then((body) => {
      requests.push(body as Record<string, unknown>);
      response.setHeader("content-type", "application/x-amz-json-1.0");
      response.end(JSON.stringify(answer(requests.length, Date.now() / 1000)));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const close = (): void => {
    server.closeAllConnections();
    server.close();
  };
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close,
  };
}

function firstMetric(request: Record<string, unknown> | undefined): unknown {
  const [query] = request?.["MetricDataQueries"] as { readonly MetricStat: object }[];
  return query?.MetricStat;
}

/** An answer of GetMetricData in AWS's JSON protocol: newest first, without minutes that had no records. */
function metricPage(page: number, now: number): object {
  const [first, last] = [now - 1000, now - 400];
  const of = (Id: string, Label: string, values: readonly (readonly [number, number])[]) => ({
    ...{ Id, Label, StatusCode: page % 2 === 1 ? "PartialData" : "Complete" },
    Timestamps: values.map(([at]) => at),
    Values: values.map(([, value]) => value),
  });
  return page % 2 === 1
    ? {
        MetricDataResults: [
          of("records", "IncomingRecords", [[last, 48_000]]),
          of("bytes", "IncomingBytes", [[last, 9_600_000]]),
        ],
        Messages: [],
        NextToken: "more",
      }
    : {
        MetricDataResults: [
          of("records", "IncomingRecords", [[first, 12_000]]),
          of("bytes", "IncomingBytes", [[first, 2_400_000]]),
        ],
        Messages: [],
      };
}
