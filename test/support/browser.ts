import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, chromium } from "playwright-core";

/** As Debian, Ubuntu, Fedora and Google name it. */
const browserNames = ["chromium", "chromium-browser", "google-chrome"];

/**
 * A suite in a real browser. Where there is none its tests are pending, with the reason in the title;
 * with STREAMLAKE_BROWSER_TESTS=required they fail.
 *
 * @param tests gets a function that gives the browser to the tests, not to the suite
 */
export function describeInBrowser(title: string, tests: (browser: () => Browser) => void): void {
  if (!browserFile() && process.env.STREAMLAKE_BROWSER_TESTS !== "required") {
    it(`${title} (pending: ${noBrowser})`);
    return;
  }
  describe(title, function () {
    this.timeout(60_000);
    let opened: Browser | undefined;
    before(async () => {
      opened = await openBrowser();
    });
    after(() => opened?.close());
    tests(() => {
      if (!opened) throw new Error("The browser is open while the tests run.");
      return opened;
    });
  });
}

/**
 * A browser without a window, which reaches this machine only.
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
      // The sandbox of Chromium refuses to run as root, which is what containers of CI run as.
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
    ],
  });
}

const noBrowser = `no browser: install ${browserNames.join(" or ")}, or set CHROMIUM_PATH`;

function browserFile(): string | undefined {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH;
  return (process.env.PATH ?? "")
    .split(delimiter)
    .flatMap((folder) => browserNames.map((name) => join(folder, name)))
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
