import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { reportPage } from "../../../../cli/simulate/page/reportPage";
import type { SimulationDocument } from "../../../../cli/simulate/simulationDocument";
import { begin, hour, minute, simulated } from "../../../local/support/simulation";
import { temporaryFolder } from "../../../local/support/temporaryFolder";
import { assertAccessible } from "../../../support/accessibility";
import { describeInBrowser } from "../../../support/browser";

const hostile = `</script><script>document.title = "broken"</script><b title="'">&`;

async function simulationDocument(): Promise<SimulationDocument> {
  const outages = [{ after: 30 * minute, milliseconds: 20 * minute }];
  return {
    settings: {
      stack: hostile,
      begin: new Date(begin).toISOString(),
      milliseconds: 2 * hour,
      recordsPerSecond: 5,
      contents: { input: hostile, records: 64, bytes: 1024 },
      seed: 1,
      outages,
      stream: {
        name: "events",
        declared: true,
        mode: "provisioned",
        shards: 2,
        retentionHours: 24,
      },
      deliveryStream: {
        name: hostile,
        bufferBytes: 1024 * 1024,
        bufferSeconds: 300,
        compression: "GZIP",
        sample: { bytes: 1000, ratio: 0.25, emptyBytes: 20, single: [], joined: [] },
      },
    },
    result: await simulated({ recordsPerSecond: 5, duration: 2 * hour }, { outages }),
    alarms: [
      { name: "a", resource: hostile, isCondition: false, notEvaluated: hostile },
      {
        name: "b",
        resource: "delivery-stalled",
        isCondition: false,
        state: "OK",
        wouldHaveFired: true,
        firedAt: begin + hour,
        transitions: [
          { at: begin + minute, state: "OK" },
          { at: begin + hour, state: "ALARM" },
          { at: begin + 2 * hour, state: "OK" },
        ],
      },
      {
        ...{ name: "c", resource: "silent", isCondition: false, wouldHaveFired: false },
        ...{ state: "INSUFFICIENT_DATA", transitions: [] },
      },
    ],
    errorLog: {
      count: 1_200,
      lines: [begin + hour - minute, begin + hour].map((at) => ({
        ...{ at, logGroupName: "g", logStreamName: "s", message: hostile },
      })),
    },
  };
}

