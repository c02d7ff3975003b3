import { readdir, readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { inSources } from "../../../../aws/sourcePath";

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
  const folder = inSources("cli/local/page/browser");
  const files = new Map<string, PageFile>();
  for (const name of await readdir(folder)) {
    const contentType = contentTypes[extname(name)];
    if (contentType === undefined) continue;
    const path = name === "page.html" ? "/" : `/${name}`;
    files.set(path, { contentType, body: await readFile(join(folder, name)) });
  }
  return files;
}
