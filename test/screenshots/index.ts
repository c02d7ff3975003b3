import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { openBrowser } from "../support/openBrowser";
import { startSimulatedRun } from "./simulatedRun";

const directory = "docs/images";

/** A page of the docs, as pictures. */
interface Screenshot {
  /** Of its files, before `-light.webp` and `-dark.webp`. */
  readonly name: string;
  readonly url: string;
  /** In CSS pixels. */
  readonly height: number;
  /** Brings what is shown into view. */
  readonly show: (page: Page) => Promise<void>;
}

/**
 * Writes the pictures of the docs: the live page, and the pages of a simulation and an estimate, in light and
 * in dark mode. They are made of a seeded simulation, so that they change only with the pages. They need a
 * browser and the compiled command.
 */
async function writeScreenshots(): Promise<void> {
  const pages = mkdtempSync(join(tmpdir(), "streamlake-screenshots-"));
  const browser = await openBrowser();
  const run = await startSimulatedRun({
    ...{ directory: ".", stack: "dev", recordsPerSecond: 400, shownAfter: 3 * 60_000 - 8000 },
  });
  try {
    mkdirSync(directory, { recursive: true });
    const all = [
      { name: "live", url: run.url, height: 800, show: whenLive },
      { name: "simulation", url: simulationPage(pages), height: 1720, show: fromOverTime },
      { name: "estimate", url: estimatePage(pages), height: 800, show: fromTop },
    ];
    for (const screenshot of all) await write(browser, screenshot);
  } finally {
    await browser.close();
    await run.stop();
    rmSync(pages, { recursive: true });
  }
}

async function write(browser: Browser, { name, url, height, show }: Screenshot): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    const viewport = { width: 1280, height };
    const page = await browser.newPage({ colorScheme, viewport, reducedMotion: "reduce" });
    // The live page adds the time since a snapshot to its bars.
    await page.addInitScript("performance.now = () => 0");
    await page.goto(url);
    await show(page);
    const session = await page.context().newCDPSession(page);
    // Playwright itself writes no WebP.
    const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: 80 });
    const file = join(directory, `${name}-${colorScheme}.webp`);
    writeFileSync(file, Buffer.from(data, "base64"));
    console.log(`${file}: ${Math.ceil(statSync(file).size / 1024)} KiB`);
    await page.close();
  }
}

async function whenLive(page: Page): Promise<void> {
  await page.getByRole("banner").getByText("Live").waitFor();
}

async function fromOverTime(page: Page): Promise<void> {
  await page.getByRole("heading", { name: "Over time" }).evaluate((heading) => {
    heading.scrollIntoView();
  });
}

async function fromTop(page: Page): Promise<void> {
  await page.getByRole("heading", { level: 1 }).waitFor();
}

/** A day with an outage of S3. */
function simulationPage(pages: string): string {
  const file = join(pages, "simulation.html");
  const outage = ["--outage", "06:00/2h"];
  streamlake(["simulate", "--stack", "prod", "--rate", "500/s", ...outage, "--report", file]);
  return pathToFileURL(file).href;
}

function estimatePage(pages: string): string {
  const file = join(pages, "estimate.html");
  streamlake(["estimate", "--stack", "prod", "--rate", "500/s", "--page", file]);
  return pathToFileURL(file).href;
}

function streamlake(options: readonly string[]): void {
  execFileSync(process.execPath, ["cli/streamlake.cjs", ...options], { stdio: "ignore" });
}

void writeScreenshots().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