describeInBrowser("the page of a simulation, in a browser", (browser) => {
  const file = join(temporaryFolder(), "page.html");
  before(async () => {
    writeFileSync(file, reportPage(await simulationDocument()));
  });

  for (const colorScheme of ["light", "dark"] as const) {
    it(`draws its plots from disk in ${colorScheme} mode, without requests or errors`, async () => {
      const page = await browser().newPage({ colorScheme, viewport: { width: 900, height: 700 } });
      const complaints: string[] = [];
      const url = pathToFileURL(file).href;
      page.on("console", (message) => complaints.push(message.text()));
      page.on("pageerror", ({ message }) => complaints.push(message));
      page.on("request", (request) => {
        if (request.url() !== url) complaints.push(request.url());
      });
      await page.goto(url);
      assert.equal(await page.locator("canvas").count(), 5);
      assert.equal(await page.title(), `Simulation of ${hostile}, stack ${hostile}`);
      for (const canvas of await page.locator("canvas").all())
        assert.ok(await canvas.evaluate(isDrawnOn));

      await page.setViewportSize({ width: 500, height: 700 });
      await page.waitForFunction(
        () => (document.querySelector<HTMLElement>(".uplot")?.offsetWidth ?? 999) < 500,
      );
      await page.close();
      assert.deepEqual(complaints, []);
    });
  }

  it("escapes markup in settings, results and alarms", async () => {
    const page = await browser().newPage();
    await page.goto(pathToFileURL(file).href);
    const text = await page.locator("main > table").allInnerTexts();
    assert.match(text[0] ?? "", /Traffic\s+5 records\/s for 2 h/);
    assert.match(text[0] ?? "", /Undelivered\s+0/);
    assert.ok(text[0]?.includes(`64 of ${hostile}`));
    assert.ok(text[1]?.includes(`not evaluated: ${hostile}`));
    assert.match(text[1] ?? "", /would have fired: ALARM 01:00 UTC, OK 02:00 UTC/);
    assert.match(text[2] ?? "", /Lines\s+1,200\s+2 times, from 00:59 UTC to 01:00 UTC/);
    assert.ok(text[2]?.includes(hostile));
    await page.close();
  });

  it("shows the results before the plots, with the command that gives them again", async () => {
    const page = await browser().newPage({ viewport: { width: 360, height: 700 } });
    await page.goto(pathToFileURL(file).href);
    assert.equal(
      await page.locator("pre").innerText(),
      `npx streamlake simulate --stack '${hostile.replaceAll("'", "'\\''")}' --rate 5/s ` +
        `--duration 2h --seed 1 --outage 30m/20m --input '${hostile.replaceAll("'", "'\\''")}'`,
    );
    assert.deepEqual(await page.locator("h2").allInnerTexts(), [
      ...["Settings and results", "Alarms", "Error log", "Over time"],
    ]);
    assert.match((await page.locator("table").first().innerText()) || "", /1.0 MiB or 300 s, GZIP/);
    const silent = page.getByRole("row", { name: /^silent/ }).getByRole("cell");
    assert.equal(await silent.innerText(), "would not have fired; INSUFFICIENT_DATA at the end");
    assert.equal(await silent.getAttribute("class"), null);
    await page.getByRole("slider", { name: /^End-to-end latency .*: Maximum, p99, p50/ }).waitFor();
    assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 360);
    await page.close();
  });

  it("reads, zooms and hides the lines of a plot by keyboard", async () => {
    const page = await browser().newPage({ viewport: { width: 900, height: 700 } });
    await page.goto(pathToFileURL(file).href);
    const plot = page.getByRole("slider", { name: /^Records per minute/ });
    const text = () => plot.getAttribute("aria-valuetext");
    await plot.focus();
    assert.equal(await text(), "Press an arrow key to read values");
    await plot.press("Home");
    await plot.press("ArrowRight");
    assert.match((await text()) ?? "", /^2026-01-01 00:02 UTC, Accepted \d+, Delivered /);
    await plot.press("End");
    const end = (await text()) ?? "";
    await plot.press("+");
    await plot.press("Home");
    const half = (await text()) ?? "";
    assert.ok(half > "2026-01-01 01:00" && half < end, `${half} is in the second half`);
    await plot.press("0");
    await plot.press("Home");
    assert.match((await text()) ?? "", /^2026-01-01 00:01 UTC/);

    const line = page.getByRole("button", { name: /^Delivered/ });
    await line.press("Enter");
    assert.equal(await line.getAttribute("aria-pressed"), "false");
    await plot.press("ArrowRight");
    assert.doesNotMatch((await text()) ?? "", /Delivered/);
    await page.close();
  });

  it("shows on the time axis when alarms were in ALARM", async () => {
    const page = await browser().newPage({ viewport: { width: 900, height: 700 } });
    await page.goto(pathToFileURL(file).href);
    const alarms = page.getByRole("slider", { name: "Alarms in state ALARM: delivery-stalled" });
    await alarms.focus();
    await alarms.press("Home");
    assert.equal(await alarms.getAttribute("aria-valuetext"), "2026-01-01 00:01 UTC: no alarm");
    for (let count = 0; count < 6; count += 1) await alarms.press("PageUp");
    assert.match((await alarms.getAttribute("aria-valuetext")) ?? "", / UTC: delivery-stalled$/);
    await page.close();
  });

  it("is accessible, on a phone and on a desktop, in light and in dark mode", async () => {
    const page = await browser().newPage();
    await page.goto(pathToFileURL(file).href);
    await assertAccessible(page);
    await page.close();
  });

  it("draws no latency through an outage, and the accepted records during it", async () => {
    const page = await browser().newPage({ viewport: { width: 900, height: 700 } });
    await page.goto(pathToFileURL(file).href);
    const [records = 0, latency] = await page.locator("canvas").evaluateAll(lineInOutage);
    assert.ok(records > 0, "The line of accepted records is drawn.");
    assert.equal(latency, 0);
    await page.close();
  });
});

/** How many pixels of each canvas are a blue line in a column shaded in red. Runs in the browser. */
function lineInOutage(elements: Element[]): number[] {
  return (elements as HTMLCanvasElement[]).map((canvas) => {
    const { width, height } = canvas;
    const { data = [] } = canvas.getContext("2d")?.getImageData(0, 0, width, height) ?? {};
    const pixel = (x: number, y: number): readonly number[] =>
      [0, 1, 2, 3].map((part) => data[4 * (y * width + x) + part] ?? 0);
    const isShaded = (x: number): boolean =>
      // One of two rows, because the other one may be a line of the grid.
      [60, 64].some((y) => {
        const [red = 0, green = 0, , alpha = 0] = pixel(x, y);
        return alpha > 0 && red > green + 40;
      });
    let found = 0;
    // The first and the last columns of the outage are shared with the time around it.
    for (let x = 4; x < width - 4; x += 1) {
      if (![x - 4, x, x + 4].every(isShaded)) continue;
      for (let y = 0; y < height; y += 1) {
        const [red = 0, , blue = 0, alpha = 0] = pixel(x, y);
        if (blue > 150 && red < 90 && alpha > 120) found += 1;
      }
    }
    return found;
  });
}

/** Whether the canvas has several colors. Runs in the browser. */
function isDrawnOn(canvas: Element): boolean {
  const { width, height } = canvas as HTMLCanvasElement;
  const pixels = (canvas as HTMLCanvasElement).getContext("2d")?.getImageData(0, 0, width, height);
  return new Set(new Uint32Array(pixels?.data.buffer ?? new ArrayBuffer(0))).size > 3;
}
