import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { reportPage } from "../../../../cli/simulate/page/reportPage";
import type { SimulationDocument } from "../../../../cli/simulate/simulationDocument";
import { begin, hour, minute, simulated } from "../../../local/support/simulation";
import { temporaryFolder } from "../../../local/support/temporaryFolder";
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
        ...{ name: "c", resource: "never-measured", isCondition: false },
        ...{ state: "INSUFFICIENT_DATA", wouldHaveFired: false, transitions: [] },
      },
      {
        ...{ name: "d", resource: "always-fine", isCondition: false },
        ...{ state: "OK", wouldHaveFired: false, transitions: [{ at: begin, state: "OK" }] },
      },
    ],
    errorLog: { count: 0, lines: [] },
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
      assert.equal(await page.locator("canvas").count(), 4);
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
    const text = await page.locator("body > table").allInnerTexts();
    assert.match(text[0] ?? "", /Traffic\s+5 records\/s for 2 h/);
    assert.match(text[0] ?? "", /Undelivered\s+0/);
    assert.ok(text[0]?.includes(`64 of ${hostile}`));
    assert.ok(text[1]?.includes(`not evaluated: ${hostile}`));
    assert.match(text[1] ?? "", /would have fired: ALARM 01:00 UTC, OK 02:00 UTC/);
    const classOf = (alarm: string) =>
      page.locator("tr", { hasText: alarm }).locator("td").getAttribute("class");
    assert.equal(await classOf("always-fine"), "good");
    assert.equal(await classOf("never-measured"), null);
    await page.close();
  });
});

/** Whether the canvas has several colors. Runs in the browser. */
function isDrawnOn(canvas: Element): boolean {
  const { width, height } = canvas as HTMLCanvasElement;
  const pixels = (canvas as HTMLCanvasElement).getContext("2d")?.getImageData(0, 0, width, height);
  return new Set(new Uint32Array(pixels?.data.buffer ?? new ArrayBuffer(0))).size > 3;
}
