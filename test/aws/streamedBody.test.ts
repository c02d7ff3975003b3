import assert from "node:assert/strict";
import { once } from "node:events";
import { connect as connectHttp2 } from "node:http2";
import { get } from "node:http";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";
import { defaultLimits, type HttpLimits, startHttpListener } from "../../aws/httpListener";
import type { LoopbackServer } from "../../aws/loopbackServer";
import type { StreamedBody } from "../../aws/streamedBody";

const mebibyte = Buffer.alloc(1024 * 1024, "x");

/** Waits for the signal, however long that takes. */
const until = (signal: AbortSignal): Promise<unknown> =>
  signal.aborted ? Promise.resolve() : once(signal, "abort");

interface Reading {
  /** Paused until it is read. */
  readonly body: Readable;
  readonly leave: () => void;
}

const clients: Readonly<Record<string, (endpoint: string) => Promise<Reading>>> = {
  async "HTTP/1.1"(endpoint) {
    const request = get(endpoint, { agent: false });
    const [body] = (await once(request, "response")) as [Readable];
    request.on("error", () => undefined);
    body.on("error", () => undefined);
    return { body, leave: () => request.destroy() };
  },
  async "HTTP/2"(endpoint) {
    const session = connectHttp2(endpoint).on("error", () => undefined);
    const body = session.request().on("error", () => undefined);
    await once(body, "response");
    body.on("close", () => {
      session.close();
    });
    return {
      body,
      leave: () => {
        session.destroy();
      },
    };
  },
};

for (const [version, read] of Object.entries(clients))
  describe(`a body in parts, by ${version}`, () => {
    let server: LoopbackServer;
    let reading: Reading;

    async function answer(body: StreamedBody, limits: Partial<HttpLimits> = {}): Promise<void> {
      server = await startHttpListener(
        async ({ body: asked }) => {
          asked.resume();
          return Promise.resolve({ status: 200, headers: { "x-a": "b" }, body });
        },
        { ...defaultLimits, ...limits },
      );
      reading = await read(server.endpoint);
    }

    afterEach(async () => {
      reading.leave();
      await server.stop();
    });

    it("arrives part by part, and ends", async () => {
      let more: () => void = () => undefined;
      await answer(async function* () {
        yield Buffer.from("first");
        await new Promise<void>((resolve) => (more = resolve));
        yield Buffer.from(" second");
      });
      const [first] = (await once(reading.body, "data")) as [Buffer];
      assert.equal(first.toString(), "first");
      more();
      assert.equal(await text(reading.body), " second");
    });

    it("is made no faster than it is read", async () => {
      const all = 256;
      let made = 0;
      await answer(async function* () {
        for (; made < all; made += 1) {
          yield mebibyte;
          await setTimeout(0);
        }
      });
      let seen: number;
      do {
        seen = made;
        await setTimeout(100);
      } while (made !== seen);
      assert.ok(made < 64, `${made} MiB are made, and none is read`);
      let bytes = 0;
      for await (const chunk of reading.body as AsyncIterable<Buffer>) bytes += chunk.length;
      assert.equal(bytes, all * mebibyte.length);
    });

    it("ends when its reader leaves, in a pause as well as in the middle", async () => {
      let ended: () => void;
      for (const body of [
        async function* (signal: AbortSignal) {
          yield Buffer.from("first");
          await until(signal);
          ended();
        },
        async function* () {
          try {
            for (;;) {
              yield mebibyte;
              await setTimeout(0);
            }
          } finally {
            ended();
          }
        },
      ]) {
        const end = new Promise<void>((resolve) => (ended = resolve));
        await answer(body);
        reading.leave();
        await end;
        await server.stop();
      }
      await answer(() => emptyBody());
    });

    it("is not idle and does not stall while it has nothing to send", async () => {
      await answer(
        async function* () {
          yield Buffer.from("first");
          await setTimeout(500);
          yield Buffer.from(" second");
        },
        { idleMilliseconds: 100, requestMilliseconds: 100, headersMilliseconds: 100 },
      );
      assert.equal(await text(reading.body), "first second");
    });

    it("is given up when its reader stalls", async () => {
      const ended = new AbortController();
      await answer(
        async function* () {
          try {
            for (;;) {
              yield mebibyte;
              await setTimeout(0);
            }
          } finally {
            ended.abort();
          }
        },
        { requestMilliseconds: 100, headersMilliseconds: 100 },
      );
      await until(ended.signal);
      await assert.rejects(text(reading.body));
    });

    it("breaks off when it fails, so that nobody takes it for complete", async () => {
      await answer(async function* () {
        yield Buffer.from("first");
        await setTimeout(20);
        throw new Error("The rest cannot be made.");
      });
      await assert.rejects(text(reading.body));
    });

    it("ends as a complete one when the server stops", async () => {
      await answer(async function* (signal) {
        yield Buffer.from("first");
        await until(signal);
        yield Buffer.from(" last");
      });
      const [first] = (await once(reading.body, "data")) as [Buffer];
      const rest = text(reading.body);
      await server.stop();
      assert.equal(`${first.toString()}${await rest}`, "first last");
    });

    it("does not keep the server from stopping when nobody reads it", async () => {
      await answer(async function* (signal) {
        while (!signal.aborted) {
          yield mebibyte;
          await setTimeout(0);
        }
      });
      await server.stop();
    });
  });

async function* emptyBody(): AsyncGenerator<Buffer> {
  yield await Promise.resolve(Buffer.alloc(0));
}
