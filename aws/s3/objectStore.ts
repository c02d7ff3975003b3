import { randomUUID } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { foreignRequest } from "../loopbackRequest";
import { listenOnLoopback, type LoopbackServer } from "../loopbackServer";
import { ObjectFiles } from "./objectFiles";
import { requireHonored } from "./operation";
import { operationOf } from "./operations";
import { S3Error } from "./s3Error";
import { readRequest, type S3Response } from "./s3Request";
import { element } from "./xml";

/** Limits of connections. */
export interface ObjectStoreLimits {
  /** How long the headers of a request may take, in ms. */
  readonly headersMs: number;
  /** How long a connection may neither send nor receive, in ms. */
  readonly idleMs: number;
  readonly connections: number;
}

const defaultLimits: ObjectStoreLimits = { headersMs: 20_000, idleMs: 60_000, connections: 1000 };

/**
 * Serves the S3 API on a loopback port, from a directory of plain files. It rejects with
 * `NotImplemented` whatever it does not honor.
 *
 * @param directory created if it does not exist; its buckets are directories, their objects files
 * @param port default: any that is free
 */
export async function startObjectStore(
  directory: string,
  limits: Partial<ObjectStoreLimits> = {},
  port?: number,
): Promise<LoopbackServer> {
  const { headersMs, idleMs, connections } = { ...defaultLimits, ...limits };
  await mkdir(directory, { recursive: true });
  const files = new ObjectFiles(directory);
  const options = {
    headersTimeout: headersMs,
    // A large body may take long, as long as its bytes arrive.
    requestTimeout: 0,
    keepAliveTimeout: idleMs,
    connectionsCheckingInterval: Math.min(headersMs, 5000),
  };
  const listener = (message: IncomingMessage, response: ServerResponse): void => {
    void serve(message, response, files, idleMs);
  };
  const server = createServer(options, listener);
  // Node.js rejects an `Expect` header that it does not know; S3 ignores it.
  server.on("checkExpectation", listener);
  server.maxConnections = connections;
  server.setTimeout(idleMs);
  const closeConnections = (): void => {
    server.closeAllConnections();
  };
  return listenOnLoopback(server, closeConnections, port);
}

/** Objects may contain anything, so a browser that opens one must not run it. */
const safety = { "content-security-policy": "sandbox", "x-content-type-options": "nosniff" };

async function serve(
  message: IncomingMessage,
  response: ServerResponse,
  files: ObjectFiles,
  idleMs: number,
): Promise<void> {
  const requestId = randomUUID();
  // To complete a large upload takes time in which no bytes move.
  message.once("end", () => {
    if (!response.headersSent) message.socket.setTimeout(0);
  });
  const answer = await respond(message, files).catch((error: unknown) =>
    errorResponse(error, message.url ?? "/", requestId),
  );
  message.socket.setTimeout(idleMs);
  const xml = typeof answer.body === "string" ? { "content-type": "application/xml" } : {};
  const headers = { ...safety, "x-amz-request-id": requestId, ...xml, ...answer.headers };
  response.writeHead(answer.status, headers);
  if (answer.body === undefined || typeof answer.body === "string") {
    response.end(message.method === "HEAD" ? undefined : answer.body);
    closeUnlessComplete(message, idleMs);
    return;
  }
  // If the reader disconnects or the file fails now, it is too late to send an error.
  await pipeline(answer.body, response).catch(() => response.destroy());
}

/** A sender can read an early answer before the end of its body, but cannot send without end. */
function closeUnlessComplete(message: IncomingMessage, graceMs: number): void {
  if (message.complete) return;
  const timer = setTimeout(() => {
    if (!message.complete) message.socket.destroy();
  }, graceMs);
  timer.unref();
  message.once("close", () => {
    clearTimeout(timer);
  });
}

async function respond(message: IncomingMessage, files: ObjectFiles): Promise<S3Response> {
  const problem = foreignRequest(message.headers);
  if (problem !== undefined) throw new S3Error(403, "AccessDenied", problem);
  const request = readRequest(message);
  const operation = operationOf(request);
  requireHonored(request, operation);
  return operation.run(request, files);
}

function errorResponse(error: unknown, resource: string, requestId: string): S3Response {
  const failure =
    error instanceof S3Error
      ? error
      : new S3Error(500, "InternalError", error instanceof Error ? error.message : String(error));
  const details = [
    element("Code", failure.code),
    element("Message", failure.message),
    ...Object.entries(failure.details).map(([name, value]) => element(name, value)),
    element("Resource", resource),
    element("RequestId", requestId),
  ];
  return {
    status: failure.status,
    headers: { "content-type": "application/xml" },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${element("Error", details)}`,
  };
}
