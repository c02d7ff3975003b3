import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, chromium } from "playwright-core";

/** Names of the executable in Debian, Ubuntu, Fedora and Google's packages. */
const browserNames = ["chromium", "chromium-browser", "google-chrome"];

export const noBrowser = `no browser: install ${browserNames.join(" or ")}, or set CHROMIUM_PATH`;

/**
 * Starts a headless browser that can only reach this machine.
 *
 * @throws Error if none is installed
 */
export async function openBrowser(): Promise<Browser> {
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

/** The executable of the browser; undefined if none is installed. */
export function browserFile(): string | undefined {
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
