import assert from "node:assert/strict";
import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { Tabs } from "../../../../cli/local/page/pageServer";

describe("Tabs", () => {
  it("queues at most one snapshot for a tab that does not read", () => {
    const response = new ServerResponse(new IncomingMessage(new Socket()));
    const tabs = new Tabs();
    const snapshot = "x".repeat(100_000);
    tabs.add(response, snapshot);
    for (let count = 0; count < 100; count += 1) tabs.send(() => snapshot);
    assert.ok(response.writableLength < 101_000, `${response.writableLength} bytes are queued`);
  });
});
