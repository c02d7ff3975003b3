import assert from "node:assert/strict";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { type IncomingMessage, request, type RequestOptions } from "node:http";
import { json, text } from "node:stream/consumers";
import { CreateBucketCommand } from "@aws-sdk/client-s3";
import type { LoopbackServer } from "../../../../aws/loopbackServer";
import { startObjectStore } from "../../../../aws/s3/objectStore";
import { startPage } from "../../../../cli/local/page/startPage";
import type { PageSnapshot } from "../../../../cli/local/page/state/pageSnapshot";
import { FakeClock } from "../../../local/support/fakeClock";
import { temporaryFolder } from "../../../local/support/temporaryFolder";
import { delivered, eventsPipeline, FakeFeed, put } from "../../support/fakeFeed";

type Page = Awaited<ReturnType<typeof startPage>>;

describe("startPage", () => {
  const directory = temporaryFolder();
  let store: LoopbackServer;
  let clock: FakeClock;
  let feed: FakeFeed;
  let page: Page;

  before(async () => {
    store = await startObjectStore(directory);
  });
  beforeEach(async () => {
    clock = new FakeClock();
    feed = new FakeFeed(eventsPipeline, store.endpoint);
    page = await startPage(feed, clock);
  });
  afterEach(async () => {
    await page.stop();
    feed.close();
  });
  after(() => store.stop());

  async function get(path: string, options: RequestOptions = {}): Promise<IncomingMessage> {
    const sent = request(new URL(page.url), { path, ...options }).end();
    const [response] = (await once(sent, "response")) as [IncomingMessage];
    return response;
  }

  /** Opens a tab and waits for its first snapshot; `all` waits for the end and returns all of them. */
  async function openTab() {
    const response = await get("/events");
    let received = "";
    response.setEncoding("utf8").on("data", (part: string) => (received += part));
    await once(response, "data");
    const parts = () => received.split("\n\n").filter((part) => part !== "");
    return {
      all: async (): Promise<{ snapshots: PageSnapshot[]; last: string }> => {
        if (!response.closed) await once(response, "close");
        return {
          snapshots: parts()
            .filter((part) => part.startsWith("data: "))
            .map((part) => JSON.parse(part.slice("data: ".length)) as PageSnapshot),
          last: parts().at(-1) ?? "",
        };
      },
    };
  }

  it("serves the files of the page on loopback, and nothing else", async () => {
    assert.match(page.url, /^http:\/\/127\.0\.0\.1:\d+\/$/);
    assert.match(await text(await get("/")), /<title>streamlake local<\/title>/);
    const files = readdirSync("cli/local/page/browser");
    for (const file of files) {
      const { statusCode } = await get(`/${file}`);
      assert.equal(statusCode, /\.(css|mjs|svg)$/.test(file) ? 200 : 404, file);
    }
    for (const path of ["/../startPage.ts", "/%2e%2e/startPage.ts", "//", "/events/", "*"])
      assert.equal((await get(path)).statusCode, 404, path);
  });

  it("allows only its own files to run, and no other site to read it", async () => {
    for (const path of ["/", "/page.mjs", "/object", "/nothing"]) {
      const { headers } = await get(path, { headers: { origin: "https://evil.example" } });
      assert.match(String(headers["content-security-policy"]), /^default-src 'self';/);
      assert.equal(headers["x-content-type-options"], "nosniff");
      assert.equal(headers["cross-origin-resource-policy"], "same-origin");
      assert.equal(headers["access-control-allow-origin"], undefined);
    }
  });

  it("rejects host names of other sites, and methods other than GET", async () => {
    for (const path of ["/", "/events", "/object?bucket=my-lake&key=a"]) {
      const rebound = await get(path, { headers: { host: "evil.example" } });
      assert.equal(rebound.statusCode, 403);
    }
    assert.equal((await get("/", { method: "POST" })).statusCode, 405);
  });

  it("sends the whole state to a new tab", async () => {
    feed.kinesis(put({ records: 7 }));
    feed.delivery(delivered());
    feed.alarmsNow = [{ name: "stalled", state: "ALARM", note: "no data" }];
    const tab = await openTab();
    await page.stop();
    const [first] = (await tab.all()).snapshots;
    assert.equal(first?.stack, "dev");
    assert.equal(first.now, clock.now());
    assert.equal(first.deliveryStreams[0]?.put.records, 7);
    assert.equal(first.deliveryStreams[0].objects.length, 1);
    assert.deepEqual(first.alarms, feed.alarmsNow);
  });

  it("sends changes at most five times a second, and the last state at the end", async () => {
    const tab = await openTab();
    for (let count = 0; count < 100; count += 1) {
      feed.kinesis(put({ records: 1, at: clock.now() }));
      await clock.advance(10);
    }
    feed.kinesis(put({ records: 1, at: clock.now() }));
    await page.stop();
    const { snapshots, last } = await tab.all();
    assert.ok(snapshots.length >= 5 && snapshots.length <= 8, `${snapshots.length} snapshots`);
    assert.equal(snapshots.at(-1)?.deliveryStreams[0]?.put.records, 101);
    assert.equal(last, "event: end\ndata:");
  });

  it("sends a snapshot every second when nothing happens", async () => {
    const tab = await openTab();
    await clock.advance(10_000);
    await page.stop();
    const { snapshots } = await tab.all();
    assert.ok(snapshots.length >= 10 && snapshots.length <= 13, `${snapshots.length} snapshots`);
  });

  it("returns the records of delivered objects only", async () => {
    const { bucket, key } = delivered();
    await feed.s3Client("eu-central-1").send(new CreateBucketCommand({ Bucket: bucket }));
    await feed.deliver(['{"id":1}', "two"]);
    const path = (name: string) =>
      `/object?${new URLSearchParams({ bucket, key: name }).toString()}`;
    const shown = (await json(await get(path(key)))) as { firstRecords: { text: string }[] };
    assert.deepEqual(
      shown.firstRecords.map((record) => record.text),
      ['{\n  "id": 1\n}', "two"],
    );

    const other = await get(path("secret"));
    assert.equal(other.statusCode, 404);
    assert.deepEqual(await json(other), {
      message: "s3://my-lake/secret is not among the objects shown.",
    });
    assert.equal((await get("/object")).statusCode, 404);

    feed.delivery(delivered({ key: "deleted-since" }));
    const deleted = await get(path("deleted-since"));
    assert.equal(deleted.statusCode, 500);
    assert.match(await text(deleted), /"message":".*key does not exist/);
  });

  it("closes its listener, timer and port when it stops", async () => {
    await openTab();
    await page.stop();
    assert.equal(feed.listeners, 0);
    assert.equal(clock.sleeping, 0);
    await assert.rejects(get("/"), { code: "ECONNREFUSED" });
  });
});
