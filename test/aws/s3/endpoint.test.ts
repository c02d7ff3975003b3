import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdir } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import {
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { Bucket, codeOf, testStore } from "./support/testStore";

describe("the endpoint of the object store", () => {
  const store = testStore();
  const path = `/${Bucket}/object`;

  before(async () => {
    await store.s3().send(new PutObjectCommand({ Bucket, Key: "object", Body: "0123456789" }));
  });

  describe("with a request of a foreign page", () => {
    const own = () => store.endpoint().replace("http://", "");
    const foreign: readonly [string, () => Record<string, string>][] = [
      ["Host", () => ({ host: "evil.example" })],
      ["Host with its own port", () => ({ host: own().replace("127.0.0.1", "evil.example") })],
      ["Origin", () => ({ origin: "http://evil.example" })],
      ["Origin of another local server", () => ({ origin: "http://localhost:1" })],
      ["hidden Origin", () => ({ origin: "null" })],
      ["Sec-Fetch-Site", () => ({ "sec-fetch-site": "cross-site" })],
    ];
    for (const [what, headers] of foreign) {
      it(`rejects every method for a foreign ${what}, and answers no CORS`, async () => {
        for (const [method, target] of [
          ["GET", "/"],
          ["GET", path],
          ["HEAD", path],
          ["PUT", path],
          ["DELETE", path],
          ["POST", `/${Bucket}?delete`],
          ["OPTIONS", path],
        ] as const) {
          const answer = await store.raw(method, target, headers());
          assert.equal(answer.status, 403, method);
          if (method !== "HEAD") assert.equal(codeOf(answer), "AccessDenied");
          const cors = Object.keys(answer.headers).filter((name) => name.startsWith("access-"));
          assert.deepEqual(cors, []);
        }
        assert.equal((await store.raw("GET", path)).body, "0123456789");
      });
    }

    it("accepts its own names", async () => {
      const host = own().replace("127.0.0.1", "localhost");
      for (const headers of [{ host }, { host, origin: `http://${host}` }]) {
        const answer = await store.raw("GET", path, headers);
        assert.equal(answer.status, 200);
        assert.equal(answer.headers["access-control-allow-origin"], undefined);
        assert.equal(answer.headers["content-security-policy"], "sandbox");
        assert.equal(answer.headers["x-content-type-options"], "nosniff");
      }
    });
  });

  it("stores and answers all system metadata", async () => {
    const Key = "system";
    const metadata = {
      CacheControl: "max-age=60",
      ContentDisposition: 'attachment; filename="x.txt"',
      ContentEncoding: "gzip",
      ContentLanguage: "de, en",
      ContentType: "text/plain; charset=utf-8",
      StorageClass: "INTELLIGENT_TIERING",
      ExpiresString: "Thu, 01 Dec 2033 16:00:00 GMT",
    } as const;
    const { ExpiresString, ...input } = metadata;
    const Expires = new Date(ExpiresString);
    await store.s3().send(new PutObjectCommand({ Bucket, Key, Body: "x", Expires, ...input }));
    const target = { Bucket, Key };
    for (const answer of [
      await store.s3().send(new GetObjectCommand(target)),
      await store.s3().send(new HeadObjectCommand(target)),
    ]) {
      const found = Object.entries(answer).filter(([name]) => name in metadata);
      assert.deepEqual(Object.fromEntries(found), metadata);
    }
  });

  it("stores and answers checksums of every algorithm", async () => {
    for (const algorithm of ["CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256"] as const) {
      const field = `Checksum${algorithm}` as const;
      const target = { Bucket, Key: algorithm };
      const put = await store
        .s3()
        .send(new PutObjectCommand({ ...target, Body: "x", ChecksumAlgorithm: algorithm }));
      const get = await store
        .s3()
        .send(new GetObjectCommand({ ...target, ChecksumMode: "ENABLED" }));
      assert.equal(await get.Body?.transformToString(), "x");
      assert.ok(put[field]);
      assert.equal(get[field], put[field]);
      assert.equal(get.ChecksumType, "FULL_OBJECT");
    }
  });

  it("answers ranges on GET and HEAD, and none of an empty object", async () => {
    for (const method of ["GET", "HEAD"]) {
      const part = await store.raw(method, path, { range: "bytes=-3" });
      assert.equal(part.status, 206);
      assert.equal(part.headers["content-range"], "bytes 7-9/10");
      assert.equal(part.headers["content-length"], "3");
      assert.equal((await store.raw(method, path, { range: "bytes=10-" })).status, 416);
    }
    await store.s3().send(new PutObjectCommand({ Bucket, Key: "empty", Body: "" }));
    assert.equal((await store.raw("GET", `/${Bucket}/empty`)).headers["content-length"], "0");
    const range = await store.raw("GET", `/${Bucket}/empty`, { range: "bytes=0-" });
    assert.deepEqual([range.status, codeOf(range)], [416, "InvalidRange"]);
    const both = await store.raw("GET", `${path}?partNumber=1`, { range: "bytes=0-" });
    assert.deepEqual([both.status, codeOf(both)], [400, "InvalidRequest"]);
  });

  describe("with something that it does not honor", () => {
    for (const [method, target, name, value] of [
      ["PUT", path, "x-amz-tagging", "a=b"],
      ["PUT", path, "x-amz-website-redirect-location", "/other"],
      ["PUT", path, "x-amz-object-lock-mode", "GOVERNANCE"],
      ["PUT", path, "x-amz-grant-read", "id=1"],
      ["PUT", path, "x-amz-write-offset-bytes", "10"],
      ["PUT", path, "x-amz-server-side-encryption", "aws:kms"],
      ["PUT", path, "x-amz-server-side-encryption-customer-algorithm", "AES256"],
      ["PUT", path, "x-amz-from-the-future", "1"],
      ["PUT", path, "range", "bytes=0-1"],
      ["GET", path, "x-amz-server-side-encryption-customer-algorithm", "AES256"],
      ["GET", path, "if-range", "x"],
      ["DELETE", path, "x-amz-mfa", "1 2"],
      ["DELETE", path, "if-none-match", "*"],
      ["POST", `${path}?uploads`, "x-amz-tagging", "a=b"],
      ["POST", `${path}?uploads`, "if-none-match", "*"],
      ["GET", `/${Bucket}`, "if-none-match", "*"],
    ] as const) {
      it(`rejects ${method} of ${target} with ${name}: ${value}, and names it`, async () => {
        const answer = await store.raw(method, target, { [name]: value }, "lost?");
        assert.deepEqual([answer.status, codeOf(answer)], [501, "NotImplemented"]);
        assert.ok(answer.body.toLowerCase().includes(name), answer.body);
        assert.equal((await store.raw("GET", path)).body, "0123456789");
      });
    }

    for (const [method, target, name] of [
      ...["acl", "tagging", "retention", "legal-hold", "torrent"].flatMap((parameter) => [
        ["GET", `${path}?${parameter}`, parameter] as const,
        ["PUT", `${path}?${parameter}`, parameter] as const,
      ]),
      ["POST", `${path}?restore`, "restore"],
      ["POST", `${path}?select&select-type=2`, "select"],
      ["GET", `/${Bucket}?lifecycle`, "lifecycle"],
      ["GET", `/${Bucket}?list-type=2&something=1`, "something"],
      ["GET", `${path}?x-amz-tagging=1`, "x-amz-tagging"],
    ] as const) {
      it(`rejects ${method} ${target}, and names ${name}`, async () => {
        const answer = await store.raw(method, target, {}, "lost?");
        assert.deepEqual([answer.status, codeOf(answer)], [501, "NotImplemented"]);
        assert.ok(answer.body.includes(name), answer.body);
        assert.equal((await store.raw("GET", path)).body, "0123456789");
      });
    }

    it("accepts what has no effect on its buckets", async () => {
      const headers = {
        "x-amz-acl": "bucket-owner-full-control",
        "x-amz-server-side-encryption": "AES256",
        "x-amz-expected-bucket-owner": "123456789012",
        // The SDK for C++ sends it with every request, and so does pyarrow.
        "x-amz-api-version": "2006-03-01",
        "x-amz-te": "append-md5",
        expect: "something else",
      };
      const answer = await store.raw("PUT", `${path}-plain`, headers, "x");
      assert.equal(answer.status, 200);
      assert.equal(answer.headers["x-amz-server-side-encryption"], "AES256");
      const bypass = { "x-amz-bypass-governance-retention": "true" };
      const deleted = await store.raw("DELETE", `${path}-plain`, bypass);
      assert.equal(deleted.status, 204);
      const document = `<Delete><Object><Key>none</Key></Object></Delete>`;
      const md5 = createHash("md5").update(document).digest("base64");
      const many = { ...bypass, "content-md5": md5 };
      assert.equal((await store.raw("POST", `/${Bucket}?delete`, many, document)).status, 200);
    });
  });

  describe("with an invalid request", () => {
    const metadata = Object.fromEntries(
      Array.from({ length: 3 }, (_, index) => [`x-amz-meta-${index}`, "x".repeat(700)]),
    );
    for (const [what, method, target, headers, body, status, code] of [
      ["a key that is not UTF-8", "PUT", `/${Bucket}/%FF`, {}, "x", 400, "InvalidURI"],
      ["bad percent-encoding", "GET", `/${Bucket}/%`, {}, "", 400, "InvalidURI"],
      [
        "another storage class",
        "PUT",
        path,
        { "x-amz-storage-class": "COLD" },
        "x",
        400,
        "InvalidStorageClass",
      ],
      [
        "an ACL",
        "PUT",
        path,
        { "x-amz-acl": "public-read" },
        "x",
        400,
        "AccessControlListNotSupported",
      ],
      ["too much metadata", "PUT", path, metadata, "x", 400, "MetadataTooLarge"],
      [
        "another owner",
        "GET",
        path,
        { "x-amz-expected-bucket-owner": "1" },
        "",
        403,
        "AccessDenied",
      ],
      [
        "a wrong payload digest",
        "PUT",
        path,
        { "x-amz-content-sha256": "0".repeat(64) },
        "x",
        400,
        "XAmzContentSHA256Mismatch",
      ],
      [
        "a wrong checksum",
        "PUT",
        path,
        { "x-amz-checksum-crc32": "AAAAAA==" },
        "x",
        400,
        "BadDigest",
      ],
      [
        "two checksums",
        "PUT",
        path,
        { "x-amz-checksum-crc32": "AAAAAA==", "x-amz-checksum-sha1": "x" },
        "x",
        400,
        "InvalidRequest",
      ],
      [
        "a damaged chunk",
        "PUT",
        path,
        { "content-encoding": "aws-chunked" },
        "nonsense\r\n",
        400,
        "IncompleteBody",
      ],
      [
        "a missing chunk",
        "PUT",
        path,
        { "content-encoding": "aws-chunked" },
        "5\r\nab",
        400,
        "IncompleteBody",
      ],
      [
        "a wrong decoded length",
        "PUT",
        path,
        { "content-encoding": "aws-chunked", "x-amz-decoded-content-length": "9" },
        "2\r\nab\r\n0\r\n\r\n",
        400,
        "IncompleteBody",
      ],
      ["attributes without name", "GET", `${path}?attributes`, {}, "", 400, "InvalidArgument"],
      [
        "unknown attributes",
        "GET",
        `${path}?attributes`,
        { "x-amz-object-attributes": "Color" },
        "",
        400,
        "InvalidArgument",
      ],
      ["a part number of 0", "GET", `${path}?partNumber=0`, {}, "", 400, "InvalidArgument"],
      [
        "a part that does not exist",
        "GET",
        `${path}?partNumber=2`,
        {},
        "",
        416,
        "InvalidPartNumber",
      ],
    ] as readonly [string, string, string, Record<string, string>, string, number, string][]) {
      it(`rejects ${what} with ${code}, and stores nothing`, async () => {
        const answer = await store.raw(method, target, headers, body);
        assert.deepEqual([answer.status, codeOf(answer)], [status, code]);
        assert.equal((await store.raw("GET", path)).body, "0123456789");
        const uploads = join(store.directory, ".object-store", "uploads");
        assert.deepEqual(await readdir(uploads), []);
      });
    }

    it("rejects a body of unknown length and one that is too large", async () => {
      const send = (head: string) => exchange(store.endpoint(), head);
      const chunked = await send(`PUT ${path} HTTP/1.1\r\nTransfer-Encoding: chunked\r\n`);
      assert.match(chunked, /^HTTP\/1\.1 411 [^]*MissingContentLength/u);
      const large = await send(`PUT ${path} HTTP/1.1\r\nContent-Length: ${6 * 2 ** 30}\r\n`);
      assert.match(large, /^HTTP\/1\.1 400 [^]*EntityTooLarge/u);
      const document = await send(
        `POST /${Bucket}?delete HTTP/1.1\r\nContent-MD5: ${"A".repeat(22)}==\r\nContent-Length: ${2 ** 28}\r\n`,
      );
      assert.match(document, /^HTTP\/1\.1 400 [^]*MaxMessageLengthExceeded/u);
    });
  });

  describe("with DeleteObjects", () => {
    const target = `/${Bucket}?delete`;
    const crc = (body: string) => ({ "x-amz-checksum-sha256": sha256(body) });
    const keys = (count: number) =>
      Array.from({ length: count }, (_, i) => `<Object><Key>k${i}</Key></Object>`).join("");

    it("requires a checksum, which simple cross-site requests cannot send", async () => {
      const body = "<Delete><Object><Key>object</Key></Object></Delete>";
      const answer = await store.raw("POST", target, {}, body);
      assert.deepEqual([answer.status, codeOf(answer)], [400, "InvalidRequest"]);
      assert.equal((await store.raw("GET", path)).status, 200);
    });

    for (const [what, body] of [
      ["an empty body", ""],
      ["text that is not XML", "object"],
      ["no key", "<Delete></Delete>"],
      ["an empty key", "<Delete><Object><Key></Key></Object></Delete>"],
      ["two keys in one object", "<Delete><Object><Key>a</Key><Key>b</Key></Object></Delete>"],
      ["an element that is not closed", "<Delete><Object><Key>object</Key></Delete>"],
      ["two documents", "<Delete><Object><Key>object</Key></Object></Delete><Delete/>"],
      ["an unknown entity", "<Delete><Object><Key>&object;</Key></Object></Delete>"],
      ["a bare ampersand", "<Delete><Object><Key>a & b</Key></Object></Delete>"],
      [
        "a character that does not exist",
        "<Delete><Object><Key>&#x110000;</Key></Object></Delete>",
      ],
      ["half a surrogate pair", "<Delete><Object><Key>&#xD800;</Key></Object></Delete>"],
      ["declared entities", '<!DOCTYPE a [<!ENTITY b "c">]><Delete/>'],
      ["deep nesting", "<Delete>".repeat(100_000)],
      ["1001 keys", `<Delete>${keys(1001)}</Delete>`],
    ] as const) {
      it(`rejects ${what} with MalformedXML, and deletes nothing`, async () => {
        const answer = await store.raw("POST", target, crc(body), body);
        assert.deepEqual([answer.status, codeOf(answer)], [400, "MalformedXML"]);
        assert.equal((await store.raw("GET", path)).status, 200);
      });
    }

    it("accepts 1000 keys, comments, namespaces and references", async () => {
      const more = "<!-- a - b --><Object><Key>&#65;&#x42;<![CDATA[<&>]]></Key></Object>";
      const body =
        `<?xml version="1.0"?>\n<s:Delete xmlns:s="http://s3.amazonaws.com/doc/2006-03-01/">${keys(999)}${more}</s:Delete>\n`.replace(
          /<(\/?)(Object|Key)>/gu,
          "<$1s:$2>",
        );
      const answer = await store.raw("POST", target, crc(body), body);
      assert.equal(answer.status, 200);
      assert.equal(answer.body.split("<Deleted>").length - 1, 1000);
      assert.ok(answer.body.includes("<Key>AB&lt;&amp;&gt;</Key>"));
    });
  });
});

describe("the limits of connections to the object store", () => {
  const store = testStore({ headersMs: 300, idleMs: 300, connections: 40 });

  const open = (start: string) =>
    new Promise<Socket>((resolve, reject) => {
      const { hostname, port } = new URL(store.endpoint());
      const socket = connect(Number(port), hostname, () => {
        socket.write(start);
        resolve(socket);
      }).on("error", reject);
    });
  const closed = (socket: Socket) =>
    new Promise<void>((resolve) =>
      socket
        .on("close", () => {
          resolve();
        })
        .resume(),
    );

  for (const [what, start] of [
    ["send nothing", ""],
    ["stop inside their headers", "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: "],
    [
      "stop inside their body",
      `PUT /${Bucket}/stalled HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\nabc`,
    ],
    ["have no further request", "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"],
  ] as const) {
    it(`close connections that ${what}, and leave others alone`, async () => {
      const sockets = await Promise.all(Array.from({ length: 20 }, () => open(start)));
      const ends = sockets.map(closed);
      const key = { Bucket, Key: `next to ${what}` };
      await store.s3().send(new PutObjectCommand({ ...key, Body: "x" }));
      assert.equal((await store.s3().send(new HeadObjectCommand(key))).ContentLength, 1);
      await Promise.all(ends);
    });
  }

  it("leave nothing of a stalled body", async () => {
    const list = await store.s3().send(new ListObjectsV2Command({ Bucket, Prefix: "stalled" }));
    assert.equal(list.KeyCount, 0);
    assert.deepEqual(await readdir(join(store.directory, ".object-store", "uploads")), []);
  });

  it("reject more connections than allowed, and accept new ones afterwards", async () => {
    const sockets = await Promise.all(Array.from({ length: 60 }, () => open("")));
    await Promise.all(sockets.map(closed));
    await store.s3().send(new PutObjectCommand({ Bucket, Key: "afterwards", Body: "x" }));
  });

  it("reject headers that are too long", async () => {
    const long = `GET / HTTP/1.1\r\nX-A: ${"a".repeat(100_000)}\r\n`;
    assert.match(await exchange(store.endpoint(), long), /^HTTP\/1\.1 431 /u);
  });
});

/** Sends the head of a request, with a Host, and reads until the server closes or has answered. */
async function exchange(endpoint: string, head: string): Promise<string> {
  const { hostname, port, host } = new URL(endpoint);
  const socket = connect(Number(port), hostname);
  socket.on("error", () => socket.destroy());
  socket.write(`${head}Host: ${host}\r\nConnection: close\r\n\r\n`);
  return text(socket);
}

function sha256(body: string): string {
  return createHash("sha256").update(body).digest("base64");
}
