import { readdir, readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { extname, join } from "node:path";
import { isLoopbackHost } from "../../../aws/loopbackRequest";
import { listenOnLoopback } from "../../../aws/loopbackServer";
import { packagePath } from "../../packagePath";

/** Data that the page loads in addition to its own files. */
export interface PageSource {
  /** Adds a tab that receives snapshots of the run. */
  addTab(response: ServerResponse): void;
  /** Details of an object; undefined if the page does not list it. */
  object(bucket: string, key: string): Promise<object | undefined>;
}

export interface PageServer {
  /** E.g. `http://127.0.0.1:41234/`. */
  readonly url: string;
  /** Closes open connections too. */
  stop(): Promise<void>;
}

/** Records may contain anything, so only the page's own files may load and run. */
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
      respond(response, 403, { message: "This page is only available on this machine." });
    } else if (request.method !== "GET") {
      response.setHeader("allow", "GET");
      respond(response, 405, { message: `${request.method ?? "This method"} is not supported.` });
    } else void serve(request, response);
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // `URL` would throw on a path like "//".
    const [path = "/", query = ""] = (request.url ?? "/").split("?", 2);
    const file = files.get(path);
    if (file) {
      response.writeHead(200, { "content-type": file.contentType }).end(file.body);
    } else if (path === "/events") {
      source.addTab(response);
    } else if (path === "/object") {
      const parameters = new URLSearchParams(query);
      await serveObject(parameters.get("bucket") ?? "", parameters.get("key") ?? "", response);
    } else respond(response, 404, { message: `There is no page ${path}.` });
  }

  async function serveObject(bucket: string, key: string, response: ServerResponse): Promise<void> {
    try {
      const object = await source.object(bucket, key);
      if (object) respond(response, 200, object);
      else
        respond(response, 404, {
          message: `s3://${bucket}/${key} is not among the objects shown.`,
        });
    } catch (error) {
      respond(response, 500, { message: error instanceof Error ? error.message : String(error) });
    }
  }

  const listening = await listenOnLoopback(server, () => {
    server.closeAllConnections();
  });
  return { url: `${listening.endpoint}/`, stop: () => listening.stop() };
}

function respond(response: ServerResponse, status: number, body: object): void {
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
  const directory = packagePath("local/page/browser");
  const files = new Map<string, PageFile>();
  for (const name of await readdir(directory)) {
    const contentType = contentTypes[extname(name)];
    if (contentType === undefined) continue;
    const path = name === "page.html" ? "/" : `/${name}`;
    files.set(path, { contentType, body: await readFile(join(directory, name)) });
  }
  return files;
}

/** The open tabs; each receives Server-Sent Events. */
export class Tabs {
  readonly #responses = new Set<ServerResponse>();

  add(response: ServerResponse, snapshot: unknown): void {
    this.#responses.add(response);
    response.on("close", () => this.#responses.delete(response));
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(event(snapshot));
  }

  /** Skips tabs that have not yet read the previous snapshot: the next one is complete again. */
  send(snapshot: () => unknown): void {
    if (this.#responses.size === 0) return;
    const message = event(snapshot());
    for (const response of this.#responses)
      if (!response.writableNeedDrain) response.write(message);
  }

  /** Announces to every tab that the run has ended. */
  end(): void {
    for (const response of this.#responses) response.end("event: end\ndata:\n\n");
  }
}

function event(snapshot: unknown): string {
  return `data: ${JSON.stringify(snapshot)}\n\n`;
}
