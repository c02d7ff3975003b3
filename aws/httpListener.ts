import {
  createServer as createHttp1Server,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type OutgoingHttpHeaders,
} from "node:http";
import {
  createServer as createHttp2Server,
  type Http2ServerRequest,
  type ServerHttp2Session,
} from "node:http2";
import type { Socket } from "node:net";
import type { Readable } from "node:stream";
import { listenOnLoopback, type LoopbackServer } from "./loopbackServer";
import {
  destroyExchange,
  type HttpResponse,
  isGone,
  StreamedBodies,
  type StreamedBody,
} from "./streamedBody";

/** A request, whichever HTTP it came by. */
export interface HttpRequest {
  readonly method: string;
  /** The Host header, or HTTP/2's `:authority`. */
  readonly host: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: Readable;
}

export interface HttpAnswer {
  readonly status: number;
  /** Without those that belong to one connection. */
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer | StreamedBody;
}

export interface HttpLimits {
  /** For the first bytes of a connection and the headers of a request. */
  readonly headersMilliseconds: number;
  /** For a request with its body, and once more for its answer, or a part of it, to be read. */
  readonly requestMilliseconds: number;
  /** Between two requests of a connection. */
  readonly idleMilliseconds: number;
  readonly connections: number;
}

export const defaultLimits: HttpLimits = {
  headersMilliseconds: 10_000,
  requestMilliseconds: 60_000,
  // Clients keep connections between calls: those of the SDKs and of Firehose are used more often.
  idleMilliseconds: 300_000,
  connections: 1024,
};

/** Of one HTTP/2 connection. */
const maxConcurrentStreams = 256;

/**
 * In MB, of what waits to be sent on one HTTP/2 connection: beyond it, Node.js rejects new requests.
 * Its default, 10, is less than one answer of GetRecords.
 */
const maxSessionMemory = 512;

/**
 * Serves HTTP/1.1 and clear-text HTTP/2 with prior knowledge on one loopback port. What stalls or
 * idles is closed, and blocks nobody meanwhile.
 *
 * @param answer never rejects
 * @param port default: any that is free
 */
export async function startHttpListener(
  answer: (request: HttpRequest) => Promise<HttpAnswer>,
  limits: HttpLimits = defaultLimits,
  port?: number,
): Promise<LoopbackServer> {
  const streamed = new StreamedBodies();
  const serve = (request: IncomingMessage | Http2ServerRequest, response: HttpResponse): void => {
    void serveOne(request, response, answer, { streamed, ...limits });
  };
  const http1 = createHttp1Server(
    {
      headersTimeout: limits.headersMilliseconds,
      requestTimeout: limits.requestMilliseconds,
      keepAliveTimeout: limits.idleMilliseconds,
      connectionsCheckingInterval: Math.min(1000, Math.ceil(limits.headersMilliseconds / 4)),
      noDelay: true,
    },
    serve,
  );
  http1.maxConnections = limits.connections;
  const http2 = createHttp2Server({ maxSessionMemory, settings: { maxConcurrentStreams } }, serve);
  http2.on("session", (session) => {
    closeWhenIdle(session, limits.idleMilliseconds);
  });

  // Node.js checks the times of HTTP/1.1 connections only for a server that listens itself.
  const [accept] = http1.listeners("connection");
  if (!accept) throw new Error("Node.js's HTTP server takes no connections.");
  http1.removeAllListeners("connection");
  const sockets = new Set<Socket>();
  http1.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => socket.destroy());
    const stalled = setTimeout(() => socket.destroy(), limits.headersMilliseconds);
    socket.on("close", () => {
      clearTimeout(stalled);
    });
    void startsWithHttp2Preface(socket).then((isHttp2) => {
      clearTimeout(stalled);
      if (isHttp2) {
        // A client that sends nothing more can read nothing more either: it opens no window.
        socket.on("end", () => socket.destroy());
        http2.emit("connection", socket);
      } else {
        accept.call(http1, socket);
        // HTTP/2 reads below the socket's stream; HTTP/1.1 waits for it to flow again.
        socket.resume();
      }
    });
  });
  const closeConnections = async (): Promise<void> => {
    await streamed.end();
    for (const socket of sockets) socket.destroy();
  };
  return listenOnLoopback(http1, closeConnections, port);
}

async function serveOne(
  request: IncomingMessage | Http2ServerRequest,
  response: HttpResponse,
  answer: (request: HttpRequest) => Promise<HttpAnswer>,
  { requestMilliseconds, streamed }: HttpLimits & { readonly streamed: StreamedBodies },
): Promise<void> {
  request.on("error", () => undefined);
  response.on("error", () => undefined);
  const stalledRequest = setTimeout(() => {
    destroyExchange(response);
  }, requestMilliseconds);
  response.on("close", () => {
    clearTimeout(stalledRequest);
  });
  const { method = "", headers } = request;
  const authority = headers[":authority"];
  const host = headers.host ?? (typeof authority === "string" ? authority : undefined);
  const {
    status,
    headers: answered,
    body,
  } = await answer({ method, host, headers, body: request });
  clearTimeout(stalledRequest);
  // A client that went away gets no answer any more.
  if (isGone(response)) return;
  response.statusCode = status;
  for (const [name, value] of Object.entries(answered))
    if (value !== undefined) response.setHeader(name, value);
  if (typeof body === "function") {
    await streamed.send(body, response, requestMilliseconds);
    return;
  }
  const stalledAnswer = setTimeout(() => {
    destroyExchange(response);
  }, requestMilliseconds);
  response.on("close", () => {
    clearTimeout(stalledAnswer);
  });
  response.end(body);
}

/** Also one that only sends bytes that never become a request. */
function closeWhenIdle(session: ServerHttp2Session, milliseconds: number): void {
  let streams = 0;
  let timer = setTimeout(() => {
    session.destroy();
  }, milliseconds);
  session.on("stream", (stream) => {
    streams += 1;
    clearTimeout(timer);
    stream.on("close", () => {
      streams -= 1;
      if (streams > 0 || session.destroyed) return;
      timer = setTimeout(() => {
        session.destroy();
      }, milliseconds);
    });
  });
  session.on("error", () => undefined);
  session.on("close", () => {
    clearTimeout(timer);
  });
}

/** What a client that knows of HTTP/2 sends first (RFC 9113, 3.4); no HTTP/1.1 request begins so. */
const preface = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

/** Looks at the first bytes of a connection, and leaves them to be read again. */
function startsWithHttp2Preface(socket: Socket): Promise<boolean> {
  return new Promise((resolve) => {
    let seen = Buffer.alloc(0);
    socket.on("data", function look(chunk: Buffer) {
      seen = Buffer.concat([seen, chunk]);
      const length = Math.min(seen.length, preface.length);
      const matches = seen.subarray(0, length).equals(preface.subarray(0, length));
      if (matches && length < preface.length) return;
      socket.off("data", look);
      socket.pause();
      socket.unshift(seen);
      resolve(matches);
    });
  });
}
