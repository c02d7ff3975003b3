import { PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { ObjectBody } from "../packing/objectBody";

/** A body as it is stored. */
export interface PackedBody extends ObjectBody {
  /** Length of the body, or its estimate if there are no bytes to store. */
  readonly storedBytes: number;
}

/** An object on its way to the bucket. */
export interface OutgoingObject extends PackedBody {
  readonly key: string;
  readonly contentType: string;
}

/** The call that Firehose makes to deliver. Its errors are those of the S3 API. */
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
