import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { gunzipSync, gzipSync } from "node:zlib";
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketAclCommand,
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
  const directory = temporaryFolder();
  let store: LoopbackServer;
  let s3: S3Client;

  before(async () => {
    store = await startObjectStore(directory);
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

  describe("with a stored object", () => {
    const Key = "raw/2026/03/01/events-1.gz";
    const Body = gzipSync("first\nsecond");

    before(async () => {
      const encoding = { ContentType: "application/octet-stream", ContentEncoding: "gzip" };
      const Metadata = { origin: "test" };
      await s3.send(new PutObjectCommand({ Bucket, Key, Body, Metadata, ...encoding }));
    });

    it("stores the object as a plain file under its key", async () => {
      const file = await readFile(join(directory, Bucket, Key));
      assert.equal(gunzipSync(file).toString(), "first\nsecond");
    });

    it("returns the object with its bytes and metadata", async () => {
      const answer = await s3.send(new GetObjectCommand({ Bucket, Key }));
      assert.deepEqual(Buffer.from((await answer.Body?.transformToByteArray()) ?? []), Body);
      assert.equal(answer.ContentType, "application/octet-stream");
      assert.equal(answer.ContentEncoding, "gzip");
      assert.deepEqual(answer.Metadata, { origin: "test" });
    });

    it("returns the same facts for HEAD and in a listing", async () => {
      const head = await s3.send(new HeadObjectCommand({ Bucket, Key }));
      assert.equal(head.ContentLength, Body.length);
      assert.equal(head.ContentEncoding, "gzip");
      const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: Key }));
      assert.equal(Contents[0]?.ETag, head.ETag);
      assert.equal(Contents[0]?.Size, Body.length);
    });

    it("returns a range of the object", async () => {
      const Range = "bytes=2-4";
      const answer = await s3.send(new GetObjectCommand({ Bucket, Key, Range }));
      const part = Buffer.from((await answer.Body?.transformToByteArray()) ?? []);
      assert.deepEqual(part, Body.subarray(2, 5));
      assert.equal(answer.ContentRange, `bytes 2-4/${Body.length}`);
    });
  });

  it("accepts a chunked body with its checksum in a trailer", async () => {
    const Body = Readable.from([Buffer.alloc(70_000, "a"), Buffer.alloc(70_000, "b")]);
    const Key = "chunked";
    await s3.send(new PutObjectCommand({ Bucket, Key, Body, ContentLength: 140_000 }));
    assert.equal(await get(Key), "a".repeat(70_000) + "b".repeat(70_000));
    const { ContentEncoding } = await s3.send(new HeadObjectCommand({ Bucket, Key }));
    assert.equal(ContentEncoding, undefined);
  });

  it("stores nothing of a body that does not match its checksum", async () => {
    const ContentMD5 = Buffer.alloc(16).toString("base64");
    const command = new PutObjectCommand({ Bucket, Key: "broken", Body: "x", ContentMD5 });
    await assert.rejects(s3.send(command), { name: "BadDigest" });
    await assert.rejects(get("broken"), { name: "NoSuchKey" });
    assert.deepEqual(await readdir(join(directory, ".object-store", "uploads")), []);
  });

  it("replaces an object as a whole, and never mixes two", async () => {
    const bodies = ["a", "b", "c"].map((letter) => letter.repeat(300_000));
    await Promise.all(bodies.map((body) => put("replaced", body)));
    const found = await get("replaced");
    assert.ok(found !== undefined && bodies.includes(found));
  });

  it("lists keys level by level and page by page", async () => {
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

  it("lists keys for old clients, and in URL encoding", async () => {
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

  it("deletes the given objects, and no others", async () => {
    await Promise.all(["d/1", "d/2", "d/e/3", "d/4 &"].map((key) => put(key)));
    await s3.send(new DeleteObjectCommand({ Bucket, Key: "d/e/3" }));
    await s3.send(new DeleteObjectCommand({ Bucket, Key: "d/e/3" }));
    const Delete = {
      Objects: [{ Key: "d/1" }, { Key: "d/4 &" }, { Key: "d/never" }, { Key: "d" }],
    };
    const { Deleted = [] } = await s3.send(new DeleteObjectsCommand({ Bucket, Delete }));
    assert.equal(Deleted.length, 4);
    assert.deepEqual(await keys("d/"), ["d/2"]);
    assert.deepEqual(await readdir(join(directory, Bucket, "d")), ["2"]);
  });

  it("stores keys that are not valid paths inside its directory", async () => {
    const strange = ["s/../../../../../escaped", "s//double", "s/", "s/./dot", "s/c:\\d\u0001"];
    await Promise.all(strange.map((key) => put(key, key)));
    for (const key of strange) assert.equal(await get(key), key);
    assert.deepEqual((await keys("s/")).sort(), strange.sort());
    assert.deepEqual((await readdir(directory)).sort(), [".object-store", Bucket]);
  });

  it("stores a key that is also the directory of others", async () => {
    const found = () => readdir(join(directory, Bucket, "clash"), { recursive: true });
    const both = ["clash/a", "clash/a/b", "clash/a/", "clash/a/b/c"];
    for (const order of [both, [...both].reverse()]) {
      for (const key of order) await put(key, `of ${key}`);
      for (const key of order) assert.equal(await get(key), `of ${key}`);
      assert.deepEqual((await keys("clash")).sort(), [...both].sort());
      for (const key of order) await s3.send(new DeleteObjectCommand({ Bucket, Key: key }));
      assert.deepEqual(await keys("clash"), []);
      await put("clash/other");
      assert.deepEqual(await found(), ["other"]);
      await s3.send(new DeleteObjectCommand({ Bucket, Key: "clash/other" }));
    }
  });

  it("stores keys with parts of over 255 bytes", async () => {
    const long = [300, 253, 254, 509].map((length) => `long/${"x".repeat(length)}`);
    const nested = [`long/${"é".repeat(400)}/b`, `long/${"x".repeat(254)}/c`];
    for (const key of [...long, ...nested]) await put(key, `of ${key}`);
    for (const key of [...long, ...nested]) assert.equal(await get(key), `of ${key}`);
    assert.deepEqual((await keys("long/")).sort(), [...long, ...nested].sort());
    assert.deepEqual(await keys(`long/${"x".repeat(400)}`), long.slice(3));
    for (const key of [...long, ...nested]) {
      await s3.send(new DeleteObjectCommand({ Bucket, Key: key }));
    }
    assert.deepEqual(await keys("long/"), []);
  });

  it("does not follow symbolic links, which could lead out of the bucket", async () => {
    await writeFile(join(directory, "outside.txt"), "secret");
    await symlink(join(directory, "outside.txt"), join(directory, Bucket, "link.txt"));
    await symlink(directory, join(directory, Bucket, "link"));
    await assert.rejects(get("link.txt"), { name: "NoSuchKey" });
    await assert.rejects(get("link/outside.txt"), { name: "NoSuchKey" });
    await rm(join(directory, Bucket, "link.txt"));
    await rm(join(directory, Bucket, "link"));
    await rm(join(directory, "outside.txt"));
  });

  it("serves a file that a person put into the directory of a bucket", async () => {
    await writeFile(join(directory, Bucket, "by-hand.txt"), "hello");
    assert.deepEqual(await keys("by-hand"), ["by-hand.txt"]);
    assert.equal(await get("by-hand.txt"), "hello");
  });

  it("reports damaged metadata, and accepts the object again once the file is deleted", async () => {
    await put("damaged", "hello");
    const name = createHash("sha256").update("damaged").digest("hex");
    const file = join(directory, ".object-store", "metadata", Bucket, `${name}.json`);
    for (const content of ['{"etag":', "", "null", '{"etag":"e","contentType":1}']) {
      await writeFile(file, content);
      await assert.rejects(get("damaged"), {
        name: "InternalError",
        message: `The metadata in ${file} is damaged. Delete the file to use default metadata.`,
      });
    }
    await rm(file);
    assert.equal(await get("damaged"), "hello");
  });

  it("finds everything again after a restart", async () => {
    await put("kept", "still here");
    const again = await startObjectStore(directory);
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

  describe("with an invalid request", () => {
    for (const [what, name, call] of [
      ["an unknown key", "NoSuchKey", () => get("never")],
      ["a directory as a key", "NoSuchKey", () => put("parent/file").then(() => get("parent"))],
      ["an unknown bucket", "NoSuchBucket", () => get("any", "never")],
      ["a bucket outside its directory", "NoSuchBucket", () => get("metadata", ".object-store")],
      [
        "the head of an unknown bucket",
        "NotFound",
        () => s3.send(new HeadBucketCommand({ Bucket: "never" })),
      ],
      [
        "a second bucket with the same name",
        "BucketAlreadyOwnedByYou",
        () =>
          s3.send(
            new CreateBucketCommand({
              Bucket,
              CreateBucketConfiguration: { LocationConstraint: "eu-west-3" },
            }),
          ),
      ],
      [
        "a bucket name in capitals",
        "InvalidBucketName",
        () => s3.send(new CreateBucketCommand({ Bucket: "My_Lake" })),
      ],
      ["a key of over 1024 bytes", "KeyTooLongError", () => put("é".repeat(513))],
      [
        "an invalid continuation token",
        "InvalidArgument",
        () => s3.send(new ListObjectsV2Command({ Bucket, ContinuationToken: "?" })),
      ],
      [
        "an operation that it does not implement",
        "NotImplemented",
        () => s3.send(new GetBucketAclCommand({ Bucket })),
      ],
    ] as const) {
      it(`rejects ${what} with ${name}`, async () => {
        await assert.rejects(call(), { name });
      });
    }
  });
});
