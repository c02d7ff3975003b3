import { PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";

/** An object on its way to the bucket. */
export interface OutgoingObject {
  readonly key: string;
  readonly body: Uint8Array;
  readonly contentType: string;
  readonly contentEncoding?: string;
}

/** The call that Firehose makes to deliver. It fails as the S3 API does. */
export interface ObjectDestination {
  put(object: OutgoingObject, signal: AbortSignal): Promise<void>;
}

/** Delivers to a bucket through the S3 API. */
export function s3Destination(client: S3Client, bucket: string): ObjectDestination {
  return {
    async put({ key, body, contentType, contentEncoding }, abortSignal) {
      const command = new PutObjectCommand({
        Bucket: bucket,
        Key: key,
        Body: body,
        ContentType: contentType,
        ContentEncoding: contentEncoding,
      });
      await client.send(command, { abortSignal });
    },
  };
}
