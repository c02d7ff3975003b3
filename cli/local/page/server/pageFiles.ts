import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { dirname, extname, join } from "node:path";

/** A file that the browser loads. */
export interface PageFile {
  readonly contentType: string;
  readonly body: Buffer;
}

const contentTypes: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** The files of the page by path, e.g. `/page.css`; `/` is the page itself. */
export async function readPageFiles(): Promise<ReadonlyMap<string, PageFile>> {
  const folder = browserFolder();
  const files = new Map<string, PageFile>();
  for (const name of await readdir(folder)) {
    const contentType = contentTypes[extname(name)];
    if (contentType === undefined) continue;
    const path = name === "page.html" ? "/" : `/${name}`;
    files.set(path, { contentType, body: await readFile(join(folder, name)) });
  }
  return files;
}

/** Nothing in it is compiled, so it is only in the sources: in this folder or beside `dist`. */
function browserFolder(): string {
  for (let directory = __dirname; ; directory = dirname(directory)) {
    const folder = join(directory, "cli/local/page/browser");
    if (existsSync(folder)) return folder;
    if (directory === dirname(directory))
      throw new Error(`No cli/local/page/browser above ${__dirname}.`);
  }
}
