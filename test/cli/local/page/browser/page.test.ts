import assert from "node:assert/strict";
import { CreateBucketCommand } from "@aws-sdk/client-s3";
import type { Locator, Page } from "playwright-core";
import { systemClock } from "../../../../../aws/clock";
import type { LoopbackServer } from "../../../../../aws/loopbackServer";
import { startObjectStore } from "../../../../../aws/s3/objectStore";
import { startPage } from "../../../../../cli/local/page/startPage";
import { temporaryFolder } from "../../../../local/support/temporaryFolder";
import { assertAccessible } from "../../../../support/accessibility";
import { describeInBrowser } from "../../../../support/browser";
import {
  buffered,
  delivered,
  eventsPipeline,
  failed,
  FakeFeed,
  put,
  read,
} from "../../../support/fakeFeed";
import { startRelay } from "../../../support/relay";

const of = { deliveryStream: "events" } as const;
const { bucket } = delivered();
const deniedMessage =
  "User: arn:aws:sts::123456789012:assumed-role/delivery/events is not authorized to perform: " +
  "s3:PutObject on resource: arn:aws:s3:::my-lake because no identity-based policy allows the " +
  "s3:PutObject action";

describeInBrowser("the page of a run, in a browser", (browser) => {
  const directory = temporaryFolder();
  let store: LoopbackServer;
  let feed: FakeFeed;
  let server: Awaited<ReturnType<typeof startPage>>;
  let relay: Awaited<ReturnType<typeof startRelay>>;
  let page: Page;
  const complaints: string[] = [];
  const requests = new Set<string>();

  before(async () => {
    store = await startObjectStore(directory);
    feed = new FakeFeed(eventsPipeline, store.endpoint);
    await feed.s3Client("eu-central-1").send(new CreateBucketCommand({ Bucket: bucket }));
    server = await startPage(feed, systemClock);
    relay = await startRelay(Number(new URL(server.url).port));
    page = await browser().newPage({ viewport: { width: 1280, height: 800 } });
    page.on("pageerror", ({ message }) => complaints.push(message));
    page.on("console", (message) => {
      if (message.type() !== "log") complaints.push(message.text());
    });
    page.on("request", (request) => requests.add(new URL(request.url()).hostname));
    await page.goto(relay.url);
  });
  after(async () => {
    await page.close();
    await relay.stop();
    await server.stop();
    feed.close();
    await store.stop();
  });

  const card = (title: string) => page.locator(".card", { hasText: title });
  const panel = (title: string) => page.locator(".panel", { hasText: title });
  const object = (name: string) => page.getByRole("button", { name });
  const dialog = () => page.getByRole("dialog");
  const shows = (part: Locator, text: string | RegExp) => part.getByText(text).first().waitFor();

  /** Waits until a bar has reached a percentage, and returns its current one. */
  async function filledTo(name: string, minimum: number): Promise<number> {
    const bar = page.getByRole("meter", { name });
    for (;;) {
      const percent = Number(await bar.getAttribute("aria-valuenow"));
      if (percent >= minimum) return percent;
      await page.waitForTimeout(20);
    }
  }

  it("shows the names of the pipeline before anything happens", async () => {
    await shows(page.getByRole("banner"), "Live");
    assert.equal(await page.title(), "dev - streamlake local");
    await shows(card("Kinesis data stream"), "events-stream, eu-central-1");
    await shows(card("S3 bucket"), "my-lake");
    await shows(panel("Objects"), "None yet");
    await page.getByRole("main").waitFor();
  });

  it("shows what producers put and Firehose reads, with rates", async () => {
    const at = systemClock.now();
    feed.kinesis(put({ at, records: 1_234, bytes: 3 * 1024 * 1024, throttledRecords: 5 }));
    feed.delivery(read({ at, records: 1_200, bytes: 9, millisBehindLatest: 4_200 }));
    // The rate is the mean of 5 seconds, and visible for as long.
    await shows(card("Producers"), "247/s");
    await shows(card("Producers"), "1,234");
    await shows(card("Producers"), "3.0 MiB accepted");
    await shows(card("Producers"), "5 throttled");
    await shows(card("Producers"), "peak 1,234/s");
    await shows(card("Kinesis data stream"), /^34$/);
    await shows(card("Kinesis data stream"), "1,200 records read, 4.2 s behind");
  });

  it("shows how full the buffer is, by size and by time, and advances the time", async () => {
    const at = systemClock.now();
    const bytes = 512 * 1024;
    feed.delivery(buffered({ at, records: 42, bytes, due: at + 30_000 }));
    await shows(card("Firehose"), "512.0 KiB of 1.0 MiB");
    assert.equal(await filledTo("Buffer size", 50), 50);
    const percent = await filledTo("Buffer interval", 50);
    assert.ok(percent < 100, `${percent} % of 60 s`);
    await filledTo("Buffer interval", percent + 0.5);
  });

  it("lists delivered objects, newest first", async () => {
    const json = JSON.stringify({ id: 7, type: "<b>view</b>" });
    const html = `<img src="x" onerror="document.title = 'run'">`;
    await feed.deliver([json, html], { key: "raw/2026/03/first.gz", reason: "size" });
    await feed.deliver(["{}"], {
      ...{ key: "errors/second.gz", errorOutputType: "processing-failed" },
    });
    await shows(object("second.gz"), "processing-failed");
    await shows(object("first.gz"), "2 records");
    assert.match((await page.locator(".object").first().textContent()) ?? "", /second\.gz/);
    await shows(card("S3 bucket"), /^2$/);
    assert.equal(await panel("Objects").getByText("None yet").isVisible(), false);
  });

  it("opens an object by keyboard, shows its records as text, and closes it with Escape", async () => {
    const focused = () =>
      page.evaluate<string>("document.activeElement.closest('button')?.textContent ?? ''");
    for (let count = 0; count < 10 && !(await focused()).includes("first.gz"); count += 1)
      await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await shows(dialog(), "2 records");
    await shows(dialog(), "raw/2026/03/first.gz");
    await shows(dialog(), "because the buffer was full");
    await shows(dialog(), "gzip");
    assert.deepEqual(await dialog().locator("pre").allTextContents(), [
      '{\n  "id": 7,\n  "type": "<b>view</b>"\n}',
      `<img src="x" onerror="document.title = 'run'">`,
    ]);
    assert.equal(await dialog().locator("pre *").count(), 0);
    assert.equal(await page.title(), "dev - streamlake local");
    await assertAccessible(page);

    await page.keyboard.press("Escape");
    await dialog().waitFor({ state: "hidden" });
    assert.match(await focused(), /first\.gz/);
  });

  it("opens an object by mouse, and closes it by its button or a click outside", async () => {
    await object("second.gz").click();
    await shows(dialog(), "processing-failed");
    await page.getByRole("button", { name: "Close" }).click();
    await dialog().waitFor({ state: "hidden" });
    await object("first.gz").click();
    await shows(dialog(), "2 records");
    await page.mouse.click(20, 400);
    await dialog().waitFor({ state: "hidden" });
  });

  it("fits on a screen without scrolling, and into the width of a phone", async () => {
    const height = "document.documentElement.scrollHeight";
    assert.equal(await page.evaluate(height), 800);
    await page.setViewportSize({ width: 360, height: 800 });
    assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 360);
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  it("shows why nothing is delivered, since when, and where the records are meanwhile", async () => {
    const overview = page.getByRole("region", { name: "Status" });
    const at = systemClock.now();
    const sealed = { objects: 2, records: 1_196, bytes: 1024 * 1024 };
    feed.delivery(buffered({ at, records: 1, bytes: 10, due: at + 60_000, sealed }));
    feed.delivery(failed({ at, code: "SlowDown", delayMilliseconds: 60_000 }));
    await shows(overview, "Delivery is blocked: S3 throttles PutObject");
    await shows(overview, "Please reduce your request rate.");
    await shows(overview, /^since \d\d:\d\d:\d\d UTC \(\d+ s\), next attempt in \d+ s$/);
    const sum = ((await overview.locator(".places").textContent()) ?? "").replace(/\s+/g, " ");
    assert.match(sum, /accepted 1,234 unread in the stream 34 .*in the buffer 1 /);
    assert.match(sum, /waiting for the bucket 1,196 delivered 3 /);
    await shows(card("Firehose"), /^Not in the bucket since .* UTC: 2 objects, 1,196 records/);
    await overview
      .getByRole("img", { name: /1,196 waiting for the bucket, 3 delivered$/ })
      .waitFor();
    feed.delivery(delivered({ at: at + 60_000, records: 1_196, key: "raw/late.gz" }));
    feed.delivery(buffered({ at: at + 60_000, records: 1, bytes: 10 }));
    await shows(panel("Failed calls"), /^1 time, last at .* UTC, succeeded since$/);
  });

  it("shows where to send records, with commands to copy", async () => {
    await page.getByText("Send records to http://127.0.0.1:2").click();
    await shows(page.locator(".connection-details"), "npx streamlake send FILE");
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.getByRole("button", { name: "Copy: Send a file" }).click();
    await shows(page.locator(".connection-details"), "Copied");
    const copied = await page.evaluate("navigator.clipboard.readText()");
    assert.equal(copied, "npx streamlake send FILE --stream events-stream");
    await page.getByText("Send records to http://127.0.0.1:2").click();
  });

  it("shows denied calls with the message of AWS, other failures and the error log", async () => {
    const at = systemClock.now();
    const denied = { denied: true, code: "AccessDenied", message: deniedMessage, at };
    feed.delivery(failed(denied));
    feed.delivery(failed({ ...denied, delayMilliseconds: 60_000 }));
    feed.delivery(failed({ at, delayMilliseconds: 0 }));
    const message = JSON.stringify({ errorCode: "S3.AccessDenied", message: "Access was denied." });
    feed.delivery({
      ...{ ...of, type: "error-logged", at, logGroupName: "g", logStreamName: "s", message },
    });
    await shows(panel("Denied calls"), deniedMessage);
    await shows(
      panel("Denied calls"),
      /^2 times, last at \d\d:\d\d:\d\d UTC, next attempt in \d+ s$/,
    );
    await shows(card("Firehose"), "1 denied call");
    await shows(panel("Failed calls"), "PutObject: ServiceUnavailable");
    await shows(panel("Failed calls"), /^1 time, last at \d\d:\d\d:\d\d UTC, next attempt now$/);
    await shows(panel("Error log"), "S3.AccessDenied");
    await shows(panel("Error log"), "Access was denied.");
  });

  it("shows an alarm in state ALARM, and the others on demand", async () => {
    const alarms = page.getByRole("region", { name: "Alarms" });
    await shows(alarms, "None declared");
    feed.alarmsNow = [
      {
        ...{ name: "delivery-stalled", state: "ALARM", note: "1,200 s is more than 900 s" },
        ...{ since: Date.parse("2026-03-01T12:05:00Z"), condition: "DataFreshness > 15 min" },
        description: "Records wait too long.",
      },
      { name: "reads-throttled", state: "OK" },
    ];
    await shows(alarms, "delivery-stalled");
    for (const text of ["1,200 s is more than 900 s", "since 12:05:00 UTC"])
      await shows(alarms, text);
    for (const text of ["DataFreshness > 15 min", "Records wait too long."])
      await shows(alarms, text);
    await alarms.getByText("1 in alarm, 1 OK").click();
    await shows(alarms, "reads-throttled");
  });

  it("shows partitions only of dynamic partitioning, with what is in their buffers and objects", async () => {
    const partitions = page.getByRole("region", { name: "Partitions" });
    assert.equal(await partitions.isVisible(), false);
    const at = systemClock.now();
    const waiting = { partition: "raw/customer=a/", records: 12, bytes: 2048 };
    const open = () => [waiting];
    const active = { active: 1, limit: 500, recordsOverLimit: 0, open };
    feed.delivery(buffered({ at, records: 1, bytes: 10, partitions: active }));
    const partition = "raw/customer=b/";
    feed.delivery(delivered({ at, records: 0, key: `${partition}x.gz`, partition }));
    await shows(panel("Partitions"), "1 of 500 active");
    const row = (name: string) => partitions.getByRole("row", { name });
    await row("customer=b").waitFor();
    assert.match(await row("customer=a").innerText(), /12 records\s+2\.0 KiB\s+nothing yet/);
    assert.match(await row("customer=b").innerText(), /empty\s+0 records\s+1 object/);
    await assertAccessible(page);
    await page.getByText("1 in alarm, 1 OK", { exact: true }).click();
  });

  it("runs no animations if the user prefers reduced motion", async () => {
    await page.emulateMedia({ reducedMotion: "reduce" });
    feed.kinesis(put({ at: systemClock.now(), records: 1 }));
    await shows(card("Producers"), "1,235");
    await page.locator(".flow.moving").first().waitFor();
    assert.equal(await page.evaluate("document.getAnimations().length"), 0);
  });

  it("sends requests only to this machine, and logs no errors", () => {
    assert.deepEqual([...requests], ["127.0.0.1"]);
    assert.deepEqual(complaints, []);
  });

  it("reports a lost connection, and reconnects", async () => {
    relay.cut();
    await shows(page.getByRole("alert"), /or its process does not respond/);
    await shows(page.getByRole("banner"), "Not connected");
    feed.kinesis(put({ records: 1_000 }));
    relay.restore();
    await shows(card("Producers"), "2,235");
    await shows(page.getByRole("banner"), "Live");
    await page.getByRole("alert").getByRole("paragraph").waitFor({ state: "hidden" });
  });

  it("reports the end of the run, and keeps its last state", async () => {
    feed.kinesis(put({ records: 1 }));
    feed.stop.abort();
    await shows(page.getByRole("banner"), "Stopping");
    await server.stop();
    await shows(page.getByRole("alert"), /^The run has ended\. This page shows its state at \d\d:/);
    await shows(card("Producers"), "2,236");
    const overview = page.getByRole("region", { name: "Status" });
    await shows(overview, "Ended: 1,037 records not delivered");
    await shows(overview, /To deliver them: npx streamlake local --resume run$/);
    assert.equal(await page.getByText("next attempt").count(), 0);
    assert.equal(await page.getByText("Send records to").isVisible(), false);
  });
});
