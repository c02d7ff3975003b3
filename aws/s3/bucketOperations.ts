import { text } from "node:stream/consumers";
import type { ObjectFiles } from "./objectFiles";
import { requireOnly, type S3Request, type S3Response } from "./s3Request";
import { element, s3Document, textsOf } from "./xml";

export async function listBuckets(request: S3Request, files: ObjectFiles): Promise<S3Response> {
  requireOnly(request);
  const buckets = (await files.buckets()).map(({ name, created }) =>
    element("Bucket", [element("Name", name), element("CreationDate", created.toISOString())]),
  );
  const owner = element("Owner", [element("ID", "local"), element("DisplayName", "local")]);
  const body = s3Document("ListAllMyBucketsResult", [owner, element("Buckets", buckets)]);
  return { status: 200, body };
}

export async function createBucket(request: S3Request, files: ObjectFiles): Promise<S3Response> {
  requireOnly(request);
  await files.createBucket(request.bucket);
  return { status: 200, headers: { location: `/${request.bucket}` } };
}

export async function headBucket(request: S3Request, files: ObjectFiles): Promise<S3Response> {
  requireOnly(request);
  await files.requireBucket(request.bucket);
  return { status: 200 };
}

export async function deleteObjects(request: S3Request, files: ObjectFiles): Promise<S3Response> {
  requireOnly(request, "delete");
  const xml = await text(request.body);
  const keys = textsOf("Key", xml);
  for (const key of keys) await files.delete(request.bucket, key);
  const quiet = textsOf("Quiet", xml)[0] === "true";
  const deleted = quiet ? [] : keys.map((key) => element("Deleted", [element("Key", key)]));
  return { status: 200, body: s3Document("DeleteResult", deleted) };
}
