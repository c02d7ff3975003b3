import assert from "node:assert/strict";
import {
  newErrorObjectKey,
  newObjectKey,
  systemRandom,
} from "../../../../aws/firehose/delivery/objectKey";
import { configuration } from "../../../local/support/records";

describe("object keys", () => {
  const arrival = Date.parse("2026-12-31T23:59:59.999Z");
  const uuid = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";

  it("builds a key from prefix, name, version, time, UUID and extension", () => {
    assert.match(
      newObjectKey(configuration({ fileExtension: ".gz" }), arrival, systemRandom),
      new RegExp(`^raw/2026/12/31/events-1-2026-12-31-23-59-59-${uuid}\\.gz$`),
    );
  });

  it("uses the time zone of the prefix in the object name, too", () => {
    assert.match(
      newObjectKey(configuration({ timeZone: "Europe/Berlin" }), arrival, systemRandom),
      /^raw\/2027\/01\/01\/events-1-2027-01-01-00-59-59-/,
    );
  });

  it("adds the time to a prefix without an expression", () => {
    assert.match(
      newObjectKey(configuration({ prefix: "" }), arrival, systemRandom),
      /^2026\/12\/31\/23\/events-1-/,
    );
  });

  it("builds different keys at the same moment, by random strings and UUIDs", () => {
    const prefix = "raw/!{firehose:random-string}/!{firehose:random-string}/";
    const keys = Array.from({ length: 50 }, () =>
      newObjectKey(configuration({ prefix }), arrival, systemRandom),
    );
    const parts = keys.flatMap((key) => {
      const [, one, other] =
        /^raw\/([0-9A-Za-z]{11})\/([0-9A-Za-z]{11})\/events-1-/.exec(key) ?? [];
      return [one, other, key.slice(-36)];
    });
    assert.equal(new Set(parts).size, 150);
    assert.ok(!parts.includes(undefined));
  });

  it("builds error keys without the prefix and the extension of the data", () => {
    const declared = configuration({ fileExtension: ".json.gz" });
    assert.match(
      newErrorObjectKey(declared, arrival, systemRandom, "decompression-failed"),
      new RegExp(`^errors/decompression-failed/events-1-2026-12-31-23-59-59-${uuid}$`),
    );
  });

  it("adds error type and time to an error prefix without an expression, or else to the prefix", () => {
    for (const [prefix, errorPrefix, start] of [
      ["", "", ""],
      ["raw/", "", "raw/"],
      ["raw/", "failed/", "failed/"],
    ] as const) {
      const declared = configuration({ prefix, errorPrefix });
      const key = newErrorObjectKey(declared, arrival, systemRandom, "decompression-failed");
      assert.ok(key.startsWith(`${start}decompression-failed/2026/12/31/23/events-1-`), key);
    }
  });
});
