import {
  GetObjectCommand,
  ListObjectsV2Command,
  type GetObjectCommandOutput,
  type ListObjectsV2CommandOutput,
} from "@aws-sdk/client-s3";
import { Readable } from "node:stream";
import { awsFailure } from "../awsFailure";

/** The part of an S3Client that reading needs. */
export interface LakeClient {
  send(command: ListObjectsV2Command): Promise<ListObjectsV2CommandOutput>;
  send(command: GetObjectCommand): Promise<GetObjectCommandOutput>;
}

/**
 * The keys that begin with `prefix`, in S3's order.
 *
 * @throws Error with bucket, prefix and what to check
 */
export async function* listKeys(
  client: LakeClient,
  bucket: string,
  prefix: string,
): AsyncGenerator<string> {
  let token: string | undefined;
  do {
    const page = await client
      .send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken: token }))
      .catch((error: unknown) => {
        throw lakeError(error, bucket, `list s3://${bucket}/${prefix}`, "s3:ListBucket");
      });
    for (const { Key } of page.Contents ?? []) if (Key !== undefined) yield Key;
    token = page.NextContinuationToken;
  } while (token !== undefined);
}

/** An object of a bucket, as it is stored. */
export interface LakeObject {
  readonly key: string;
  /** As it comes in. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Absent if it was stored without one. */
  readonly contentEncoding?: string;
}

/**
 * Begins to read an object.
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
  if (!(Body instanceof Readable)) throw new Error(`s3://${bucket}/${key} came without a body.`);
  return {
    key,
    body: Body,
    ...(ContentEncoding !== undefined && { contentEncoding: ContentEncoding }),
  };
}

function lakeError(error: unknown, bucket: string, action: string, permissions: string): Error {
  const { code, message } = awsFailure(error);
  if (code === "NoSuchBucket") {
    return new Error(
      `There is no bucket "${bucket}". Check its name, the region and the endpoint.`,
    );
  }
  if (code === "AccessDenied") {
    return new Error(`No permission to ${action}; it takes ${permissions}. (${message})`);
  }
  return new Error(`Cannot ${action}: ${code}: ${message}`);
}
