import { CreateBucketCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import { objectPreview } from "../../../../cli/local/page/objectPreview";
import { LocalClients } from "../../../../local/run/awsClients";
import type { LoopbackServer } from "../../../../aws/loopbackServer";
import { startObjectStore } from "../../../../aws/s3/objectStore";
import { temporaryFolder } from "../../../local/support/temporaryFolder";
import { delivered } from "../../support/fakeFeed";

const object = delivered();
const MiB = 1024 * 1024;

describe("the first records of an object", () => {
  const folder = temporaryFolder();
  let store: LoopbackServer;
  let clients: LocalClients;
  let client: S3Client;

  before(async () => {
    store = await startObjectStore(folder);
    clients = new LocalClients({ kinesis: store.endpoint, s3: store.endpoint });
    client = clients.s3("eu-central-1");
    await client.send(new CreateBucketCommand({ Bucket: object.bucket }));
  });
  after(async () => {
    clients.destroy();
    await store.stop();
  });

  async function texts(body: Uint8Array, delimiter: "newline" | "none" = "newline") {
    await client.send(new PutObjectCommand({ Bucket: object.bucket, Key: object.key, Body: body }));
    const { firstRecords } = await objectPreview(client, object, delimiter);
    return firstRecords.map(({ text }) => text);
  }

  it("come with what S3 knows about it", async () => {
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

  it("are ten at most, even of an object whose rest is damaged", async () => {
    const lines = Array.from({ length: 50_000 }, () => randomBytes(40).toString("hex"));
    const whole = gzipSync(lines.join("\n"));
    const damaged = whole.subarray(0, whole.length - 5_000);
    assert.deepEqual(await texts(damaged), lines.slice(0, 10));
  });

  it("are told apart without a delimiter, if they are JSON", async () => {
    assert.deepEqual(await texts(Buffer.from('"a""b"[]'), "none"), ['"a"', '"b"', "[]"]);
  });

  it("are not looked for beyond 10 MiB", async () => {
    const body = Buffer.concat([Buffer.from("first\n"), Buffer.alloc(11 * MiB, "x")]);
    assert.deepEqual(await texts(Buffer.concat([body, Buffer.from("\nlast")])), ["first"]);
  });

  it("fail as the S3 API does, and on a damaged beginning", async () => {
    const gone = { ...object, key: "gone" };
    await assert.rejects(objectPreview(client, gone, "newline"), { name: "NoSuchKey" });
    await assert.rejects(texts(gzipSync("one\ntwo").subarray(0, 12)), /unexpected end of file/);
  });
});
