import assert from "node:assert/strict";
import { readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { gunzipSync, gzipSync } from "node:zlib";
import {
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  paginateListObjectsV2,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import type { LoopbackServer } from "../../../aws/loopbackServer";
import { startObjectStore } from "../../../aws/s3/objectStore";
import { temporaryFolder } from "../../local/support/temporaryFolder";

const Bucket = "my-lake";

describe("the object store", () => {
  const folder = temporaryFolder();
  let store: LoopbackServer;
  let s3: S3Client;

  before(async () => {
    store = await startObjectStore(folder);
    s3 = clientOf(store);
    await s3.send(new CreateBucketCommand({ Bucket }));
  });

  after(async () => {
    s3.destroy();
    await store.stop();
  });

  function clientOf({ endpoint }: LoopbackServer): S3Client {
    const credentials = { accessKeyId: "any", secretAccessKey: "any" };
    return new S3Client({ endpoint, region: "eu-central-1", credentials, forcePathStyle: true });
  }

  async function put(Key: string, Body = "x"): Promise<void> {
    await s3.send(new PutObjectCommand({ Bucket, Key, Body }));
  }

  async function get(Key: string, bucket = Bucket): Promise<string | undefined> {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
    return Body?.transformToString();
  }

  async function keys(Prefix: string): Promise<(string | undefined)[]> {
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix }));
    return Contents.map(({ Key }) => Key);
  }

  describe("keeps an object", () => {
    const Key = "raw/2026/03/01/events-1.gz";
    const Body = gzipSync("first\nsecond");

    before(async () => {
      const encoding = { ContentType: "application/octet-stream", ContentEncoding: "gzip" };
      const Metadata = { origin: "test" };
      await s3.send(new PutObjectCommand({ Bucket, Key, Body, Metadata, ...encoding }));
    });

    it("as a plain file under its key", async () => {
      const file = await readFile(join(folder, Bucket, Key));
      assert.equal(gunzipSync(file).toString(), "first\nsecond");
    });

    it("with its bytes and its metadata", async () => {
      const answer = await s3.send(new GetObjectCommand({ Bucket, Key }));
      assert.deepEqual(Buffer.from((await answer.Body?.transformToByteArray()) ?? []), Body);
      assert.equal(answer.ContentType, "application/octet-stream");
      assert.equal(answer.ContentEncoding, "gzip");
      assert.deepEqual(answer.Metadata, { origin: "test" });
    });

    it("with the same head as body", async () => {
      const head = await s3.send(new HeadObjectCommand({ Bucket, Key }));
      assert.equal(head.ContentLength, Body.length);
      assert.equal(head.ContentEncoding, "gzip");
      const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: Key }));
      assert.equal(Contents[0]?.ETag, head.ETag);
      assert.equal(Contents[0]?.Size, Body.length);
    });

    it("and gives parts of it", async () => {
      const Range = "bytes=2-4";
      const answer = await s3.send(new GetObjectCommand({ Bucket, Key, Range }));
      const part = Buffer.from((await answer.Body?.transformToByteArray()) ?? []);
      assert.deepEqual(part, Body.subarray(2, 5));
      assert.equal(answer.ContentRange, `bytes 2-4/${Body.length}`);
    });
  });

  it("takes a body of unknown checksum in chunks with a trailer", async () => {
    const Body = Readable.from([Buffer.alloc(70_000, "a"), Buffer.alloc(70_000, "b")]);
    const Key = "chunked";
    await s3.send(new PutObjectCommand({ Bucket, Key, Body, ContentLength: 140_000 }));
    assert.equal(await get(Key), "a".repeat(70_000) + "b".repeat(70_000));
    const { ContentEncoding } = await s3.send(new HeadObjectCommand({ Bucket, Key }));
    assert.equal(ContentEncoding, undefined);
  });

  it("stores nothing of a body that is not what its sender promised", async () => {
    const ContentMD5 = Buffer.alloc(16).toString("base64");
    const command = new PutObjectCommand({ Bucket, Key: "broken", Body: "x", ContentMD5 });
    await assert.rejects(s3.send(command), { name: "BadDigest" });
    await assert.rejects(get("broken"), { name: "NoSuchKey" });
    assert.deepEqual(await readdir(join(folder, ".object-store", "uploads")), []);
  });

  it("replaces an object as a whole, never mixing two", async () => {
    const bodies = ["a", "b", "c"].map((letter) => letter.repeat(300_000));
    await Promise.all(bodies.map((body) => put("replaced", body)));
    const found = await get("replaced");
    assert.ok(found !== undefined && bodies.includes(found));
  });

  it("lists a folder level by level and page by page", async () => {
    await Promise.all(["l/a", "l/b/1", "l/b/2", "l/c d+é&<", "l/e"].map((key) => put(key)));
    const query = { Bucket, Prefix: "l/", Delimiter: "/" };
    const pages = paginateListObjectsV2({ client: s3, pageSize: 2 }, query);
    const found: unknown[] = [];
    for await (const { Contents = [], CommonPrefixes = [], KeyCount } of pages) {
      found.push([KeyCount, ...Contents.map(({ Key }) => Key), ...CommonPrefixes]);
    }
    assert.deepEqual(found, [
      [2, "l/a", { Prefix: "l/b/" }],
      [2, "l/c d+é&<", "l/e"],
    ]);
  });

  it("lists for old clients, and in URL encoding", async () => {
    await Promise.all(["v/a b", "v/c"].map((key) => put(key)));
    const first = new ListObjectsCommand({ Bucket, Prefix: "v/", MaxKeys: 1, EncodingType: "url" });
    const { Contents = [], NextMarker, IsTruncated } = await s3.send(first);
    assert.deepEqual([Contents[0]?.Key, NextMarker, IsTruncated], ["v/a%20b", "v/a%20b", true]);
    const rest = new ListObjectsCommand({ Bucket, Prefix: "v/", Marker: "v/a b" });
    assert.deepEqual(
      (await s3.send(rest)).Contents?.map(({ Key }) => Key),
      ["v/c"],
    );
  });

  it("deletes objects, and no more than those", async () => {
    await Promise.all(["d/1", "d/2", "d/e/3", "d/4 &"].map((key) => put(key)));
    await s3.send(new DeleteObjectCommand({ Bucket, Key: "d/e/3" }));
    await s3.send(new DeleteObjectCommand({ Bucket, Key: "d/e/3" }));
    const Delete = {
      Objects: [{ Key: "d/1" }, { Key: "d/4 &" }, { Key: "d/never" }, { Key: "d" }],
    };
    const { Deleted = [] } = await s3.send(new DeleteObjectsCommand({ Bucket, Delete }));
    assert.equal(Deleted.length, 4);
    assert.deepEqual(await keys("d/"), ["d/2"]);
    assert.deepEqual(await readdir(join(folder, Bucket, "d")), ["2"]);
  });

  it("keeps keys that are no paths inside its folder", async () => {
    const strange = ["s/../../../../../escaped", "s//double", "s/", "s/./dot", "s/c:\\d\u0001"];
    await Promise.all(strange.map((key) => put(key, key)));
    for (const key of strange) assert.equal(await get(key), key);
    assert.deepEqual((await keys("s/")).sort(), strange.sort());
    assert.deepEqual((await readdir(folder)).sort(), [".object-store", Bucket]);
  });

  it("says why a key cannot be both an object and a folder", async () => {
    await put("clash/inner");
    const refusal = { name: "InvalidArgument", message: /both an object and the folder/ };
    await assert.rejects(put("clash"), refusal);
    await assert.rejects(put("clash/inner/more"), refusal);
    assert.deepEqual(await keys("clash"), ["clash/inner"]);
  });

  it("shows a file that a person put into the folder", async () => {
    await writeFile(join(folder, Bucket, "by-hand.txt"), "hello");
    assert.deepEqual(await keys("by-hand"), ["by-hand.txt"]);
    assert.equal(await get("by-hand.txt"), "hello");
  });

  it("finds everything again after a restart", async () => {
    await put("kept", "still here");
    const again = await startObjectStore(folder);
    const client = clientOf(again);
    try {
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: "kept" }));
      assert.equal(await Body?.transformToString(), "still here");
      const { Buckets = [] } = await client.send(new ListBucketsCommand({}));
      assert.deepEqual(
        Buckets.map(({ Name }) => Name),
        [Bucket],
      );
    } finally {
      client.destroy();
      await again.stop();
    }
  });

  describe("refuses as S3 does", () => {
    for (const [what, name, call] of [
      ["an unknown key", "NoSuchKey", () => get("never")],
      ["a folder as a key", "NoSuchKey", () => put("folder/file").then(() => get("folder"))],
      ["an unknown bucket", "NoSuchBucket", () => get("any", "never")],
      ["a bucket outside", "NoSuchBucket", () => get("metadata", ".object-store")],
      [
        "the head of an unknown bucket",
        "NotFound",
        () => s3.send(new HeadBucketCommand({ Bucket: "never" })),
      ],
      [
        "a second bucket of a name",
        "BucketAlreadyOwnedByYou",
        () => s3.send(new CreateBucketCommand({ Bucket })),
      ],
      [
        "a bucket in capitals",
        "InvalidBucketName",
        () => s3.send(new CreateBucketCommand({ Bucket: "My_Lake" })),
      ],
      ["a key of over 1024 bytes", "KeyTooLongError", () => put("é".repeat(513))],
      [
        "a token that is not its own",
        "InvalidArgument",
        () => s3.send(new ListObjectsV2Command({ Bucket, ContinuationToken: "?" })),
      ],
      [
        "what it does not do",
        "NotImplemented",
        () => s3.send(new CreateMultipartUploadCommand({ Bucket, Key: "m" })),
      ],
    ] as const) {
      it(what, async () => {
        await assert.rejects(call(), { name });
      });
    }
  });
});
