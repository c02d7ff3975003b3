import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { LocalDate } from "@js-joda/core";
import { type TailedObject, tailObjects } from "../../../records/tail/tailObjects";
import { FakeLake, objectKey } from "../support/fakeLake";

const prefix = "raw/!{timestamp:yyyy/MM/dd}/";

describe("tailing a data lake", () => {
  /** Follows the lake for some rounds, and changes it between them. */
  async function follow(
    objects: Map<string, Uint8Array>,
    changes: readonly (() => void)[],
    since?: string,
  ): Promise<{ readonly found: readonly TailedObject[]; readonly skipped: number }> {
    const found: TailedObject[] = [];
    const stop = new AbortController();
    let skipped = -1;
    let round = 0;
    await tailObjects({
      client: { send: (command: never) => new FakeLake(Object.fromEntries(objects)).send(command) },
      ...{ bucket: "lake", prefix, timeZone: "UTC", delimiter: "newline" },
      ...(since !== undefined && { since }),
      signal: stop.signal,
      today: () => LocalDate.parse("2026-11-22"),
      onStart: (count) => (skipped = count),
      onObject: (object) => {
        found.push(object);
      },
      sleep: () => {
        const change = changes[round++];
        if (change) change();
        else stop.abort();
        return Promise.resolve();
      },
    });
    return { found, skipped };
  }

  const keyOf = (day: string, minute: number) =>
    objectKey(`raw/${day.replaceAll("-", "/")}/`, day, minute);
  const texts = ({ records }: TailedObject) =>
    records.map((record) => Buffer.from(record).toString());

  it("passes on only objects that appear after its start, each once", async () => {
    const old = keyOf("2026-11-22", 1);
    const [first, second] = [keyOf("2026-11-22", 2), keyOf("2026-11-21", 59)];
    const objects = new Map([[old, gzipSync("old")]]);
    const { found, skipped } = await follow(objects, [
      () => objects.set(first, gzipSync("a\nb\n")),
      () => undefined,
      () => objects.set(second, gzipSync("c\n")),
    ]);
    assert.equal(skipped, 1);
    assert.deepEqual(
      found.map((object) => [object.key, texts(object)]),
      [
        [first, ["a", "b"]],
        [second, ["c"]],
      ],
    );
  });

  it("passes on the objects of a day and of all days after it", async () => {
    const days = ["2026-11-18", "2026-11-19", "2026-11-20", "2026-11-22"];
    const objects = new Map(days.map((day) => [keyOf(day, 1), gzipSync(day)]));
    const { found, skipped } = await follow(objects, [], "2026-11-19");
    assert.equal(skipped, 0);
    assert.deepEqual(found.flatMap(texts), days.slice(1));
  });

  it("says that an object is damaged, passes on what is before the damage, and goes on", async () => {
    const [damaged, whole] = [keyOf("2026-11-22", 1), keyOf("2026-11-22", 2)];
    const bytes = gzipSync("a\nb\n");
    const objects = new Map([
      [damaged, bytes.subarray(0, bytes.length - 4)],
      [whole, gzipSync("c\n")],
    ]);
    const { found } = await follow(objects, [], "2026-11-22");
    assert.deepEqual(
      found.map(({ key }) => key),
      [damaged, whole],
    );
    assert.match(found[0]?.damage ?? "", /end/);
    assert.deepEqual(
      found.map(({ damage }) => damage === undefined),
      [false, true],
    );
  });

  it("rejects a day that does not exist", async () => {
    await assert.rejects(follow(new Map(), [], "2026-02-30"), /"2026-02-30" is not a valid date/);
  });
});
