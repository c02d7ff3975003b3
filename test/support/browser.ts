import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, chromium } from "playwright-core";

/** Names of the executable in Debian, Ubuntu, Fedora and Google's packages. */
const browserNames = ["chromium", "chromium-browser", "google-chrome"];

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

/**
 * Starts a headless browser that can only reach this machine.
 *
 * @throws Error if none is installed
 */
async function openBrowser(): Promise<Browser> {
  const executablePath = browserFile();
  if (!executablePath) throw new Error(noBrowser);
  return chromium.launch({
    executablePath,
    args: [
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
      // The sandbox of Chromium does not work for root, the user of CI containers.
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
    ],
  });
}

const noBrowser = `no browser: install ${browserNames.join(" or ")}, or set CHROMIUM_PATH`;

function browserFile(): string | undefined {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH;
  return (process.env.PATH ?? "")
    .split(delimiter)
    .flatMap((directory) => browserNames.map((name) => join(directory, name)))
    .find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
