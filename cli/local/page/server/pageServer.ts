import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { listenOnLoopback } from "../../../../aws/loopbackServer";
import { isLoopbackHost } from "./loopbackHost";
import { readPageFiles } from "./pageFiles";

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
