import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { FILE, makeUserEvents, SEED } from "../../generate/userEvents/makeUserEvents";

interface UserEvent {
  readonly event_id: string;
  readonly type: string;
  readonly occurred_at: string;
  readonly items?: readonly { readonly quantity: number; readonly unit_price: number }[];
  readonly total?: number;
}

describe("cli/sample/user-events.jsonl", () => {
  const content = readFileSync(FILE, "utf8");
  const lines = content.trimEnd().split("\n");
  const events = lines.map((line) => JSON.parse(line) as UserEvent);

  it("is identical to what its generator makes", () => {
    const regenerate = "node -r ts-node/register generate/userEvents/makeUserEvents.ts";
    assert.ok(content === makeUserEvents(SEED), `It differs. To generate it again: ${regenerate}`);
  });

  it("depends on the seed of its generator", () => {
    assert.notEqual(makeUserEvents(SEED + 1), content);
  });

  it("contains 2,400 different events of one past day, in order", () => {
    assert.equal(events.length, 2_400);
    assert.equal(new Set(events.map(({ event_id }) => event_id)).size, 2_400);
    const times = events.map(({ occurred_at }) => occurred_at);
    assert.deepEqual(times, [...times].sort());
    assert.ok(times.every((time) => time.startsWith("2026-03-14T")));
  });

  it("contains small, medium and large records", () => {
    const sizes = lines.map((line) => Buffer.byteLength(line));
    assert.ok(Math.min(...sizes) < 200);
    assert.ok(Math.max(...sizes) > 40_000 && Math.max(...sizes) < 65_536);
    assert.ok(sizes.filter((size) => size > 15_000).length >= 10);
    const total = sizes.reduce((sum, size) => sum + size, 0);
    assert.ok(total > 1_500_000 && total < 2_500_000);
  });

  it("contains several scripts and emoji", () => {
    const kinds = ["\\p{Script=Arabic}", "\\p{Script=Devanagari}", "\\p{Script=Hiragana}"];
    for (const kind of [...kinds, "ü", "é", "ż", "\\p{Emoji_Presentation}"]) {
      assert.ok(new RegExp(kind, "u").test(content), `no match for ${kind}`);
    }
  });

  it("contains purchases whose total is the sum of their items", () => {
    const purchases = events.filter(({ type }) => type === "purchase");
    assert.ok(purchases.length > 100);
    for (const { items = [], total } of purchases) {
      const sum = items.reduce((all, { quantity, unit_price }) => all + quantity * unit_price, 0);
      assert.equal(total, sum);
    }
  });

  it("contains only addresses in example domains", () => {
    for (const [, domain] of content.matchAll(/@([\w.-]+)/g)) assert.equal(domain, "example.com");
    for (const [, host] of content.matchAll(/https?:\/\/([^/"]+)/g)) {
      assert.match(host ?? "", /\bexample\.(com|org|net)$/);
    }
  });
});
