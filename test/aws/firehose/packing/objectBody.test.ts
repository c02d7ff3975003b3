import assert from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { objectBody } from "../../../../aws/firehose/packing/objectBody";

const data = ["first", "", "größe", ""].map((text) => Buffer.from(text));

describe("objectBody", () => {
  it("puts a newline between two records, even empty ones, and none at the end", async () => {
    const options = { newlineDelimiter: true, compression: "UNCOMPRESSED" } as const;
    const { body, contentEncoding } = await objectBody(data, options);
    assert.equal(Buffer.from(body).toString(), "first\n\ngröße\n");
    assert.equal(contentEncoding, undefined);
  });

  it("joins records unchanged without the delimiter", async () => {
    const options = { newlineDelimiter: false, compression: "UNCOMPRESSED" } as const;
    assert.equal(Buffer.from((await objectBody(data, options)).body).toString(), "firstgröße");
  });

  it("compresses with GZIP exactly what it would write without compression", async () => {
    const records = fc.array(fc.uint8Array(), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(records, fc.boolean(), async (all, newlineDelimiter) => {
        const plain = await objectBody(all, { newlineDelimiter, compression: "UNCOMPRESSED" });
        const zipped = await objectBody(all, { newlineDelimiter, compression: "GZIP" });
        assert.equal(zipped.contentEncoding, "gzip");
        assert.deepEqual(gunzipSync(zipped.body), Buffer.from(plain.body));
      }),
    );
  });
});
