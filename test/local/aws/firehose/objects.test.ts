import assert from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { objectBody } from "../../../../local/aws/firehose/objectBody";
import { newObjectKey } from "../../../../local/aws/firehose/objectKey";
import { configuration, record } from "../support/records";

describe("objectBody", () => {
  const records = [record("first"), record(""), record("größe"), record("")];

  it("puts a newline between two records, empty ones too, and none at the end", async () => {
    const { body, contentEncoding } = await objectBody(records, configuration());
    assert.equal(Buffer.from(body).toString(), "first\n\ngröße\n");
    assert.equal(contentEncoding, undefined);
  });

  it("joins records as they are without the delimiter", async () => {
    const { body } = await objectBody(records, configuration({ newlineDelimiter: false }));
    assert.equal(Buffer.from(body).toString(), "firstgröße");
  });

  it("compresses to GZIP what it would write otherwise, whatever the bytes", async () => {
    const data = fc.array(fc.uint8Array(), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(data, fc.boolean(), async (all, newlineDelimiter) => {
        const given = all.map((bytes) => ({ ...record(""), data: bytes }));
        const plain = await objectBody(given, configuration({ newlineDelimiter }));
        const zipped = await objectBody(
          given,
          configuration({ newlineDelimiter, compression: "GZIP" }),
        );
        assert.equal(zipped.contentEncoding, "gzip");
        assert.deepEqual(gunzipSync(zipped.body), Buffer.from(plain.body));
      }),
    );
  });
});

describe("newObjectKey", () => {
  const arrival = Date.parse("2026-12-31T23:59:59.999Z");
  const uuid = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";

  it("is prefix, name, version, time, UUID and extension", () => {
    assert.match(
      newObjectKey(configuration({ fileExtension: ".gz" }), arrival),
      new RegExp(`^raw/2026/12/31/events-1-2026-12-31-23-59-59-${uuid}\\.gz$`),
    );
  });

  it("has the time zone of the prefix in its name, too", () => {
    assert.match(
      newObjectKey(configuration({ timeZone: "Europe/Berlin" }), arrival),
      /^raw\/2027\/01\/01\/events-1-2027-01-01-00-59-59-/,
    );
  });

  it("gets the time as folders without an expression in the prefix", () => {
    assert.match(
      newObjectKey(configuration({ prefix: "" }), arrival),
      /^2026\/12\/31\/23\/events-1-/,
    );
  });

  it("differs for the same moment, in its random strings and in its UUID", () => {
    const prefix = "raw/!{firehose:random-string}/!{firehose:random-string}/";
    const keys = Array.from({ length: 50 }, () => newObjectKey(configuration({ prefix }), arrival));
    const parts = keys.flatMap((key) => {
      const [, one, other] =
        /^raw\/([0-9A-Za-z]{11})\/([0-9A-Za-z]{11})\/events-1-/.exec(key) ?? [];
      return [one, other, key.slice(-36)];
    });
    assert.equal(new Set(parts).size, 150);
    assert.ok(!parts.includes(undefined));
  });
});
