import assert from "node:assert/strict";
import { once } from "node:events";
import {
  type ClientHttp2Stream,
  connect as connectHttp2,
  constants,
  type IncomingHttpHeaders,
} from "node:http2";
import { connect } from "node:net";
import { Readable } from "node:stream";
import { buffer, text } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";
import { type HttpRequest, startHttpServer } from "../../../../aws/kinesis/endpoint/httpServer";
import type { LoopbackServer } from "../../../../aws/loopbackServer";

const large = Buffer.alloc(14 * 1024 * 1024, "x");

describe("the HTTP server for both versions", () => {
  let server: LoopbackServer;

  before(async () => {
    server = await startHttpServer(async ({ method, headers, body }: HttpRequest) => ({
      status: 201,
      headers: { "x-asked": `${method} ${String(headers["x-ask"])}` },
      body: Readable.from([(await buffer(body)).equals(Buffer.from("large")) ? large : "small"]),
    }));
  });

  after(() => server.stop());

  it("answers HTTP/1.1 requests that arrive a byte at a time, one after the other", async () => {
    const socket = connect(Number(new URL(server.endpoint).port), "127.0.0.1").setNoDelay();
    await once(socket, "connect");
    const request = "PUT / HTTP/1.1\r\nHost: a\r\nX-Ask: b\r\nContent-Length: 1\r\n";
    for (const byte of `${request}\r\n!${request}Connection: close\r\n\r\n!`) {
      socket.write(byte);
      await setTimeout(1);
    }
    const answer = await text(socket);
    assert.equal(answer.match(/^HTTP\/1\.1 201 Created\r\nx-asked: PUT b\r\n/gmu)?.length, 2);
  });

  it("starts large answers on one HTTP/2 connection while others are not read yet", async () => {
    const session = connectHttp2(server.endpoint);
    const streams: ClientHttp2Stream[] = [];
    for (let answer = 0; answer < 4; answer += 1) {
      const stream = session.request({ ":method": "POST", "x-ask": "b" });
      stream.end("large");
      const [headers] = (await once(stream, "response")) as [IncomingHttpHeaders];
      assert.deepEqual([headers[":status"], headers["x-asked"]], [201, "POST b"]);
      streams.push(stream);
    }
    for (const stream of streams) assert.equal((await buffer(stream)).length, large.length);
    session.close();
  });

  it("accepts an HTTP/2 connection that starts a byte at a time", async () => {
    const socket = connect(Number(new URL(server.endpoint).port), "127.0.0.1");
    await once(socket.setNoDelay(), "connect");
    const answer = once(socket, "data");
    const emptySettings = Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]);
    for (const byte of Buffer.concat([
      Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
      emptySettings,
    ])) {
      socket.write(Buffer.from([byte]));
      await setTimeout(1);
    }
    const [frame] = (await answer) as [Buffer];
    assert.equal(frame[3], 4, "the settings of the server");
    socket.destroy();
  });

  it("ends requests that their clients abort halfway", async () => {
    let begun = 0;
    let ended = 0;
    const other = await startHttpServer(async ({ body }) => {
      begun += 1;
      await buffer(body).catch(() => undefined);
      ended += 1;
      return { status: 200, headers: { "x-late": "1" }, body: Readable.from(["late"]) };
    });
    const { port } = new URL(other.endpoint);
    const socket = connect(Number(port), "127.0.0.1");
    socket.write("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf");
    const session = connectHttp2(other.endpoint);
    const stream = session.request({ ":method": "POST" }).on("error", () => undefined);
    stream.write("half");
    while (begun < 2) await setTimeout(5);
    socket.destroy();
    stream.close(constants.NGHTTP2_CANCEL);
    while (ended < 2) await setTimeout(5);
    session.close();
    await other.stop();
  });

  it("stops while connections are open that have sent nothing, or half a preface", async () => {
    const other = await startHttpServer(() => assert.fail("nothing was asked"));
    const port = Number(new URL(other.endpoint).port);
    const sockets = [connect(port, "127.0.0.1"), connect(port, "127.0.0.1")];
    await Promise.all(sockets.map((socket) => once(socket, "connect")));
    sockets[1]?.write("PRI * HT");
    const closed = sockets.map(
      (socket) => new Promise((done) => socket.on("error", () => undefined).on("close", done)),
    );
    await other.stop();
    await Promise.all(closed);
  });
});
