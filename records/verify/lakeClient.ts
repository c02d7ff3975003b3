import { Readable } from "node:stream";
import {
  GetObjectCommand,
  ListObjectsV2Command,
  type GetObjectCommandOutput,
  type ListObjectsV2CommandOutput,
} from "@aws-sdk/client-s3";
import { awsFailure, callError } from "../awsFailure";
import { notAwsCode } from "../knownFailures";

/** The part of an S3Client that reading uses. */
export interface LakeClient {
  send(command: ListObjectsV2Command): Promise<ListObjectsV2CommandOutput>;
  send(command: GetObjectCommand): Promise<GetObjectCommandOutput>;
}

/** An object as a list of its bucket has it. */
export interface ListedObject {
  readonly key: string;
  /** Bytes as stored; 0 if the list does not have them. */
  readonly size: number;
  /** When it was stored, by the clock of S3 and in whole seconds; absent if the list does not have it. */
  readonly modified?: Date;
}

/** The keys that begin with `prefix`, in S3's order, as {@link listObjects} lists them. */
export async function* listKeys(
  client: LakeClient,
  bucket: string,
  prefix: string,
): AsyncGenerator<string> {
  for await (const { key } of listObjects(client, bucket, prefix)) yield key;
}

/**
 * The objects whose keys begin with `prefix`, in S3's order.
 *
 * @throws Error with bucket, prefix and what to check
 */
export async function* listObjects(
  client: LakeClient,
  bucket: string,
  prefix: string,
): AsyncGenerator<ListedObject> {
  let token: string | undefined;
  do {
    const page = await client
      .send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken: token }))
      .then(fromS3)
      .catch((error: unknown) => {
        throw lakeError(error, bucket, `list s3://${bucket}/${prefix}`, "s3:ListBucket");
      });
    for (const { Key, Size = 0, LastModified } of page.Contents ?? [])
      if (Key !== undefined)
        yield {
          ...{ key: Key, size: Size },
          ...(LastModified !== undefined && { modified: LastModified }),
        };
    token = page.NextContinuationToken;
  } while (token !== undefined);
}

/** The SDK reads anything as a list without objects, for example the page of a web server. */
function fromS3(page: ListObjectsV2CommandOutput): ListObjectsV2CommandOutput {
  if (page.Name !== undefined || page.Contents !== undefined) return page;
  throw Object.assign(new Error("the answer is not the list of a bucket"), { name: notAwsCode });
}

/** A stored object of a bucket. */
export interface LakeObject {
  readonly key: string;
  /** The stored bytes as they arrive, still compressed. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Absent if it was stored without one. */
  readonly contentEncoding?: string;
}

/**
 * Starts to read an object.
 *
 * @throws Error with bucket, key and what to check
 */
export async function openObject(
  client: LakeClient,
  bucket: string,
  key: string,
): Promise<LakeObject> {
  const { Body, ContentEncoding } = await client
    .send(new GetObjectCommand({ Bucket: bucket, Key: key }))
    .catch((error: unknown) => {
      const permissions = "s3:GetObject, and kms:Decrypt for the bucket's key";
      throw lakeError(error, bucket, `read s3://${bucket}/${key}`, permissions);
    });
  if (!(Body instanceof Readable)) throw new Error(`s3://${bucket}/${key} has no body.`);
  return {
    key,
    body: Body,
    ...(ContentEncoding !== undefined && { contentEncoding: ContentEncoding }),
  };
}

function lakeError(error: unknown, bucket: string, action: string, permissions: string): Error {
  return callError(awsFailure(error), { action, resource: `bucket "${bucket}"`, permissions });
}
