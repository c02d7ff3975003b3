import assert from "node:assert/strict";
import {
  CopyObjectCommand,
  type CopyObjectCommandInput,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { Bucket, codeOf, testStore } from "./support/testStore";

describe("CopyObject of the object store", () => {
  const store = testStore();
  const source = "copy/source ü+&";
  const CopySource = `${Bucket}/${encodeURIComponent(source)}`;

  before(async () => {
    await store.s3().send(
      new PutObjectCommand({
        ...{ Bucket, Key: source, Body: "the bytes" },
        ContentType: "text/plain",
        ContentLanguage: "en",
        StorageClass: "STANDARD_IA",
        Metadata: { origin: "test" },
      }),
    );
  });

  const copy = (Key: string, input: Partial<CopyObjectCommandInput> = {}) =>
    store.s3().send(new CopyObjectCommand({ Bucket, Key, CopySource, ...input }));
  const head = (Key: string) =>
    store.s3().send(new HeadObjectCommand({ Bucket, Key, ChecksumMode: "ENABLED" }));

  it("copies bytes and metadata, but not the storage class", async () => {
    const { CopyObjectResult } = await copy("copy/target");
    const object = await store.s3().send(new GetObjectCommand({ Bucket, Key: "copy/target" }));
    assert.equal(await object.Body?.transformToString(), "the bytes");
    assert.equal(object.ETag, CopyObjectResult?.ETag);
    assert.equal((await head(source)).ChecksumCRC32, CopyObjectResult?.ChecksumCRC32);
    assert.deepEqual(
      [object.ContentType, object.ContentLanguage, object.StorageClass, object.Metadata],
      ["text/plain", "en", undefined, { origin: "test" }],
    );
  });

  it("replaces all metadata on request", async () => {
    const input = { MetadataDirective: "REPLACE", CacheControl: "no-store" } as const;
    await copy("copy/replaced", { ...input, Metadata: { other: "1" } });
    const object = await head("copy/replaced");
    assert.notEqual(object.ContentType, "text/plain");
    assert.deepEqual(
      [object.ContentLanguage, object.CacheControl, object.Metadata],
      [undefined, "no-store", { other: "1" }],
    );
  });

  it("computes another checksum on request", async () => {
    const { CopyObjectResult } = await copy("copy/sha", { ChecksumAlgorithm: "SHA256" });
    assert.equal(CopyObjectResult?.ChecksumSHA256?.length, 44);
    assert.equal((await head("copy/sha")).ChecksumSHA256, CopyObjectResult.ChecksumSHA256);
  });

  it("changes an object in place only together with its metadata", async () => {
    await copy("copy/self");
    const CopySource = `/${Bucket}/copy/self`;
    await assert.rejects(copy("copy/self", { CopySource }), { name: "InvalidRequest" });
    const input = { CopySource, MetadataDirective: "REPLACE", ContentType: "a/b" } as const;
    await copy("copy/self", input);
    assert.equal((await head("copy/self")).ContentType, "a/b");
  });

  it("honors the conditions of the source and of the target", async () => {
    const { ETag = "", LastModified = new Date(0) } = await head(source);
    const earlier = new Date(LastModified.getTime() - 5000);
    for (const condition of [
      { CopySourceIfMatch: '"other"' },
      { CopySourceIfNoneMatch: ETag },
      { CopySourceIfModifiedSince: LastModified },
      { CopySourceIfUnmodifiedSince: earlier },
    ]) {
      await assert.rejects(copy("copy/conditional", condition), { name: "PreconditionFailed" });
    }
    await copy("copy/conditional", { CopySourceIfMatch: ETag, IfNoneMatch: "*" });
    await assert.rejects(copy("copy/conditional", { IfNoneMatch: "*" }), {
      name: "PreconditionFailed",
    });
  });

  for (const [what, headers, status, code] of [
    ["a source without key", { "x-amz-copy-source": Bucket }, 400, "InvalidArgument"],
    ["an empty source", { "x-amz-copy-source": "" }, 400, "InvalidArgument"],
    ["an access point", { "x-amz-copy-source": "arn:aws:s3:x/y" }, 400, "InvalidArgument"],
    ["bad percent-encoding", { "x-amz-copy-source": `${Bucket}/%E0%A4%A` }, 400, "InvalidURI"],
    ["a version", { "x-amz-copy-source": `${Bucket}/a?versionId=3` }, 400, "InvalidArgument"],
    ["an unknown source", { "x-amz-copy-source": `${Bucket}/never` }, 404, "NoSuchKey"],
    ["an unknown source bucket", { "x-amz-copy-source": "never/never" }, 404, "NoSuchBucket"],
    [
      "an unknown directive",
      { "x-amz-copy-source": CopySource, "x-amz-metadata-directive": "MERGE" },
      400,
      "InvalidArgument",
    ],
    [
      "new tags",
      { "x-amz-copy-source": CopySource, "x-amz-tagging-directive": "REPLACE" },
      501,
      "NotImplemented",
    ],
    [
      "a range, which only parts have",
      { "x-amz-copy-source": CopySource, "x-amz-copy-source-range": "bytes=0-1" },
      501,
      "NotImplemented",
    ],
  ] as const) {
    it(`rejects ${what} with ${code}`, async () => {
      const answer = await store.raw("PUT", `/${Bucket}/copy/invalid`, headers);
      assert.deepEqual([answer.status, codeOf(answer)], [status, code]);
    });
  }
});
