import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import fc from "fast-check";
import { AwsChunkedDecoder } from "../../../aws/s3/awsChunked";
import { BodyChecks } from "../../../aws/s3/checksums";
import { crcPolynomial, createCrc32, createCrc64 } from "../../../aws/s3/crc";
import { byteRange } from "../../../aws/s3/getObject";

function inPieces(bytes: Buffer, size: number): Buffer[] {
  const count = Math.ceil(bytes.length / size);
  return Array.from({ length: count }, (_, i) => bytes.subarray(i * size, (i + 1) * size));
}

describe("AwsChunkedDecoder", () => {
  it("decodes the data of all chunks, however the network splits them", async () => {
    const chunk = fc.uint8Array({ minLength: 1, maxLength: 300 });
    const signature = fc.constantFrom("", ";chunk-signature=0123abcd");
    await fc.assert(
      fc.asyncProperty(
        fc.array(chunk),
        signature,
        fc.integer({ min: 1, max: 50 }),
        async (chunks, extension, pieceSize) => {
          const coded = Buffer.concat([
            ...chunks.flatMap((data) => [
              Buffer.from(`${data.length.toString(16)}${extension}\r\n`),
              data,
              Buffer.from("\r\n"),
            ]),
            Buffer.from(`0${extension}\r\nx-amz-checksum-crc32:AAAAAA==\r\nX-Other: b \r\n\r\n`),
          ]);
          const decoder = new AwsChunkedDecoder();
          const decoded = await buffer(Readable.from(inPieces(coded, pieceSize)).pipe(decoder));
          assert.deepEqual(decoded, Buffer.concat(chunks));
          assert.deepEqual(decoder.trailers, {
            "x-amz-checksum-crc32": "AAAAAA==",
            "x-other": "b",
          });
        },
      ),
    );
  });

  for (const [what, body] of [
    ["an empty body", ""],
    ["a size that is not hexadecimal", "xyz\r\nabc\r\n0\r\n\r\n"],
    ["a body that ends within a chunk", "5\r\nab"],
    ["a body without a last chunk", "2\r\nab\r\n"],
    ["a line without end", "0;".padEnd(100_000, "x")],
  ] as const) {
    it(`rejects ${what}`, async () => {
      const decoder = new AwsChunkedDecoder();
      const decoded = buffer(Readable.from([Buffer.from(body)]).pipe(decoder));
      await assert.rejects(decoded, { code: "IncompleteBody" });
    });
  }
});

describe("BodyChecks", () => {
  const body = Buffer.from("123456789");

  it("computes the CRCs that S3 uses", () => {
    for (const [polynomial, expected] of [
      [crcPolynomial.crc32, "cbf43926"],
      [crcPolynomial.crc32c, "e3069283"],
    ] as const) {
      const crc = createCrc32(polynomial);
      crc.update(body.subarray(0, 4));
      crc.update(body.subarray(4));
      assert.equal(crc.digest().toString("hex"), expected);
    }
    const crc = createCrc64();
    crc.update(body.subarray(0, 4));
    crc.update(body.subarray(4));
    assert.equal(crc.digest().toString("hex"), "ae8b14860a799888");
  });

  const checksums = {
    "content-md5": createHash("md5").update(body).digest("base64"),
    "x-amz-checksum-crc32": "y/Q5Jg==",
    "x-amz-checksum-crc32c": "4waSgw==",
    "x-amz-checksum-crc64nvme": Buffer.from("ae8b14860a799888", "hex").toString("base64"),
    "x-amz-content-sha256": createHash("sha256").update(body).digest("hex"),
    "x-amz-checksum-sha1": createHash("sha1").update(body).digest("base64"),
    "x-amz-checksum-sha256": createHash("sha256").update(body).digest("base64"),
  };
  for (const [name, value] of Object.entries(checksums)) {
    it(`verifies ${name}`, () => {
      const kept = new BodyChecks({ [name]: value });
      kept.update(body);
      assert.equal(kept.finish({}).etag, createHash("md5").update(body).digest("hex"));

      const broken = new BodyChecks({ [name]: value });
      broken.update(body.subarray(1));
      assert.throws(() => broken.finish({}), {
        code: /^(?:BadDigest|XAmzContentSHA256Mismatch)$/u,
      });
    });
  }

  it("verifies the checksum in a trailer, and rejects a body whose trailer is missing", () => {
    const headers = { "x-amz-trailer": "x-amz-checksum-crc32" };
    const checks = new BodyChecks(headers);
    checks.update(body);
    checks.finish({ "x-amz-checksum-crc32": checksums["x-amz-checksum-crc32"] });
    assert.throws(() => new BodyChecks(headers).finish({}), { code: "BadDigest" });
  });
});

describe("BodyChecks of an invalid request", () => {
  for (const [what, headers, code] of [
    [
      "two checksums",
      { "x-amz-checksum-crc32": "y/Q5Jg==", "x-amz-checksum-crc32c": "4waSgw==" },
      "InvalidRequest",
    ],
    ["a checksum of the wrong length", { "x-amz-checksum-crc32": "AAAA" }, "InvalidRequest"],
    ["a checksum that is not base64", { "x-amz-checksum-crc32": "!!!!!!==" }, "InvalidRequest"],
    [
      "an algorithm without its checksum",
      { "x-amz-sdk-checksum-algorithm": "CRC32" },
      "InvalidRequest",
    ],
    ["an unknown algorithm", { "x-amz-sdk-checksum-algorithm": "MD4" }, "InvalidRequest"],
    ["an unknown trailer", { "x-amz-trailer": "x-amz-meta-a" }, "InvalidRequest"],
    ["a Content-MD5 that is not one", { "content-md5": "abc" }, "InvalidDigest"],
    ["a payload digest that is not one", { "x-amz-content-sha256": "abc" }, "InvalidArgument"],
  ] as const) {
    it(`rejects ${what}`, () => {
      assert.throws(() => new BodyChecks(headers), { status: 400, code });
    });
  }
});

describe("byteRange", () => {
  for (const [header, expected] of [
    ["bytes=0-0", { start: 0, end: 0 }],
    ["bytes=3-", { start: 3, end: 9 }],
    ["bytes=3-99", { start: 3, end: 9 }],
    ["bytes=-4", { start: 6, end: 9 }],
    ["bytes=-99", { start: 0, end: 9 }],
    ["bytes=5-3", undefined],
    ["bytes=0-1,3-4", undefined],
    ["bytes=-", undefined],
    [undefined, undefined],
  ] as const) {
    it(`reads ${header ?? "no header"} of 10 bytes`, () => {
      assert.deepEqual(byteRange(header, 10), expected);
    });
  }

  it("rejects a range after the end of the object", () => {
    assert.throws(() => byteRange("bytes=10-", 10), { status: 416, code: "InvalidRange" });
  });
});
