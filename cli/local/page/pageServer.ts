import { readdir, readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { extname, join } from "node:path";
import { listenOnLoopback } from "../../../aws/loopbackServer";
import { sourcePath } from "../../../aws/sourcePath";

/** What a page gets beside its own files. */
export interface PageSource {
  /** Takes a tab that wants to be told what happens. */
  addTab(response: ServerResponse): void;
  /** What is known of an object; undefined if it is none that the page shows. */
  object(bucket: string, key: string): Promise<object | undefined>;
}

export interface PageServer {
  /** E.g. `http://127.0.0.1:41234/`. */
  readonly url: string;
  /** Ends open connections, too. */
  stop(): Promise<void>;
}

/** Records may hold anything: nothing but the page's own files may run or be loaded. */
const headers = {
  "content-security-policy":
    "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "cache-control": "no-store",
};

/** Serves the page on a free loopback port. */
export async function startPageServer(source: PageSource): Promise<PageServer> {
  const files = await readPageFiles();
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (!isLoopbackHost(request.headers.host)) {
      answer(response, 403, { message: "This page is only for this machine." });
    } else if (request.method !== "GET") {
      response.setHeader("allow", "GET");
      answer(response, 405, { message: `There is nothing to ${request.method ?? "do"} here.` });
    } else void serve(request, response);
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // Split by hand: `URL` throws on a path like "//".
    const [path = "/", query = ""] = (request.url ?? "/").split("?", 2);
    const file = files.get(path);
    if (file) {
      response.writeHead(200, { "content-type": file.contentType }).end(file.body);
    } else if (path === "/events") {
      source.addTab(response);
    } else if (path === "/object") {
      const asked = new URLSearchParams(query);
      await serveObject(asked.get("bucket") ?? "", asked.get("key") ?? "", response);
    } else answer(response, 404, { message: `There is no ${path} here.` });
  }

  async function serveObject(bucket: string, key: string, response: ServerResponse): Promise<void> {
    try {
      const object = await source.object(bucket, key);
      if (object) answer(response, 200, object);
      else
        answer(response, 404, { message: `s3://${bucket}/${key} is not among the objects shown.` });
    } catch (error) {
      answer(response, 500, { message: error instanceof Error ? error.message : String(error) });
    }
  }

  const listening = await listenOnLoopback(server, () => {
    server.closeAllConnections();
  });
  return { url: `${listening.endpoint}/`, stop: () => listening.stop() };
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

/** A file that the browser loads. */
interface PageFile {
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
async function readPageFiles(): Promise<ReadonlyMap<string, PageFile>> {
  const folder = sourcePath("cli/local/page/browser");
  const files = new Map<string, PageFile>();
  for (const name of await readdir(folder)) {
    const contentType = contentTypes[extname(name)];
    if (contentType === undefined) continue;
    const path = name === "page.html" ? "/" : `/${name}`;
    files.set(path, { contentType, body: await readFile(join(folder, name)) });
  }
  return files;
}

const loopbackNames = new Set(["127.0.0.1", "localhost", "[::1]"]);

/**
 * Whether a request was meant for this machine, by its Host header. A page of any other site can have
 * its own name resolve to 127.0.0.1 (DNS rebinding), and would then read what is served here.
 */
export function isLoopbackHost(host: string | undefined): boolean {
  const name = /^(.*?)(?::\d+)?$/.exec(host ?? "")?.[1] ?? "";
  return loopbackNames.has(name.toLowerCase());
}

/** The open tabs, each the end of a stream of Server-Sent Events. */
export class Tabs {
  readonly #responses = new Set<ServerResponse>();

  add(response: ServerResponse, snapshot: unknown): void {
    this.#responses.add(response);
    response.on("close", () => this.#responses.delete(response));
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(event(snapshot));
  }

  /** A tab that has not taken the last snapshot yet goes without this one: the next has it all. */
  send(snapshot: () => unknown): void {
    if (this.#responses.size === 0) return;
    const text = event(snapshot());
    for (const response of this.#responses) if (!response.writableNeedDrain) response.write(text);
  }

  /** Tells them that nothing will come any more. */
  end(): void {
    for (const response of this.#responses) response.end("event: end\ndata:\n\n");
  }
}

function event(snapshot: unknown): string {
  return `data: ${JSON.stringify(snapshot)}\n\n`;
}
