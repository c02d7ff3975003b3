import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { gunzipSync, gzipSync } from "node:zlib";
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  type CreateMultipartUploadCommandInput,
  GetObjectAttributesCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
} from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import { Bucket, codeOf, testStore } from "./support/testStore";

const mebibyte = 2 ** 20;

/** Bytes that differ from place to place. */
function bytesOf(size: number): Buffer {
  const bytes = Buffer.alloc(size);
  for (let i = 0; i + 4 <= size; i += 4) bytes.writeUInt32LE((i * 2654435761) % 2 ** 32, i);
  return bytes;
}

function md5(bytes: Buffer): Buffer {
  return createHash("md5").update(bytes).digest();
}

describe("multipart uploads to the object store", () => {
  const store = testStore();
  const multipartDirectory = () => join(store.directory, ".object-store", "multipart");

  async function create(Key: string, input: Partial<CreateMultipartUploadCommandInput> = {}) {
    const { UploadId } = await store
      .s3()
      .send(new CreateMultipartUploadCommand({ Bucket, Key, ...input }));
    return { Bucket, Key, UploadId };
  }

  type Target = Awaited<ReturnType<typeof create>>;

  async function upload(target: Target, PartNumber: number, Body: Buffer): Promise<CompletedPart> {
    const part = await store.s3().send(new UploadPartCommand({ ...target, PartNumber, Body }));
    const { ETag, ChecksumCRC32, ChecksumSHA256 } = part;
    return {
      PartNumber,
      ETag,
      ...(ChecksumCRC32 === undefined ? {} : { ChecksumCRC32 }),
      ...(ChecksumSHA256 === undefined ? {} : { ChecksumSHA256 }),
    };
  }

  const complete = (target: Target, Parts: CompletedPart[]) =>
    store.s3().send(new CompleteMultipartUploadCommand({ ...target, MultipartUpload: { Parts } }));

  async function download(Key: string): Promise<Buffer> {
    const ChecksumMode = "ENABLED" as const;
    const { Body } = await store.s3().send(new GetObjectCommand({ Bucket, Key, ChecksumMode }));
    return Buffer.from((await Body?.transformToByteArray()) ?? []);
  }

  it("write and read 20 MiB with the SDK's Upload, from a stream", async () => {
    const bytes = bytesOf(20 * mebibyte + 5);
    const Body = Readable.from([bytes.subarray(0, 7_000_000), bytes.subarray(7_000_000)]);
    const params = { Bucket, Key: "sdk/upload", Body, ContentType: "text/plain" };
    await new Upload({ client: store.s3(), params, partSize: 5 * mebibyte }).done();
    assert.ok((await download("sdk/upload")).equals(bytes));
    const file = await readFile(join(store.directory, Bucket, "sdk/upload"));
    assert.ok(file.equals(bytes));
    const head = await store.s3().send(new HeadObjectCommand({ Bucket, Key: "sdk/upload" }));
    assert.match(head.ETag ?? "", /^"[0-9a-f]{32}-5"$/u);
    assert.equal(head.ContentType, "text/plain");
    assert.deepEqual(await readdir(multipartDirectory()), []);
    assert.deepEqual(await readdir(join(store.directory, ".object-store", "uploads")), []);
  });

  it("become one plain file with the metadata of their creation", async () => {
    const Body = gzipSync("first\nsecond");
    const target = await create("whole.gz", {
      ContentEncoding: "gzip",
      CacheControl: "no-cache",
      StorageClass: "STANDARD_IA",
      Metadata: { origin: "test" },
    });
    await assert.rejects(readFile(join(store.directory, Bucket, "whole.gz")), { code: "ENOENT" });
    const part = await upload(target, 1, Body);
    const { ETag } = await complete(target, [part]);
    const expected = `"${md5(md5(Body)).toString("hex")}-1"`;
    assert.equal(ETag, expected);
    const file = await readFile(join(store.directory, Bucket, "whole.gz"));
    assert.equal(gunzipSync(file).toString(), "first\nsecond");
    const head = await store.s3().send(new HeadObjectCommand({ Bucket, Key: "whole.gz" }));
    assert.deepEqual(
      [head.ContentEncoding, head.CacheControl, head.StorageClass, head.Metadata, head.ETag],
      ["gzip", "no-cache", "STANDARD_IA", { origin: "test" }, expected],
    );
  });

  it("use the last upload of a part, leave out parts, and give each part by its place", async () => {
    const target = await create("chosen");
    const parts = [bytesOf(5 * mebibyte), bytesOf(100), Buffer.from("end")] as const;
    await upload(target, 3, Buffer.from("replaced"));
    const first = await upload(target, 3, parts[0]);
    await upload(target, 5, parts[1]);
    const last = await upload(target, 9, parts[2]);
    await complete(target, [first, last]);
    assert.ok((await download("chosen")).equals(Buffer.concat([parts[0], parts[2]])));

    const get = new GetObjectCommand({ Bucket, Key: "chosen", PartNumber: 2 });
    const second = await store.s3().send(get);
    assert.equal(await second.Body?.transformToString(), "end");
    assert.equal(second.PartsCount, 2);
    const size = 5 * mebibyte + 3;
    assert.equal(second.ContentRange, `bytes ${5 * mebibyte}-${size - 1}/${size}`);
    const third = new HeadObjectCommand({ Bucket, Key: "chosen", PartNumber: 3 });
    await assert.rejects(store.s3().send(third), ({ $metadata }: never) => {
      assert.equal(($metadata as { httpStatusCode: number }).httpStatusCode, 416);
      return true;
    });
  });

  for (const [algorithm, type, suffix] of [
    ["CRC32", "COMPOSITE", "-2"],
    ["CRC32C", "COMPOSITE", "-2"],
    ["SHA1", "COMPOSITE", "-2"],
    ["SHA256", "COMPOSITE", "-2"],
    ["CRC32", "FULL_OBJECT", ""],
    ["CRC32C", "FULL_OBJECT", ""],
    ["CRC64NVME", "FULL_OBJECT", ""],
  ] as const) {
    it(`check, store and report ${algorithm} as ${type}`, async () => {
      const s3 = store.s3();
      const Key = `${algorithm}-${type}`;
      const input = { ChecksumAlgorithm: algorithm, ChecksumType: type } as const;
      const target = await create(Key, input);
      const bodies = [bytesOf(5 * mebibyte), Buffer.from("end")];
      const field = `Checksum${algorithm}` as const;
      const parts: CompletedPart[] = [];
      for (const [index, Body] of bodies.entries()) {
        const PartNumber = index + 1;
        const sent = await s3.send(
          new UploadPartCommand({ ...target, PartNumber, Body, ChecksumAlgorithm: algorithm }),
        );
        assert.ok(sent[field]);
        parts.push({ PartNumber, ETag: sent.ETag, [field]: sent[field] });
      }
      const completed = await complete(target, parts);
      const whole = await s3.send(
        new PutObjectCommand({
          ...{ Bucket, Key: `${Key}-whole`, Body: Buffer.concat(bodies) },
          ChecksumAlgorithm: algorithm,
        }),
      );
      const digests = Buffer.concat(parts.map((part) => Buffer.from(part[field] ?? "", "base64")));
      const composite = await s3.send(
        new PutObjectCommand({
          ...{ Bucket, Key: `${Key}-digests`, Body: digests },
          ChecksumAlgorithm: algorithm,
        }),
      );
      const expected = (type === "COMPOSITE" ? composite : whole)[field];
      assert.equal(completed[field], `${expected ?? ""}${suffix}`);
      assert.equal(completed.ChecksumType, type);

      const attributes = await s3.send(
        new GetObjectAttributesCommand({
          ...{ Bucket, Key },
          ObjectAttributes: ["ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize"],
        }),
      );
      assert.equal(attributes.Checksum?.[field], completed[field]);
      assert.equal(attributes.ObjectSize, 5 * mebibyte + 3);
      assert.equal(attributes.StorageClass, "STANDARD");
      assert.equal(`"${attributes.ETag ?? ""}"`, completed.ETag);
      assert.equal(attributes.ObjectParts?.TotalPartsCount, 2);
      assert.deepEqual(
        attributes.ObjectParts.Parts?.map((part) => part[field]),
        parts.map((part) => part[field]),
      );
      assert.equal((await download(Key)).length, 5 * mebibyte + 3);
    });
  }

  it("copy parts from other objects, whole or a range", async () => {
    const s3 = store.s3();
    const source = bytesOf(6 * mebibyte);
    await s3.send(new PutObjectCommand({ Bucket, Key: "source ü", Body: source }));
    const target = await create("copied");
    const copy = async (PartNumber: number, CopySourceRange?: string) => {
      const CopySource = `${Bucket}/${encodeURIComponent("source ü")}`;
      const range = CopySourceRange === undefined ? {} : { CopySourceRange };
      const command = new UploadPartCopyCommand({ ...target, PartNumber, CopySource, ...range });
      const { CopyPartResult } = await s3.send(command);
      return { PartNumber, ETag: CopyPartResult?.ETag ?? "" };
    };
    const parts = [await copy(1), await copy(2, "bytes=10-19")];
    await complete(target, parts);
    const expected = Buffer.concat([source, source.subarray(10, 20)]);
    assert.ok((await download("copied")).equals(expected));
    await assert.rejects(copy(3, "bytes=10-"), { name: "NoSuchUpload" });
    const other = await create("copied");
    for (const range of ["bytes=10-", "bytes=5-3", `bytes=0-${6 * mebibyte}`, "10-19"]) {
      const headers = {
        "x-amz-copy-source": `${Bucket}/${encodeURIComponent("source ü")}`,
        "x-amz-copy-source-range": range,
      };
      const path = `/${Bucket}/copied?partNumber=1&uploadId=${other.UploadId ?? ""}`;
      const answer = await store.raw("PUT", path, headers);
      assert.deepEqual([answer.status, codeOf(answer)], [400, "InvalidArgument"], range);
    }
  });

  it("are listed with their parts, page by page", async () => {
    const s3 = store.s3();
    const target = await create("parts");
    for (const number of [2, 4, 7]) await upload(target, number, Buffer.alloc(number));
    const first = await s3.send(new ListPartsCommand({ ...target, MaxParts: 2 }));
    assert.deepEqual(
      first.Parts?.map(({ PartNumber, Size }) => [PartNumber, Size]),
      [
        [2, 2],
        [4, 4],
      ],
    );
    assert.equal(first.IsTruncated, true);
    const PartNumberMarker = first.NextPartNumberMarker ?? "";
    const rest = await s3.send(new ListPartsCommand({ ...target, PartNumberMarker }));
    assert.deepEqual(
      rest.Parts?.map(({ PartNumber }) => PartNumber),
      [7],
    );
    assert.equal(rest.IsTruncated, false);
  });

  it("are listed by key and id, page by page, and grouped by a delimiter", async () => {
    const s3 = store.s3();
    const targets = [];
    for (const key of ["u/a", "u/b/1", "u/b/2", "u/c", "u/c"]) targets.push(await create(key));
    const list = (input: object) =>
      s3.send(new ListMultipartUploadsCommand({ Bucket, Prefix: "u/", ...input }));
    const all = await list({});
    assert.deepEqual(
      all.Uploads?.map(({ Key }) => Key),
      ["u/a", "u/b/1", "u/b/2", "u/c", "u/c"],
    );
    const found: unknown[] = [];
    let markers: object = {};
    for (;;) {
      const page = await list({ Delimiter: "/", MaxUploads: 1, ...markers });
      found.push(...(page.Uploads ?? []).map(({ Key }) => Key), ...(page.CommonPrefixes ?? []));
      if (page.IsTruncated !== true) break;
      markers = { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker };
    }
    assert.deepEqual(found, ["u/a", { Prefix: "u/b/" }, "u/c", "u/c"]);
    for (const target of targets) await s3.send(new AbortMultipartUploadCommand(target));
    assert.equal((await list({})).Uploads, undefined);
  });

  it("leave nothing when they are aborted", async () => {
    const target = await create("aborted");
    const part = await upload(target, 1, Buffer.from("x"));
    await store.s3().send(new AbortMultipartUploadCommand(target));
    await assert.rejects(complete(target, [part]), { name: "NoSuchUpload" });
    await assert.rejects(upload(target, 2, Buffer.from("x")), { name: "NoSuchUpload" });
    await assert.rejects(download("aborted"), { name: "NoSuchKey" });
    const left = await readdir(multipartDirectory());
    assert.ok(!left.includes(target.UploadId ?? ""));
  });

  it("store no part that does not match its checksum", async () => {
    const target = await create("broken");
    const ContentMD5 = Buffer.alloc(16).toString("base64");
    const command = new UploadPartCommand({ ...target, PartNumber: 1, Body: "x", ContentMD5 });
    await assert.rejects(store.s3().send(command), { name: "BadDigest" });
    assert.equal((await store.s3().send(new ListPartsCommand(target))).Parts, undefined);
  });

  describe("with an invalid completion", () => {
    const etag = `"${"0".repeat(32)}"`;
    const part = (number: unknown, tag: string) =>
      `<Part><PartNumber>${String(number)}</PartNumber><ETag>${tag}</ETag></Part>`;
    const document = (content: string) =>
      `<CompleteMultipartUpload>${content}</CompleteMultipartUpload>`;
    for (const [what, body, code] of [
      ["an empty body", "", "InvalidRequest"],
      ["no parts", document(""), "MalformedXML"],
      ["another document", "<Delete></Delete>", "MalformedXML"],
      ["XML that does not end", "<CompleteMultipartUpload><Part>", "MalformedXML"],
      ["text that is not XML", "nonsense", "MalformedXML"],
      ["a number that is not one", document(part("one", etag)), "MalformedXML"],
      [
        "a part without entity tag",
        document("<Part><PartNumber>1</PartNumber></Part>"),
        "MalformedXML",
      ],
      ["an unknown element", document("<Part><Other>1</Other></Part>"), "MalformedXML"],
      ["a part that was not uploaded", document(part(3, etag)), "InvalidPart"],
      ["another entity tag", document(part(1, etag)), "InvalidPart"],
      ["parts in the wrong order", document(part(1, "TAG") + part(1, "TAG")), "InvalidPartOrder"],
      ["a small part before the last", document(part(1, "TAG") + part(2, "TAG")), "EntityTooSmall"],
      ["a character that does not exist", document(part("&#x110000;", etag)), "MalformedXML"],
    ] as const) {
      it(`reject ${what} with ${code}, and can still be completed`, async () => {
        const target = await create("invalid");
        const { ETag = "" } = await upload(target, 1, Buffer.from("x"));
        await upload(target, 2, Buffer.from("x"));
        const path = `/${Bucket}/invalid?uploadId=${target.UploadId ?? ""}`;
        const answer = await store.raw("POST", path, {}, body.replaceAll("TAG", ETag));
        assert.deepEqual([answer.status, codeOf(answer)], [400, code]);
        await complete(target, [{ PartNumber: 1, ETag }]);
      });
    }

    it("reject a checksum or a size of the object that is wrong", async () => {
      const target = await create("whole-checks", {
        ChecksumAlgorithm: "CRC32",
        ChecksumType: "FULL_OBJECT",
      });
      const { ETag = "" } = await upload(target, 1, Buffer.from("123456789"));
      const path = `/${Bucket}/whole-checks?uploadId=${target.UploadId ?? ""}`;
      const body = document(part(1, ETag));
      for (const [headers, code] of [
        [{ "x-amz-checksum-crc32": "AAAAAA==" }, "BadDigest"],
        [{ "x-amz-checksum-type": "COMPOSITE" }, "InvalidRequest"],
        [{ "x-amz-mp-object-size": "8" }, "InvalidRequest"],
      ] as const) {
        const answer = await store.raw("POST", path, headers, body);
        assert.deepEqual([answer.status, codeOf(answer)], [400, code]);
      }
      const right = { "x-amz-checksum-crc32": "y/Q5Jg==", "x-amz-mp-object-size": "9" };
      assert.equal((await store.raw("POST", path, right, body)).status, 200);
    });

    it("reject a composite upload whose parts lack their checksums", async () => {
      const target = await create("lacking", { ChecksumAlgorithm: "SHA256" });
      const command = { ...target, PartNumber: 1, Body: "x", ChecksumAlgorithm: "SHA256" } as const;
      const { ETag } = await store.s3().send(new UploadPartCommand(command));
      await assert.rejects(complete(target, [{ PartNumber: 1, ETag }]), { name: "InvalidRequest" });
    });

    it("reject a part with another algorithm, and a type that the algorithm does not have", async () => {
      const target = await create("other", { ChecksumAlgorithm: "SHA256" });
      const command = { ...target, PartNumber: 1, Body: "x", ChecksumAlgorithm: "SHA1" } as const;
      await assert.rejects(store.s3().send(new UploadPartCommand(command)), {
        name: "InvalidRequest",
      });
      const input = { ChecksumAlgorithm: "SHA256", ChecksumType: "FULL_OBJECT" } as const;
      await assert.rejects(create("other", input), { name: "InvalidRequest" });
    });
  });

  for (const [what, query, code] of [
    ["a part number of 0", "partNumber=0&uploadId=ID", "InvalidArgument"],
    ["a part number above 10,000", "partNumber=10001&uploadId=ID", "InvalidArgument"],
    ["a part number that is not one", "partNumber=x&uploadId=ID", "InvalidArgument"],
    ["no part number", "uploadId=ID", "InvalidArgument"],
    ["an unknown upload", "partNumber=1&uploadId=never", "NoSuchUpload"],
    ["an id with a path", "partNumber=1&uploadId=..%2F..", "NoSuchUpload"],
    ["no upload", "partNumber=1", "NoSuchUpload"],
  ] as const) {
    it(`reject ${what} with ${code}`, async () => {
      const { UploadId = "" } = await create("numbers");
      const path = `/${Bucket}/numbers?${query.replace("ID", UploadId)}`;
      const answer = await store.raw("PUT", path, {}, "x");
      assert.equal(codeOf(answer), code);
    });
  }

  it("belong to their key only", async () => {
    const target = await create("mine");
    const other = { ...target, Key: "yours" };
    await assert.rejects(upload(other, 1, Buffer.from("x")), { name: "NoSuchUpload" });
  });
});
