import assert from "node:assert/strict";
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { Bucket, codeOf, testStore } from "./support/testStore";

describe("conditions of requests to the object store", () => {
  const store = testStore();
  const Key = "conditional";
  const path = `/${Bucket}/${Key}`;
  let etag: string;
  let modified: Date;

  before(async () => {
    await store.s3().send(new PutObjectCommand({ Bucket, Key, Body: "x" }));
    const head = await store.s3().send(new HeadObjectCommand({ Bucket, Key }));
    etag = head.ETag ?? "";
    modified = head.LastModified ?? new Date(0);
  });

  const date = (offsetMs: number) => new Date(modified.getTime() + offsetMs).toUTCString();
  const cases: readonly [string, () => Record<string, string>, number][] = [
    ["the matching If-Match", () => ({ "if-match": etag }), 200],
    ["an If-Match without quotes", () => ({ "if-match": etag.replaceAll('"', "") }), 200],
    ["an If-Match with the tag in a list", () => ({ "if-match": `"a", ${etag}` }), 200],
    ["If-Match: *", () => ({ "if-match": "*" }), 200],
    ["another If-Match", () => ({ "if-match": '"other"' }), 412],
    ["the matching If-None-Match", () => ({ "if-none-match": etag }), 304],
    ["If-None-Match: *", () => ({ "if-none-match": "*" }), 304],
    ["another If-None-Match", () => ({ "if-none-match": '"other"' }), 200],
    ["If-Modified-Since its own time", () => ({ "if-modified-since": date(0) }), 304],
    ["If-Modified-Since a second earlier", () => ({ "if-modified-since": date(-1000) }), 200],
    ["an If-Modified-Since that is not a date", () => ({ "if-modified-since": "today" }), 200],
    ["If-Unmodified-Since its own time", () => ({ "if-unmodified-since": date(0) }), 200],
    ["If-Unmodified-Since a second earlier", () => ({ "if-unmodified-since": date(-1000) }), 412],
    [
      "a matching If-Match before a failing If-Unmodified-Since",
      () => ({ "if-match": etag, "if-unmodified-since": date(-1000) }),
      200,
    ],
    [
      "a matching If-None-Match before a fulfilled If-Modified-Since",
      () => ({ "if-none-match": etag, "if-modified-since": date(-1000) }),
      304,
    ],
    [
      "another If-None-Match before a failing If-Modified-Since",
      () => ({ "if-none-match": '"other"', "if-modified-since": date(0) }),
      200,
    ],
  ];
  for (const [what, headers, status] of cases) {
    it(`are answered with ${status} for ${what}, on GET and HEAD`, async () => {
      for (const method of ["GET", "HEAD"]) {
        const answer = await store.raw(method, path, headers());
        assert.equal(answer.status, status, method);
        if (status === 200 && method === "GET") assert.equal(answer.body, "x");
        if (status === 304) {
          assert.equal(answer.body, "");
          assert.equal(answer.headers.etag, etag);
        }
        if (status === 412 && method === "GET") assert.equal(codeOf(answer), "PreconditionFailed");
      }
    });
  }

  it("are raised by the SDK as errors", async () => {
    const get = new GetObjectCommand({ Bucket, Key, IfMatch: '"other"' });
    await assert.rejects(store.s3().send(get), { name: "PreconditionFailed" });
  });

  it("let If-None-Match: * create an object once, also of many requests at once", async () => {
    const bodies = ["a", "b", "c", "d"].map((letter) => letter.repeat(100_000));
    const results = await Promise.allSettled(
      bodies.map((Body) =>
        store.s3().send(new PutObjectCommand({ Bucket, Key: "once", Body, IfNoneMatch: "*" })),
      ),
    );
    assert.equal(results.filter(({ status }) => status === "fulfilled").length, 1);
    for (const result of results)
      if (result.status === "rejected")
        assert.equal((result.reason as Error).name, "PreconditionFailed");
  });

  it("let If-Match replace only the object that the client knows", async () => {
    const put = (IfMatch: string, key: string) =>
      store.s3().send(new PutObjectCommand({ Bucket, Key: key, Body: "new", IfMatch }));
    const { ETag = "" } = await store
      .s3()
      .send(new PutObjectCommand({ Bucket, Key: "known", Body: "old" }));
    await assert.rejects(put('"other"', "known"), { name: "PreconditionFailed" });
    await assert.rejects(put('"other"', "never"), { name: "NoSuchKey" });
    await put(ETag, "known");
    await assert.rejects(put(ETag, "known"), { name: "PreconditionFailed" });
  });

  it("let If-Match delete only the object that the client knows", async () => {
    await store.s3().send(new PutObjectCommand({ Bucket, Key: "deleted", Body: "x" }));
    const remove = (IfMatch: string) =>
      store.s3().send(new DeleteObjectCommand({ Bucket, Key: "deleted", IfMatch }));
    await assert.rejects(remove('"other"'), { name: "PreconditionFailed" });
    await remove("*");
    await assert.rejects(store.s3().send(new HeadObjectCommand({ Bucket, Key: "deleted" })), {
      name: "NotFound",
    });
  });

  it("apply to the completion of an upload in parts", async () => {
    const s3 = store.s3();
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key }));
    const target = { Bucket, Key, UploadId };
    const { ETag } = await s3.send(
      new UploadPartCommand({ ...target, PartNumber: 1, Body: "part" }),
    );
    const complete = (IfNoneMatch?: string) =>
      s3.send(
        new CompleteMultipartUploadCommand({
          ...target,
          ...(IfNoneMatch === undefined ? {} : { IfNoneMatch }),
          MultipartUpload: { Parts: [{ PartNumber: 1, ETag }] },
        }),
      );
    await assert.rejects(complete("*"), { name: "PreconditionFailed" });
    assert.equal((await store.raw("GET", path)).body, "x");
  });

  it("are rejected with NotImplemented where S3 does not implement them", async () => {
    for (const headers of [
      { "if-none-match": etag },
      { "if-modified-since": date(0) },
      { "if-unmodified-since": date(0) },
      { "if-match": etag, "if-none-match": "*" },
    ]) {
      const answer = await store.raw("PUT", path, headers, "lost?");
      assert.equal(answer.status, 501, JSON.stringify(headers));
      assert.equal(codeOf(answer), "NotImplemented");
    }
    assert.equal((await store.raw("GET", path)).body, "x");
  });
});
