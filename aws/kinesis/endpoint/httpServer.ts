import {
  createServer as createHttp1Server,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
} from "node:http";
import {
  createServer as createHttp2Server,
  type Http2ServerRequest,
  type Http2ServerResponse,
} from "node:http2";
import { createServer, type Socket } from "node:net";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { listenOnLoopback, type LoopbackServer } from "../../loopbackServer";

/** A request, of either HTTP version. */
export interface HttpRequest {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Readable;
}

export interface HttpAnswer {
  readonly status: number;
  /** Without those that belong to one connection. */
  readonly headers: OutgoingHttpHeaders;
  readonly body: Readable;
}

/**
 * Serves HTTP/1.1 and clear-text HTTP/2 with prior knowledge on one free loopback port.
 *
 * @param answer never rejects
 */
export async function startHttpServer(
  answer: (request: HttpRequest) => Promise<HttpAnswer>,
): Promise<LoopbackServer> {
  const serve = async (
    request: IncomingMessage | Http2ServerRequest,
    response: ServerResponse | Http2ServerResponse,
  ): Promise<void> => {
    const { method = "", headers } = request;
    const { status, headers: answered, body } = await answer({ method, headers, body: request });
    response.statusCode = status;
    for (const [name, value] of Object.entries(answered))
      if (value !== undefined) response.setHeader(name, value);
    // If the client has disconnected, there is nobody to send an error to.
    await pipeline(body, response).catch(() => {
      response.destroy();
    });
  };
  // Clients keep connections between calls, and report an error if the server closes one.
  const http1 = createHttp1Server(
    { keepAliveTimeout: 0 },
    (...exchange) => void serve(...exchange),
  );
  const http2 = createHttp2Server({ maxSessionMemory }, (...exchange) => void serve(...exchange));

  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => socket.destroy());
    void startsWithHttp2Preface(socket).then((isHttp2) => {
      (isHttp2 ? http2 : http1).emit("connection", socket);
      // HTTP/2 reads below the socket's stream; HTTP/1.1 waits for it to flow again.
      if (!isHttp2) socket.resume();
    });
  });
  return listenOnLoopback(server, () => {
    for (const socket of sockets) socket.destroy();
  });
}

/**
 * In MB, of data waiting to be sent on one HTTP/2 connection: beyond it, Node rejects new requests.
 * Its default, 10, is less than one answer of GetRecords.
 */
const maxSessionMemory = 512;

/** The first bytes of an HTTP/2 client (RFC 9113, 3.4); no HTTP/1.1 request starts like this. */
const preface = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

/** Peeks at the first bytes of a connection, which are then read again. */
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
