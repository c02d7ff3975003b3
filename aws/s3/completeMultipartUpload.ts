import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { hasCode } from "../fileErrors";
import { algorithmName, checksumHeaders, createDigest, type Digest } from "./checksums";
import { writeCondition } from "./conditions";
import type { Headers } from "./headers";
import { intoFile } from "./intoFile";
import type { MultipartUpload, UploadedPart } from "./multipartFiles";
import { mostParts, requireUpload } from "./multipartUpload";
import type { ObjectFiles } from "./objectFiles";
import { encryptionHeader, type ObjectMetadata } from "./objectMetadata";
import type { Operation } from "./operation";
import { receiveXml } from "./receiveBody";
import { invalidRequest, S3Error } from "./s3Error";
import type { S3Request, S3Response } from "./s3Request";
import { checksumElements, element, s3Document } from "./xml";
import { childText, malformed, requireChildren, type XmlElement } from "./xmlReader";

/** In bytes, of every part but the last. */
const smallestPart = 5 * 2 ** 20;

export const completeMultipartUpload: Operation = {
  parameters: ["uploadId"],
  headers: [
    ...checksumHeaders,
    ...["x-amz-checksum-type", "x-amz-mp-object-size", "if-match", "if-none-match"],
  ],
  async run(request: S3Request, files: ObjectFiles): Promise<S3Response> {
    const { bucket, key, headers } = request;
    const upload = requireUpload(request, files);
    const condition = writeCondition(headers, key);
    // The checksums in its headers are those of the object, not of this document.
    const own = Object.entries(headers).filter(([name]) => !checksumHeaders.includes(name));
    const document = { ...request, headers: Object.fromEntries(own) };
    const listed = readParts(await receiveXml(document, "CompleteMultipartUpload"));
    const parts = chooseParts(listed, files.multipart.parts(upload.id), upload);
    requireSize(headers, parts);
    const file = await files.newUpload();
    try {
      const metadata = {
        ...upload.described,
        etag: `${digestOf(parts.map(({ etag }) => Buffer.from(etag, "hex")))}-${parts.length}`,
        checksum: await assemble(parts, file, upload),
        parts: parts.map(({ size, checksum }) => ({ size, checksum })),
      } satisfies ObjectMetadata;
      requireChecksum(headers, metadata.checksum);
      requireUpload(request, files);
      await files.store(bucket, key, file, metadata, condition);
      files.multipart.remove(upload.id);
      const body = s3Document("CompleteMultipartUploadResult", [
        element("Location", `http://${headers["host"] ?? ""}/${bucket}/${encodeURI(key)}`),
        element("Bucket", bucket),
        element("Key", key),
        element("ETag", `"${metadata.etag}"`),
        ...checksumElements(metadata.checksum),
      ]);
      return { status: 200, headers: encryptionHeader, body };
    } finally {
      await rm(file, { force: true });
    }
  },
};

/** A part in the body of the request. */
interface ListedPart {
  readonly number: number;
  readonly etag: string;
  /** By element, e.g. `ChecksumCRC32`. */
  readonly checksums: ReadonlyMap<string, string>;
}

function readParts(document: XmlElement | undefined): readonly ListedPart[] {
  if (!document) {
    throw invalidRequest("You must specify at least one part");
  }
  requireChildren(document, "Part");
  const parts = document.children.map((part) => {
    const checksums = part.children.filter(({ name }) => name.startsWith("Checksum"));
    requireChildren(part, "PartNumber", "ETag", ...checksums.map(({ name }) => name));
    const number = childText(part, "PartNumber")?.trim() ?? "";
    const etag = childText(part, "ETag")?.trim() ?? malformed();
    if (!/^\d{1,9}$/u.test(number)) malformed();
    return {
      number: Number(number),
      etag: etag.replace(/^"|"$/gu, ""),
      checksums: new Map(checksums.map(({ name, text }) => [name, text.trim()])),
    };
  });
  return parts.length === 0 || parts.length > mostParts ? malformed() : parts;
}

