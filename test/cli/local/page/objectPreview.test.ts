import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import { CreateBucketCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { LoopbackServer } from "../../../../aws/loopbackServer";
import { startObjectStore } from "../../../../aws/s3/objectStore";
import { objectPreview } from "../../../../cli/local/page/objectPreview";
import { LocalClients } from "../../../../local/run/awsClients";
import { temporaryFolder } from "../../../local/support/temporaryFolder";
import { delivered } from "../../support/fakeFeed";

const object = delivered();
const MiB = 1024 * 1024;

describe("objectPreview", () => {
  const directory = temporaryFolder();
  let store: LoopbackServer;
  let clients: LocalClients;
  let client: S3Client;

  before(async () => {
    store = await startObjectStore(directory);
    clients = new LocalClients({
      kinesis: store.endpoint,
      firehose: store.endpoint,
      s3: store.endpoint,
    });
    client = clients.s3("eu-central-1");
    await client.send(new CreateBucketCommand({ Bucket: object.bucket }));
  });
  after(async () => {
    clients.destroy();
    await store.stop();
  });

  async function firstTexts(
    body: Uint8Array,
    delimiter: "newline" | "none" = "newline",
    key = object.key,
  ) {
    await client.send(new PutObjectCommand({ Bucket: object.bucket, Key: key, Body: body }));
    const { firstRecords } = await objectPreview(client, { ...object, key }, delimiter);
    return firstRecords.map(({ text }) => text);
  }

  it("returns size, headers and metadata of the object from S3", async () => {
    const body = gzipSync("one\ntwo");
    await client.send(
      new PutObjectCommand({
        ...{ Bucket: object.bucket, Key: object.key, Body: body },
        ...{ ContentType: "application/octet-stream", ContentEncoding: "gzip" },
        Metadata: { team: "events" },
      }),
    );
    const preview = await objectPreview(client, object, "newline");
    assert.equal(preview.key, object.key);
    assert.equal(preview.bytes, object.bytes);
    assert.equal(preview.storedBytes, body.length);
    assert.equal(preview.contentType, "application/octet-stream");
    assert.equal(preview.contentEncoding, "gzip");
    assert.deepEqual(preview.metadata, { team: "events" });
    assert.deepEqual(
      preview.firstRecords.map(({ text }) => text),
      ["one", "two"],
    );
  });

  it("returns at most 10 records, even if the rest of the object is damaged", async () => {
    const lines = Array.from({ length: 50_000 }, () => randomBytes(40).toString("hex"));
    const whole = gzipSync(lines.join("\n"));
    const damaged = whole.subarray(0, whole.length - 5_000);
    assert.deepEqual(await firstTexts(damaged), lines.slice(0, 10));
  });

  it("separates JSON records without a delimiter", async () => {
    assert.deepEqual(await firstTexts(gzipSync('"a""b"[]'), "none"), ['"a"', '"b"', "[]"]);
  });

  it("reads at most 10 MiB of an object", async () => {
    const body = Buffer.concat([Buffer.from("first\n"), Buffer.alloc(11 * MiB, "x")]);
    const object = Buffer.concat([body, Buffer.from("\nlast")]);
    assert.deepEqual(await firstTexts(object, "newline", "uncompressed"), ["first"]);
  });

  it("rejects with the error of the S3 API, and for a damaged beginning", async () => {
    const gone = { ...object, key: "gone" };
    await assert.rejects(objectPreview(client, gone, "newline"), { name: "NoSuchKey" });
    await assert.rejects(
      firstTexts(gzipSync("one\ntwo").subarray(0, 12)),
      /unexpected end of file/,
    );
  });
});
