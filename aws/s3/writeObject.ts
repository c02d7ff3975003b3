import { writeCondition } from "./conditions";
import type { ObjectFiles } from "./objectFiles";
import {
  checksumHeadersOf,
  describedBy,
  describingHeaders,
  encryptionHeader,
  type ObjectMetadata,
} from "./objectMetadata";
import type { Operation } from "./operation";
import { bodyHeaders, receivingFile } from "./receiveBody";
import type { S3Request, S3Response } from "./s3Request";

export const putObject: Operation = {
  headers: [...describingHeaders, ...bodyHeaders, "if-match", "if-none-match"],
  async run(request: S3Request, files: ObjectFiles): Promise<S3Response> {
    const { bucket, key, headers } = request;
    files.requireBucket(bucket);
    const described = describedBy(headers);
    const condition = writeCondition(headers, key);
    const upload = await files.newUpload();
    return receivingFile(request, upload, async ({ etag, checksum }) => {
      const metadata: ObjectMetadata = {
        ...described,
        etag,
        checksum: { ...checksum, type: "FULL_OBJECT" },
      };
      await files.store(bucket, key, upload, metadata, condition);
      return {
        status: 200,
        headers: { etag: `"${etag}"`, ...checksumHeadersOf(metadata), ...encryptionHeader },
      };
    });
  },
};

/** Changes nothing where no object is locked. */
export const retentionBypass = "x-amz-bypass-governance-retention";

export const deleteObject: Operation = {
  parameters: ["versionId"],
  headers: ["if-match", retentionBypass],
  run({ bucket, key, headers }: S3Request, files: ObjectFiles): Promise<S3Response> {
    files.delete(bucket, key, writeCondition(headers, key));
    return Promise.resolve({ status: 204 });
  },
};