/** The uploaded parts that the request lists. */
function chooseParts(
  listed: readonly ListedPart[],
  uploaded: readonly UploadedPart[],
  upload: MultipartUpload,
): readonly UploadedPart[] {
  const byNumber = new Map(uploaded.map((part) => [part.number, part]));
  const needsChecksums = upload.isChosen && upload.checksumType === "COMPOSITE";
  if (listed.some(({ number }, index) => number <= (listed[index - 1]?.number ?? 0))) {
    throw new S3Error(
      400,
      "InvalidPartOrder",
      "The list of parts was not in ascending order. Parts must be ordered by part number.",
    );
  }
  return listed.map(({ number, etag, checksums }, index) => {
    const part = byNumber.get(number);
    if (part?.etag !== etag) throw invalidPart(number, upload);
    const name = `Checksum${algorithmName(part.checksum.algorithm)}`;
    if (needsChecksums && !checksums.has(name)) {
      throw invalidRequest(
        `The upload was created using a ${upload.algorithm} checksum. The complete request must include the checksum for each part. It was missing for part ${number} in the request.`,
      );
    }
    const matches = [...checksums].every(
      ([given, value]) => given === name && value === part.checksum.value,
    );
    if (!matches) throw invalidPart(number, upload);
    if (part.size < smallestPart && index < listed.length - 1) {
      throw new S3Error(
        400,
        "EntityTooSmall",
        "Your proposed upload is smaller than the minimum allowed size",
        {
          ProposedSize: String(part.size),
          MinSizeAllowed: String(smallestPart),
          PartNumber: String(number),
          ETag: part.etag,
        },
      );
    }
    return part;
  });
}

/** Joins the parts in a file, and checks that they are what was uploaded. */
async function assemble(
  parts: readonly UploadedPart[],
  file: string,
  upload: MultipartUpload,
): Promise<NonNullable<ObjectMetadata["checksum"]>> {
  const { algorithm, checksumType: type } = upload;
  const whole = createDigest(algorithm);
  const pieces = async function* () {
    for (const part of parts) {
      const md5 = createHash("md5");
      for await (const piece of createReadStream(part.file) as AsyncIterable<Buffer>) {
        md5.update(piece);
        if (type === "FULL_OBJECT") whole.update(piece);
        yield piece;
      }
      if (md5.digest("hex") !== part.etag) throw invalidPart(part.number, upload);
      if (type === "COMPOSITE") whole.update(Buffer.from(part.checksum.value, "base64"));
    }
  };
  await intoFile(file, (target) => pipeline(pieces, target)).catch((error: unknown) => {
    // The upload has been aborted or completed meanwhile.
    throw hasCode(error, "ENOENT") ? invalidPart(parts[0]?.number ?? 1, upload) : error;
  });
  const value = whole.digest().toString("base64");
  return { algorithm, type, value: type === "COMPOSITE" ? `${value}-${parts.length}` : value };
}

/** The checksum of the object that the client expects. */
function requireChecksum(
  headers: Headers,
  { algorithm, value, type }: NonNullable<ObjectMetadata["checksum"]>,
): void {
  const expectedType = headers["x-amz-checksum-type"];
  if (expectedType !== undefined && expectedType.toUpperCase() !== type) {
    throw invalidRequest(
      `The upload was created using the ${type} checksum mode. The complete request must use the same checksum mode.`,
    );
  }
  for (const name of checksumHeaders) {
    const expected = headers[name];
    if (expected === undefined) continue;
    const isSame = expected === value || expected === value.replace(/-\d+$/u, "");
    if (name !== `x-amz-checksum-${algorithm}` || !isSame) {
      throw new S3Error(
        400,
        "BadDigest",
        `The ${name.replace("x-amz-checksum-", "")} you specified did not match the calculated checksum.`,
      );
    }
  }
}

function requireSize(headers: Headers, parts: readonly UploadedPart[]): void {
  const expected = headers["x-amz-mp-object-size"];
  const size = parts.reduce((sum, part) => sum + part.size, 0);
  if (expected === undefined || expected === String(size)) return;
  throw invalidRequest(
    "The provided 'x-amz-mp-object-size' header does not match what was computed.",
  );
}

function digestOf(pieces: readonly Buffer[]): string {
  const md5: Digest = createHash("md5");
  for (const piece of pieces) md5.update(piece);
  return md5.digest().toString("hex");
}

function invalidPart(number: number, { id }: MultipartUpload): S3Error {
  return new S3Error(
    400,
    "InvalidPart",
    "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
    { UploadId: id, PartNumber: String(number) },
  );
}
