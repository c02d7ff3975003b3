import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";

/** A phone and a desktop, in CSS pixels. */
const widths = [375, 1280];

/**
 * Fails if axe-core finds a violation on an open page, or if its body scrolls sideways: on a phone and on a
 * desktop, in light and in dark mode. Animations are off, because a color that fades has no contrast yet.
 * The page has its size and mode of before again afterwards.
 */
export async function assertAccessible(page: Page): Promise<void> {
  const before = page.viewportSize();
  await page.evaluate(readFileSync(require.resolve("axe-core/axe.min.js"), "utf8"));
  const violations: string[] = [];
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      const found = await page.evaluate<AxeResults>(axeRun(colorScheme));
      const place = `${width} pixels, ${colorScheme}`;
      violations.push(...violationsIn(found).map((text) => `${place}: ${text}`));
    }
    const needed = await page.evaluate<number>("document.documentElement.scrollWidth");
    if (needed > width) violations.push(`${width} pixels: the content is ${needed} pixels wide`);
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  if (before) await page.setViewportSize(before);
  assert.deepEqual(violations, []);
}

/** In dark mode, only what depends on colors: the rest is the same. */
function axeRun(colorScheme: "light" | "dark"): string {
  const runOnly = ["color-contrast", "link-in-text-block"];
  const options = { resultTypes: ["violations"], ...(colorScheme === "dark" && { runOnly }) };
  return `axe.run(document, ${JSON.stringify(options)})`;
}

function violationsIn({ violations }: AxeResults): readonly string[] {
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, any }) => {
      const reasons = any.map(({ message }) => message).join(" ");
      return `${id}: ${target.join(" ")}: ${help}. ${reasons}`.trim();
    }),
  );
}
