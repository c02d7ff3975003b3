import assert from "node:assert/strict";
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { readPresigned } from "../../../aws/s3/presignedUrl";
import { Bucket, codeOf, testStore } from "./support/testStore";

function version4(date: Date, changes: Record<string, string> = {}): string {
  const parameters = {
    "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
    "X-Amz-Credential": "any/20260301/eu-central-1/s3/aws4_request",
    "X-Amz-Date": date.toISOString().replace(/[-:]|\.\d+/gu, ""),
    "X-Amz-Expires": "60",
    "X-Amz-SignedHeaders": "host",
    "X-Amz-Signature": "0".repeat(64),
    ...changes,
  };
  return new URLSearchParams(parameters).toString();
}

function version2(expires: number | string, changes: Record<string, string> = {}): string {
  const parameters = { AWSAccessKeyId: "any", Signature: "a+b=", Expires: String(expires) };
  return new URLSearchParams({ ...parameters, ...changes }).toString();
}

describe("presigned URLs of the object store", () => {
  const store = testStore();
  const path = `/${Bucket}/signed`;
  const seconds = () => Math.floor(Date.now() / 1000);

  before(async () => {
    await store.s3().send(new PutObjectCommand({ Bucket, Key: "signed", Body: "secret" }));
  });

  for (const [version, valid, expired] of [
    [4, () => version4(new Date()), () => version4(new Date(Date.now() - 62_000))],
    [2, () => version2(seconds() + 60), () => version2(seconds() - 2)],
  ] as const) {
    it(`of signature version ${version} read, write and delete until they expire`, async () => {
      const url = `/${Bucket}/signed-${version}`;
      for (const [method, query] of [
        ["PUT", expired()],
        ["GET", expired()],
      ] as const) {
        const answer = await store.raw(method, `${url}?${query}`, {}, "x");
        assert.deepEqual([answer.status, codeOf(answer)], [403, "AccessDenied"]);
        assert.match(answer.body, /Request has expired/u);
      }
      assert.equal((await store.raw("PUT", `${url}?${valid()}`, {}, "x")).status, 200);
      assert.equal((await store.raw("GET", `${url}?${valid()}`)).body, "x");
      assert.equal((await store.raw("DELETE", `${url}?${valid()}`)).status, 204);
    });
  }

  it("have headers in their query, which are honored", async () => {
    const query = version4(new Date(), {
      "x-amz-meta-origin": "test",
      "x-amz-storage-class": "GLACIER",
      "x-id": "PutObject",
    });
    assert.equal((await store.raw("PUT", `${path}-headers?${query}`, {}, "x")).status, 200);
    const head = await store.s3().send(new HeadObjectCommand({ Bucket, Key: "signed-headers" }));
    assert.deepEqual([head.Metadata, head.StorageClass], [{ origin: "test" }, "GLACIER"]);
  });

  it("have checksums in their query, which are ignored as in S3", async () => {
    const query = version4(new Date(), {
      "x-amz-sdk-checksum-algorithm": "CRC32",
      "x-amz-checksum-crc32": "AAAAAA==",
    });
    assert.equal((await store.raw("PUT", `${path}-checksum?${query}`, {}, "x")).status, 200);
  });

  it("override headers of the answer", async () => {
    const overrides = {
      "response-content-type": "text/html",
      "response-content-language": "de",
      "response-expires": "Thu, 01 Dec 2033 16:00:00 GMT",
      "response-cache-control": "no-cache",
      "response-content-disposition": 'attachment; filename="a b.txt"',
      "response-content-encoding": "identity",
    };
    for (const query of [version4(new Date(), overrides), version2(seconds() + 60, overrides)]) {
      for (const method of ["GET", "HEAD"]) {
        const { status, headers } = await store.raw(method, `${path}?${query}`);
        assert.equal(status, 200);
        for (const [name, value] of Object.entries(overrides)) {
          assert.equal(headers[name.replace("response-", "")], value);
        }
      }
    }
    const sdk = new GetObjectCommand({ Bucket, Key: "signed", ResponseContentType: "a/b" });
    assert.equal((await store.s3().send(sdk)).ContentType, "a/b");
  });

  // Signed when the test runs: the URLs expire after a minute.
  for (const [what, query, status, code] of [
    [
      "an expiry that is not a number",
      () => version4(new Date(), { "X-Amz-Expires": "soon" }),
      400,
      "AuthorizationQueryParametersError",
    ],
    [
      "a negative expiry",
      () => version4(new Date(), { "X-Amz-Expires": "-1" }),
      400,
      "AuthorizationQueryParametersError",
    ],
    [
      "an expiry of over a week",
      () => version4(new Date(), { "X-Amz-Expires": "604801" }),
      400,
      "AuthorizationQueryParametersError",
    ],
    [
      "a date that is not one",
      () => version4(new Date(), { "X-Amz-Date": "20261399T000000Z" }),
      400,
      "AuthorizationQueryParametersError",
    ],
    [
      "an unknown algorithm",
      () => version4(new Date(), { "X-Amz-Algorithm": "NONE" }),
      400,
      "AuthorizationQueryParametersError",
    ],
    [
      "a missing signature",
      () => "X-Amz-Algorithm=AWS4-HMAC-SHA256",
      400,
      "AuthorizationQueryParametersError",
    ],
    ["a time that is not a number", () => version2("soon"), 403, "AccessDenied"],
    ["a missing time", () => "AWSAccessKeyId=a&Signature=b", 403, "AccessDenied"],
    [
      "a line break in an override",
      () => `${version4(new Date())}&response-content-type=a%0D%0Ab`,
      400,
      "InvalidArgument",
    ],
    [
      "a line break in a header",
      () => `${version4(new Date())}&x-amz-meta-a=a%0D%0Ab`,
      400,
      "InvalidArgument",
    ],
    [
      "a header without valid name",
      () => `${version4(new Date())}&x-amz-meta-a%20b=a`,
      400,
      "InvalidArgument",
    ],
    [
      "a header that is not honored",
      () => `${version4(new Date())}&x-amz-tagging=a`,
      501,
      "NotImplemented",
    ],
    [
      "a parameter that is not honored",
      () => `${version4(new Date())}&acl=`,
      501,
      "NotImplemented",
    ],
  ] as const) {
    it(`with ${what} are rejected with ${code}`, async () => {
      const answer = await store.raw("GET", `${path}?${query()}`);
      assert.deepEqual([answer.status, codeOf(answer)], [status, code]);
    });
  }
});

describe("readPresigned", () => {
  it("accepts a URL until its last second", () => {
    const query = [...new URLSearchParams(version4(new Date("2026-03-01T12:00:00Z")))];
    readPresigned(query, new Date("2026-03-01T12:01:00Z"));
    assert.throws(() => readPresigned(query, new Date("2026-03-01T12:01:00.001Z")), {
      code: "AccessDenied",
    });
  });

  it("does not read headers from a query without a signature", () => {
    const query: [string, string][] = [["x-amz-meta-a", "b"]];
    assert.deepEqual(readPresigned(query, new Date()), { query, headers: {} });
  });
});
