import { rm } from "node:fs/promises";
import { algorithmNamed, defaultAlgorithm } from "./checksums";
import { copyBytes, openSource, sourceHeaders } from "./copyObject";
import { readNumber } from "./headers";
import type { MultipartUpload } from "./multipartFiles";
import type { ObjectFiles } from "./objectFiles";
import {
  type ChecksumType,
  describedBy,
  describingHeaders,
  encryptionHeader,
} from "./objectMetadata";
import type { Operation } from "./operation";
import { invalidArgument, invalidRequest } from "./s3Error";
import { bodyHeaders, receivingFile } from "./receiveBody";
import type { S3Request, S3Response } from "./s3Request";
import { checksumElements, element, s3Document } from "./xml";

/** API limit of parts, and so the highest number. */
export const mostParts = 10_000;

/** In bytes. */
const largestPart = 5 * 2 ** 30;

export const createMultipartUpload: Operation = {
  parameters: ["uploads"],
  headers: [...describingHeaders, "x-amz-checksum-algorithm", "x-amz-checksum-type"],
  run({ bucket, key, headers }: S3Request, files: ObjectFiles): Promise<S3Response> {
    files.requireBucket(bucket);
    const chosen = algorithmNamed(headers["x-amz-checksum-algorithm"]);
    const algorithm = chosen ?? defaultAlgorithm;
    const checksumType = readType(headers["x-amz-checksum-type"], algorithm);
    const described = describedBy(headers);
    const upload = { described, algorithm, checksumType, isChosen: chosen !== undefined };
    const initiated = new Date().toISOString();
    const id = files.multipart.create({ bucket, key, initiated, ...upload });
    const body = s3Document("InitiateMultipartUploadResult", [
      element("Bucket", bucket),
      element("Key", key),
      element("UploadId", id),
    ]);
    const checksumAnswer = chosen && {
      "x-amz-checksum-algorithm": chosen.toUpperCase(),
      "x-amz-checksum-type": checksumType,
    };
    return Promise.resolve({
      status: 200,
      headers: { ...encryptionHeader, ...checksumAnswer },
      body,
    });
  },
};

/** Amazon S3 User Guide, "Checking object integrity": which types an algorithm has, default first. */
function readType(value: string | undefined, algorithm: string): ChecksumType {
  const types: readonly ChecksumType[] =
    algorithm === "crc64nvme"
      ? ["FULL_OBJECT"]
      : algorithm.startsWith("crc")
        ? ["COMPOSITE", "FULL_OBJECT"]
        : ["COMPOSITE"];
  const type =
    value === undefined ? types[0] : types.find((known) => known === value.toUpperCase());
  if (type) return type;
  throw invalidRequest(
    `The ${value ?? ""} checksum type cannot be used with the ${algorithm} checksum algorithm.`,
  );
}

export const uploadPart: Operation = {
  parameters: ["partNumber", "uploadId"],
  headers: bodyHeaders,
  async run(request: S3Request, files: ObjectFiles): Promise<S3Response> {
    const { upload, number } = targetOf(request, files);
    const file = await files.newUpload();
    return receivingFile(
      request,
      file,
      (body) => {
        const { algorithm, value } = body.checksum;
        if (upload.isChosen && algorithm !== upload.algorithm) {
          throw invalidRequest(
            `Checksum Type mismatch occurred, expected checksum Type: ${upload.algorithm}, actual checksum Type: ${algorithm}`,
          );
        }
        requireStill(upload, files);
        files.multipart.addPart(upload.id, number, file, body);
        return {
          status: 200,
          headers: {
            etag: `"${body.etag}"`,
            [`x-amz-checksum-${algorithm}`]: value,
            ...encryptionHeader,
          },
        };
      },
      upload.algorithm,
    );
  },
};

export const uploadPartCopy: Operation = {
  parameters: ["partNumber", "uploadId"],
  headers: [...sourceHeaders, "x-amz-copy-source-range"],
  async run(request: S3Request, files: ObjectFiles): Promise<S3Response> {
    const { upload, number } = targetOf(request, files);
    const file = await files.newUpload();
    try {
      const source = openSource(request, files);
      const range = request.headers["x-amz-copy-source-range"];
      const body = await copyBytes(source, file, upload.algorithm, largestPart, range);
      requireStill(upload, files);
      files.multipart.addPart(upload.id, number, file, body);
      const result = s3Document("CopyPartResult", [
        element("ETag", `"${body.etag}"`),
        element("LastModified", new Date().toISOString()),
        ...checksumElements(upload.isChosen ? body.checksum : undefined),
      ]);
      return { status: 200, headers: encryptionHeader, body: result };
    } finally {
      await rm(file, { force: true });
    }
  },
};

export const abortMultipartUpload: Operation = {
  parameters: ["uploadId"],
  run(request: S3Request, files: ObjectFiles): Promise<S3Response> {
    files.multipart.remove(requireUpload(request, files).id);
    return Promise.resolve({ status: 204 });
  },
};

/** @throws S3Error if there is no such bucket or upload */
export function requireUpload(
  { bucket, key, query }: S3Request,
  files: ObjectFiles,
): MultipartUpload {
  files.requireBucket(bucket);
  return files.multipart.require(bucket, key, query.get("uploadId") ?? "");
}

/** An upload can be aborted or completed while a part is being received. */
function requireStill({ bucket, key, id }: MultipartUpload, files: ObjectFiles): void {
  files.multipart.require(bucket, key, id);
}

function targetOf(
  request: S3Request,
  files: ObjectFiles,
): { upload: MultipartUpload; number: number } {
  const upload = requireUpload(request, files);
  if (!request.query.has("partNumber")) {
    throw invalidArgument("This operation does not accept a query-string without partNumber.");
  }
  const bounds = { fallback: 1, minimum: 1, maximum: mostParts };
  return {
    upload,
    number: readNumber("Part number", request.query.get("partNumber"), bounds),
  };
}
