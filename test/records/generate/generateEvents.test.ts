import assert from "node:assert/strict";
import { generateEvents, type GenerateOptions } from "../../../records/generate/generateEvents";

async function made(options: Partial<GenerateOptions> = {}): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of generateEvents({ count: 2000, seed: 1, ...options })) {
    assert.ok("data" in line);
    assert.deepEqual([line.line, line.readTo], [lines.length + 1, lines.length + 1]);
    lines.push(Buffer.from(line.data).toString());
  }
  return lines;
}

const parsed = (lines: readonly string[]) =>
  lines.map((line) => JSON.parse(line) as Record<string, string>);

describe("generateEvents", () => {
  it("makes the same events for the same seed, and others for another one", async () => {
    const events = await made();
    assert.equal(events.length, 2000);
    assert.deepEqual(await made(), events);
    const others = await made({ seed: 2 });
    assert.equal(others.filter((event) => events.includes(event)).length, 0);
    // A longer run begins with a shorter one.
    assert.deepEqual(await made({ count: 10 }), events.slice(0, 10));
    assert.equal((await made({ seed: 0, count: 5 })).length, 5);
  });

  it("makes different events of all types in order of time, of users in sessions", async () => {
    const events = parsed(await made());
    assert.equal(new Set(events.map((event) => event["event_id"])).size, 2000);
    const times = events.map((event) => event["occurred_at"] ?? "");
    assert.deepEqual(times, [...times].sort());
    assert.deepEqual([...new Set(events.map((event) => event["type"] ?? ""))].sort(), [
      "add_to_cart",
      "heartbeat",
      "page_view",
      "purchase",
      "review",
      "search",
      "sign_up",
      "support_message",
    ]);
    const users = new Map(events.map((event) => [event["session_id"], event["user_id"]]));
    for (const event of events) assert.equal(users.get(event["session_id"]), event["user_id"]);
    assert.ok(users.size > 100 && users.size < 1000);
  });

  it("makes events of the time that a clock says", async () => {
    const [event] = parsed(await made({ count: 1, clock: () => Date.UTC(2026, 10, 22) }));
    assert.equal(event?.["occurred_at"], "2026-11-22T00:00:00.000Z");
  });

  for (const bytes of [256, 300, 1024, 20_000])
    it(`makes events of exactly ${bytes} bytes`, async () => {
      const events = await made({ bytes, count: 300 });
      assert.deepEqual([...new Set(events.map((event) => Buffer.byteLength(event)))], [bytes]);
      assert.equal(parsed(events).length, 300);
    });
});
