import { closeSync, createReadStream } from "node:fs";
import { rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { algorithmNamed, BodyChecks, type CheckedBody, type ChecksumAlgorithm } from "./checksums";
import { fulfillsConditions, preconditionFailed, writeCondition } from "./conditions";
import { type ByteRange, byteRange } from "./getObject";
import { intoFile } from "./intoFile";
import type { ObjectFiles, OpenObject } from "./objectFiles";
import {
  describedBy,
  describedSchema,
  describingHeaders,
  encryptionHeader,
  type ObjectMetadata,
  type ObjectSummary,
} from "./objectMetadata";
import type { Operation } from "./operation";
import { invalidArgument, invalidRequest, notImplemented } from "./s3Error";
import { decode, type S3Request, type S3Response } from "./s3Request";
import { checksumElements, element, s3Document } from "./xml";

/** The source of a copy, and its conditions. */
export const sourceHeaders = [
  ...["x-amz-copy-source", "x-amz-source-expected-bucket-owner"],
  ...["if-match", "if-none-match", "if-modified-since", "if-unmodified-since"].map(
    (name) => `x-amz-copy-source-${name}`,
  ),
];

/** In bytes; larger objects are copied in parts. */
const largestCopy = 5 * 2 ** 30;

export const copyObject: Operation = {
  headers: [
    ...[...describingHeaders, ...sourceHeaders, "if-match", "if-none-match"],
    ...["x-amz-metadata-directive", "x-amz-tagging-directive", "x-amz-checksum-algorithm"],
  ],
  async run(request: S3Request, files: ObjectFiles): Promise<S3Response> {
    const { bucket, key, headers } = request;
    files.requireBucket(bucket);
    const condition = writeCondition(headers, key);
    const chosen = algorithmNamed(headers["x-amz-checksum-algorithm"]);
    const upload = await files.newUpload();
    try {
      const source = openSource(request, files);
      const described = describedCopy(request, source);
      const algorithm = chosen ?? source.summary.checksum?.algorithm;
      const { etag, checksum } = await copyBytes(source, upload, algorithm, largestCopy);
      const metadata: ObjectMetadata = {
        ...described,
        etag,
        checksum: { ...checksum, type: "FULL_OBJECT" },
      };
      const lastModified = await files.store(bucket, key, upload, metadata, condition);
      const body = s3Document("CopyObjectResult", [
        element("ETag", `"${etag}"`),
        element("LastModified", lastModified.toISOString()),
        ...checksumElements(metadata.checksum),
      ]);
      return { status: 200, headers: encryptionHeader, body };
    } finally {
      await rm(upload, { force: true });
    }
  },
};

/** An open object that is copied. */
export interface CopySource extends OpenObject {
  readonly bucket: string;
  readonly key: string;
}

/** @throws S3Error if there is no such object, or if it does not fulfill the conditions */
export function openSource({ headers }: S3Request, files: ObjectFiles): CopySource {
  const [, bucket = "", key = "", version] =
    /^\/?([^/?]+)\/([^?]+)(?:\?versionId=(.*))?$/su.exec(headers["x-amz-copy-source"] ?? "") ?? [];
  if (bucket === "" || bucket.startsWith("arn:")) {
    throw invalidArgument(
      "Copy Source must mention the source bucket and key: sourcebucket/sourcekey",
    );
  }
  if (version !== undefined && version !== "null") {
    throw invalidArgument("Invalid version id specified");
  }
  const [sourceBucket, sourceKey] = [decode(bucket), decode(key)];
  const source = files.open(sourceBucket, sourceKey);
  try {
    if (!fulfillsConditions(headers, source.summary, "x-amz-copy-source-")) {
      throw preconditionFailed("x-amz-copy-source-If-None-Match");
    }
  } catch (error) {
    closeSync(source.descriptor);
    throw error;
  }
  return { ...source, bucket: sourceBucket, key: sourceKey };
}

/** Copies an open object, or a range of it, to a file, and closes the object. */
export async function copyBytes(
  source: CopySource,
  file: string,
  algorithm: ChecksumAlgorithm | undefined,
  limit: number,
  rangeHeader?: string,
): Promise<CheckedBody> {
  const checks = new BodyChecks({}, algorithm);
  const check = async function* (pieces: AsyncIterable<Buffer>) {
    for await (const piece of pieces) {
      checks.update(piece);
      yield piece;
    }
  };
  let range: ByteRange | undefined;
  try {
    range = copyRange(rangeHeader, source.summary);
    const { start, end } = range ?? { start: 0, end: source.summary.size - 1 };
    if (end - start + 1 > limit) {
      throw invalidRequest(
        "The specified copy source is larger than the maximum allowable size for a copy source: 5368709120",
      );
    }
  } catch (error) {
    closeSync(source.descriptor);
    throw error;
  }
  const bytes = createReadStream("", { fd: source.descriptor, ...range });
  await intoFile(file, (target) => pipeline(bytes, check, target));
  return checks.finish({});
}

/** Unlike a range of GetObject, it must be complete and inside the object. */
function copyRange(header: string | undefined, { size }: ObjectSummary): ByteRange | undefined {
  if (header === undefined) return undefined;
  const [, , last] = /^bytes=(\d+)-(\d+)$/u.exec(header) ?? [];
  const range = last === undefined ? undefined : byteRange(header, size);
  if (!range) {
    throw invalidArgument(
      "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy",
    );
  }
  if (Number(last) >= size) {
    throw invalidArgument(`Range specified is not valid for source object of size: ${size}`);
  }
  return range;
}

function describedCopy(request: S3Request, source: CopySource): Omit<ObjectMetadata, "etag"> {
  try {
    const { bucket, key, headers } = request;
    const directive = headers["x-amz-metadata-directive"] ?? "COPY";
    if (directive !== "COPY" && directive !== "REPLACE") {
      throw invalidArgument("Unknown metadata directive.");
    }
    if ((headers["x-amz-tagging-directive"] ?? "COPY") !== "COPY") {
      throw notImplemented("tags of objects");
    }
    const given = describedBy(headers);
    const changes = [directive === "REPLACE", headers["x-amz-storage-class"] !== undefined];
    const isItself = source.bucket === bucket && source.key === key;
    if (isItself && !changes.includes(true) && !headers["x-amz-server-side-encryption"]) {
      throw invalidRequest(
        "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
      );
    }
    if (directive === "REPLACE") return given;
    // A copy has the storage class of the request.
    const described = describedSchema.omit({ storageClass: true }).parse(source.summary);
    return given.storageClass === undefined
      ? described
      : { ...described, storageClass: given.storageClass };
  } catch (error) {
    closeSync(source.descriptor);
    throw error;
  }
}
