import type { Browser } from "playwright-core";
import { browserFile, noBrowser, openBrowser } from "./openBrowser";

/**
 * Defines a suite that runs in a real browser. Without a browser the suite is skipped, with the reason
 * in its title, or fails if STREAMLAKE_BROWSER_TESTS is `required`.
 *
 * @param tests defines the tests. Only a running test can call the function that it gets.
 */
export function describeInBrowser(title: string, tests: (browser: () => Browser) => void): void {
  if (!browserFile() && process.env.STREAMLAKE_BROWSER_TESTS !== "required") {
    it(`${title} (skipped: ${noBrowser})`);
    return;
  }
  describe(title, () => {
    let opened: Browser | undefined;
    before(async () => {
      opened = await openBrowser();
    });
    after(() => opened?.close());
    tests(() => {
      if (!opened) throw new Error("The browser is available only while tests run.");
      return opened;
    });
  });
}
