import assert from "node:assert/strict";
import { createServer } from "node:http";
import { listenOnLoopback, PortUnavailable } from "../../aws/loopbackServer";

describe("a server on loopback", () => {
  const listen = (port?: number) => {
    const server = createServer((_, response) => response.end("here"));
    const closeConnections = (): void => {
      server.closeAllConnections();
    };
    return listenOnLoopback(server, closeConnections, port);
  };

  it("listens on a free port, and on one that is specified", async () => {
    const first = await listen();
    const port = Number(new URL(first.endpoint).port);
    await first.stop();
    const again = await listen(port);
    try {
      assert.equal(again.endpoint, `http://127.0.0.1:${port}`);
      assert.equal(await (await fetch(again.endpoint)).text(), "here");
    } finally {
      await again.stop();
    }
  });

  it("names a port that is in use", async () => {
    const first = await listen();
    const port = Number(new URL(first.endpoint).port);
    try {
      await assert.rejects(listen(port), (error) => {
        assert.ok(error instanceof PortUnavailable);
        assert.equal(error.port, port);
        assert.equal(error.message, `Port ${port} of 127.0.0.1 is in use by another program.`);
        return true;
      });
    } finally {
      await first.stop();
    }
  });
});
