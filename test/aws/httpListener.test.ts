import assert from "node:assert/strict";
import { once } from "node:events";
import { Agent, type IncomingMessage, request as httpRequest } from "node:http";
import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  connect as connectHttp2,
  constants,
  type Http2ServerRequest,
  type IncomingHttpHeaders,
} from "node:http2";
import { connect, type Socket } from "node:net";
import { buffer, text } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";
import {
  defaultLimits,
  type HttpAnswer,
  type HttpRequest,
  startHttpListener,
} from "../../aws/httpListener";
import type { LoopbackServer } from "../../aws/loopbackServer";

const large = Buffer.alloc(14 * 1024 * 1024, "x");

async function answer({ method, host, headers, body }: HttpRequest): Promise<HttpAnswer> {
  const bytes = await buffer(body).catch(() => Buffer.alloc(0));
  return {
    status: 201,
    headers: { "x-asked": `${method} ${host ?? ""} ${String(headers["x-ask"])}` },
    body: bytes.equals(Buffer.from("large")) ? large : Buffer.from("small"),
  };
}

const closed = (socket: Socket): Promise<unknown> =>
  new Promise((resolve) => socket.on("error", () => undefined).on("close", resolve));

describe("the HTTP server for both versions", () => {
  let server: LoopbackServer;

  before(async () => {
    server = await startHttpListener(answer);
  });

  after(() => server.stop());

  const portOf = ({ endpoint }: LoopbackServer): number => Number(new URL(endpoint).port);

  it("answers HTTP/1.1 requests that come a byte at a time, one after the other", async () => {
    const socket = connect(portOf(server), "127.0.0.1").setNoDelay();
    await once(socket, "connect");
    const request = "PUT / HTTP/1.1\r\nHost: a\r\nX-Ask: b\r\nContent-Length: 1\r\n";
    for (const byte of `${request}\r\n!${request}Connection: close\r\n\r\n!`) {
      socket.write(byte);
      await setTimeout(1);
    }
    const answered = await text(socket);
    assert.equal(answered.match(/HTTP\/1\.1 201 Created\r\nx-asked: PUT a b\r\n/gu)?.length, 2);
  });

  it("begins large answers on one HTTP/2 connection while others are not read yet", async () => {
    const session = connectHttp2(server.endpoint);
    const streams: ClientHttp2Stream[] = [];
    for (let count = 0; count < 4; count += 1) {
      const stream = session.request({ ":method": "POST", "x-ask": "b" });
      stream.end("large");
      const [headers] = (await once(stream, "response")) as [IncomingHttpHeaders];
      const host = new URL(server.endpoint).host;
      assert.deepEqual([headers[":status"], headers["x-asked"]], [201, `POST ${host} b`]);
      streams.push(stream);
    }
    for (const stream of streams) assert.equal((await buffer(stream)).length, large.length);
    session.close();
  });

  it("takes an HTTP/2 connection that begins a byte at a time", async () => {
    const socket = connect(portOf(server), "127.0.0.1");
    await once(socket.setNoDelay(), "connect");
    const answered = once(socket, "data");
    const emptySettings = Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]);
    for (const byte of Buffer.concat([
      Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
      emptySettings,
    ])) {
      socket.write(Buffer.from([byte]));
      await setTimeout(1);
    }
    const [frame] = (await answered) as [Buffer];
    assert.equal(frame[3], 4, "the server's own settings");
    socket.destroy();
  });

  it("ends the requests that their clients give up in the middle", async () => {
    let begun = 0;
    let ended = 0;
    const other = await startHttpListener(async ({ body }) => {
      begun += 1;
      await buffer(body).catch(() => undefined);
      ended += 1;
      return { status: 200, headers: { "x-late": "1" }, body: Buffer.from("late") };
    });
    const socket = connect(portOf(other), "127.0.0.1");
    socket.write("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf");
    const session = connectHttp2(other.endpoint).on("error", () => undefined);
    const stream = session.request({ ":method": "POST" }).on("error", () => undefined);
    stream.write("half");
    while (begun < 2) await setTimeout(5);
    socket.destroy();
    stream.close(constants.NGHTTP2_CANCEL);
    while (ended < 2) await setTimeout(5);
    session.close();
    await other.stop();
  });

  it("stops with connections open that have sent nothing, or half a preface", async () => {
    const other = await startHttpListener(() => assert.fail("nothing was asked"));
    const sockets = [connect(portOf(other), "127.0.0.1"), connect(portOf(other), "127.0.0.1")];
    await Promise.all(sockets.map((socket) => once(socket, "connect")));
    sockets[1]?.write("PRI * HT");
    const ends = sockets.map(closed);
    await other.stop();
    await Promise.all(ends);
  });

  describe("with small limits", () => {
    let limited: LoopbackServer;
    const open: (Socket | ClientHttp2Session)[] = [];
    /** Of the requests that the server has answered: the ends of their connections or streams. */
    let serverEnds: Promise<unknown>[];

    beforeEach(async () => {
      serverEnds = [];
      const observed: typeof answer = (request) => {
        const body = request.body as IncomingMessage | Http2ServerRequest;
        const exchange = "stream" in body ? body.stream : body.socket;
        serverEnds.push(new Promise((resolve) => exchange.on("close", resolve)));
        return answer(request);
      };
      limited = await startHttpListener(observed, {
        ...defaultLimits,
        headersMilliseconds: 150,
        requestMilliseconds: 300,
        idleMilliseconds: 300,
        connections: 20,
      });
    });

    afterEach(async () => {
      for (const connection of open.splice(0)) connection.destroy();
      await limited.stop();
    });

    function socketWith(sent: string): Socket {
      const socket = connect(portOf(limited), "127.0.0.1").on("error", () => undefined);
      open.push(socket);
      socket.write(sent);
      return socket;
    }

    const stalled: readonly [string, string][] = [
      ["nothing", ""],
      ["half a preface of HTTP/2", "PRI * HTTP/2"],
      ["half a request line", "PUT / HT"],
      ["half the headers", "PUT / HTTP/1.1\r\nHost: a\r\nX-Ask"],
      ["half a body", "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf"],
      [
        "half a chunked body",
        "PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
      ],
      ["a request, and then nothing", "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n"],
      ["only the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"],
    ];
    for (const [what, sent] of stalled)
      it(`closes a connection that has sent ${what}`, async () => {
        const socket = socketWith(sent);
        socket.resume();
        await closed(socket);
      });

    it("closes one whose headers come too slowly, byte by byte", async () => {
      const socket = socketWith("PUT / HTTP/1.1\r\nHost: a\r\nX-Ask: ");
      socket.resume();
      while (!socket.destroyed) {
        socket.write("b");
        await setTimeout(20);
      }
    });

    it("closes one whose HTTP/2 frames never become a request", async () => {
      const socket = socketWith("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").resume();
      const ping = Buffer.concat([Buffer.from([0, 0, 8, 6, 0, 0, 0, 0, 0]), Buffer.alloc(8)]);
      socket.write(Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]));
      while (!socket.destroyed) {
        socket.write(ping);
        await setTimeout(20);
      }
    });

    it("ends an HTTP/2 request whose body stalls", async () => {
      const session = connectHttp2(limited.endpoint).on("error", () => undefined);
      open.push(session);
      const stream = session.request({ ":method": "POST" }).on("error", () => undefined);
      stream.write("half");
      await new Promise((resolve) => stream.on("close", resolve));
    });

    it("ends an answer that is not read, in both versions", async () => {
      const socket = socketWith("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nlarge");
      const session = connectHttp2(limited.endpoint).on("error", () => undefined);
      open.push(session);
      const stream = session.request({ ":method": "POST" }).on("error", () => undefined);
      stream.end("large");
      socket.pause();
      stream.pause();
      const ended = new Promise((resolve) => session.on("close", resolve));
      while (serverEnds.length < 2) await setTimeout(5);
      await Promise.all(serverEnds);
      const got = await buffer(socket).catch(() => Buffer.alloc(0));
      assert.ok(got.length < large.length);
      stream.resume();
      await ended;
    });

    it("answers others while 16 requests stall", async () => {
      for (let count = 0; count < 16; count += 1)
        socketWith("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf");
      const response = await fetch(limited.endpoint, { method: "POST", body: "x" });
      assert.equal(response.status, 201);
      await response.text();
    });

    it("drops connections beyond the limit, and takes new ones when others have gone", async () => {
      const sockets = Array.from({ length: 20 }, () => socketWith("PUT"));
      await Promise.all(sockets.map((socket) => once(socket, "connect")));
      const dropped = socketWith("PUT").resume();
      await closed(dropped);
      for (const socket of sockets) socket.destroy();
      const agent = new Agent();
      let status: number | undefined;
      while (status === undefined) {
        const sent = httpRequest(limited.endpoint, { method: "POST", agent });
        sent.end("x");
        [{ statusCode: status }] = (await once(sent, "response").catch(() => [{}])) as [
          { statusCode?: number },
        ];
      }
      assert.equal(status, 201);
      agent.destroy();
    });
  });
});
