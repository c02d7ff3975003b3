import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import {
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetBucketLocationCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  HeadBucketCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { Bucket, codeOf, testStore } from "./support/testStore";

describe("buckets of the object store", () => {
  const store = testStore();
  const put = (Key: string, bucket = Bucket) =>
    store.s3().send(new PutObjectCommand({ Bucket: bucket, Key, Body: "x" }));

  it("have the location of their creation", async () => {
    const LocationConstraint = "eu-west-3" as const;
    const located = { Bucket: "located", CreateBucketConfiguration: { LocationConstraint } };
    await store.s3().send(new CreateBucketCommand(located));
    const locate = async (name: string) =>
      (await store.s3().send(new GetBucketLocationCommand({ Bucket: name }))).LocationConstraint;
    assert.equal(await locate("located"), LocationConstraint);
    const { BucketRegion } = await store.s3().send(new HeadBucketCommand({ Bucket: "located" }));
    assert.equal(BucketRegion, LocationConstraint);

    assert.equal((await store.raw("PUT", "/plain")).status, 200);
    assert.equal((await store.raw("GET", "/plain?location")).body.includes("></"), true);
    const head = await store.raw("HEAD", "/plain");
    assert.equal(head.headers["x-amz-bucket-region"], "us-east-1");
  });

  it("keep their objects when a client creates them again in us-east-1, as on AWS", async () => {
    assert.equal((await store.raw("PUT", "/again")).status, 200);
    await put("kept", "again");
    assert.equal((await store.raw("PUT", "/again")).status, 200);
    assert.equal((await store.raw("GET", "/again/kept")).body, "x");
    const located = `<CreateBucketConfiguration><LocationConstraint>eu-west-3</LocationConstraint></CreateBucketConfiguration>`;
    const second = await store.raw("PUT", "/again", {}, located);
    assert.deepEqual([second.status, codeOf(second)], [409, "BucketAlreadyOwnedByYou"]);
  });

  describe("are not created with a name that S3 rejects", () => {
    for (const name of [
      ...["ab", "a".repeat(64), "Capital", "under_score", "-dash", "dash-", "two..periods"],
      ...["192.168.5.4", "xn--name", "sthree-name", "amzn-s3-demo-name"],
      ...["name-s3alias", "name--ol-s3", "name.mrap", "name--x-s3", "name--table-s3"],
    ])
      it(`rejects ${name}`, async () => {
        const answer = await store.raw("PUT", `/${name}`);
        assert.deepEqual([answer.status, codeOf(answer)], [400, "InvalidBucketName"]);
      });

    for (const name of ["abc", "a.b-c", "1.2.3", "0".repeat(63), "a.-b"])
      it(`accepts ${name}`, async () => {
        assert.equal((await store.raw("PUT", `/${name}`)).status, 200);
      });
  });

  it("are private: ACLs are rejected as S3 rejects them by default", async () => {
    const create = (acl: string) => store.raw("PUT", "/private-one", { "x-amz-acl": acl });
    for (const [acl, code] of [
      ["public-read", "InvalidBucketAclWithObjectOwnership"],
      ["unknown", "InvalidArgument"],
    ] as const) {
      const answer = await create(acl);
      assert.deepEqual([answer.status, codeOf(answer)], [400, code]);
    }
    assert.equal((await create("private")).status, 200);
  });

  it("are not versioned, so each object has one version", async () => {
    const versioning = await store.s3().send(new GetBucketVersioningCommand({ Bucket }));
    assert.equal(versioning.Status, undefined);
    for (const key of ["v/a", "v/b/1", "v/b/2", "v/c"]) await put(key);
    const list = (input: object) =>
      store.s3().send(new ListObjectVersionsCommand({ Bucket, Prefix: "v/", ...input }));
    const all = await list({});
    assert.deepEqual(
      all.Versions?.map(({ Key, VersionId, IsLatest, Size }) => [Key, VersionId, IsLatest, Size]),
      ["v/a", "v/b/1", "v/b/2", "v/c"].map((key) => [key, "null", true, 1]),
    );
    const first = await list({ Delimiter: "/", MaxKeys: 2 });
    assert.deepEqual(first.CommonPrefixes, [{ Prefix: "v/b/" }]);
    const rest = await list({ Delimiter: "/", KeyMarker: first.NextKeyMarker });
    assert.deepEqual(
      rest.Versions?.map(({ Key }) => Key),
      ["v/c"],
    );
    const version = { Bucket, Key: "v/a", VersionId: "null" };
    await store.s3().send(new GetObjectCommand(version));
    await store.s3().send(new DeleteObjectCommand(version));
    const answer = await store.raw("GET", `/${Bucket}/v/c?versionId=other`);
    assert.deepEqual([answer.status, codeOf(answer)], [400, "InvalidArgument"]);
  });

  it("are deleted only if they have no objects, with their uploads in parts", async () => {
    const s3 = store.s3();
    const bucket = { Bucket: "short-lived" };
    await s3.send(new CreateBucketCommand(bucket));
    await put("a/b", bucket.Bucket);
    await assert.rejects(s3.send(new DeleteBucketCommand(bucket)), { name: "BucketNotEmpty" });
    await s3.send(new DeleteObjectCommand({ ...bucket, Key: "a/b" }));
    await mkdir(join(store.directory, bucket.Bucket, "left", "by hand"), { recursive: true });
    await s3.send(new CreateMultipartUploadCommand({ ...bucket, Key: "open" }));
    await s3.send(new DeleteBucketCommand(bucket));
    assert.equal(existsSync(join(store.directory, bucket.Bucket)), false);
    await assert.rejects(s3.send(new DeleteBucketCommand(bucket)), { name: "NoSuchBucket" });
    await s3.send(new CreateBucketCommand(bucket));
    const { Uploads } = await s3.send(new ListMultipartUploadsCommand(bucket));
    assert.equal(Uploads, undefined);
  });

  it("list their objects with owner, checksum and storage class", async () => {
    await store.s3().send(
      new PutObjectCommand({
        ...{ Bucket, Key: "facts", Body: "x" },
        StorageClass: "GLACIER_IR",
      }),
    );
    const list = new ListObjectsV2Command({ Bucket, Prefix: "facts", FetchOwner: true });
    const [object] = (await store.s3().send(list)).Contents ?? [];
    assert.equal(object?.StorageClass, "GLACIER_IR");
    assert.deepEqual(object.ChecksumAlgorithm, ["CRC32"]);
    assert.equal(object.Owner?.ID, "local");
  });

  for (const [what, method, query, headers, body, status, code] of [
    ["a location that is not XML", "PUT", "", {}, "nonsense", 400, "MalformedXML"],
    ["another document", "PUT", "", {}, "<Delete></Delete>", 400, "MalformedXML"],
    [
      "tags",
      "PUT",
      "",
      {},
      "<CreateBucketConfiguration><Tags/></CreateBucketConfiguration>",
      501,
      "NotImplemented",
    ],
    [
      "object lock",
      "PUT",
      "",
      { "x-amz-bucket-object-lock-enabled": "true" },
      "",
      501,
      "NotImplemented",
    ],
    ["versioning", "PUT", "?versioning", {}, "", 501, "NotImplemented"],
    ["a policy", "GET", "?policy", {}, "", 501, "NotImplemented"],
    ["a form upload", "POST", "", {}, "", 501, "NotImplemented"],
    ["preflight requests", "OPTIONS", "", {}, "", 501, "NotImplemented"],
  ] as const) {
    it(`reject ${what} with ${code}`, async () => {
      const answer = await store.raw(method, `/new-bucket${query}`, headers, body);
      assert.deepEqual([answer.status, codeOf(answer)], [status, code]);
      assert.equal(existsSync(join(store.directory, "new-bucket")), false);
    });
  }

  for (const [what, query, code] of [
    ["a number of keys that is not one", "?max-keys=many", "InvalidArgument"],
    ["an unknown encoding", "?encoding-type=base64", "InvalidArgument"],
    ["an unknown version of the list", "?list-type=3", "InvalidArgument"],
    ["a number of uploads that is not one", "?uploads&max-uploads=-1", "InvalidArgument"],
  ] as const) {
    it(`reject a listing with ${what}`, async () => {
      const answer = await store.raw("GET", `/${Bucket}${query}`);
      assert.deepEqual([answer.status, codeOf(answer)], [400, code]);
    });
  }
});
