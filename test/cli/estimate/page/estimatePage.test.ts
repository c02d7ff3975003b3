import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { estimatePage } from "../../../../cli/estimate/page/estimatePage";
import { estimate } from "../../../../local/estimate/estimate";
import { RegionPrices } from "../../../../local/estimate/prices/regionPrices";
import { sweeps } from "../../../../local/estimate/sweep";
import { now, optionsOf, prices, stackOf, trafficOf } from "../../../local/estimate/support";
import { temporaryFolder } from "../../../local/support/temporaryFolder";
import { assertAccessible } from "../../../support/accessibility";
import { describeInBrowser } from "../../../support/browser";

const hostile = `</script><script>document.title = "broken"</script><b title="'">&`;

function pageOf(of: RegionPrices): string {
  const stack = stackOf({ name: hostile, output: { bucket: hostile } });
  const traffic = trafficOf(100, 1024);
  const options = optionsOf();
  return estimatePage(
    estimate(stack, traffic, of, options, now),
    sweeps(stack, traffic, of, options),
    { input: hostile },
  );
}

describeInBrowser("the page of an estimate, in a browser", (browser) => {
  const file = join(temporaryFolder(), "page.html");
  before(() => {
    writeFileSync(file, pageOf(prices));
  });

  for (const [colorScheme, width] of [
    ["light", 1000],
    ["dark", 360],
  ] as const) {
    it(`draws six plots from disk, ${width} pixels wide in ${colorScheme} mode, without errors`, async () => {
      const page = await browser().newPage({ colorScheme, viewport: { width, height: 700 } });
      const complaints: string[] = [];
      const url = pathToFileURL(file).href;
      page.on("console", (message) => complaints.push(message.text()));
      page.on("pageerror", ({ message }) => complaints.push(message));
      page.on("request", (request) => {
        if (request.url() !== url) complaints.push(request.url());
      });
      await page.goto(url);
      assert.equal(await page.title(), `Estimate of stack ${hostile}`);
      assert.equal(await page.locator("canvas").count(), 6);
      for (const canvas of await page.locator("canvas").all())
        assert.ok(await canvas.evaluate(isDrawnOn));
      assert.equal(await page.evaluate("document.documentElement.scrollWidth"), width);
      const bill = await page.locator(".bill").innerText();
      assert.ok(bill.includes(`S3: ${hostile}`));
      assert.match(bill, /data ingested\s+1,253\s+GB/);
      await page.getByRole("slider", { name: /^Cost and buffer interval: USD a month/ }).waitFor();
      await page.close();
      assert.deepEqual(complaints, []);
    });
  }

  it("is accessible, on a phone and on a desktop, in light and in dark mode", async () => {
    const page = await browser().newPage();
    await page.goto(pathToFileURL(file).href);
    await assertAccessible(page);
    await page.close();
  });

  it("shows unknown prices as such, and a lower bound", () => {
    const html = pageOf(new RegionPrices("us-east-1", []));
    assert.match(html, /<h2>Month 1: at least \$0\.00<\/h2>/);
    assert.match(html, /<td class="number bad">unknown<\/td>/);
    assert.match(html, /Costs are lower bounds\./);
  });
});

/** Whether the canvas has several colors. Runs in the browser. */
function isDrawnOn(canvas: Element): boolean {
  const { width, height } = canvas as HTMLCanvasElement;
  const pixels = (canvas as HTMLCanvasElement).getContext("2d")?.getImageData(0, 0, width, height);
  return new Set(new Uint32Array(pixels?.data.buffer ?? new ArrayBuffer(0))).size > 3;
}
