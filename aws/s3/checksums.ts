import { createHash } from "node:crypto";
import { createCrc32, createCrc64, crcPolynomial } from "./crc";
import type { Headers } from "./headers";
import { invalidRequest, S3Error } from "./s3Error";

export interface Digest {
  update(bytes: Uint8Array): unknown;
  digest(): Buffer;
}

/** The checksum algorithms of S3: names, length of a checksum in bytes, and computation. */
const algorithms = {
  crc32: { name: "CRC32", length: 4, create: () => createCrc32(crcPolynomial.crc32) },
  crc32c: { name: "CRC32C", length: 4, create: () => createCrc32(crcPolynomial.crc32c) },
  crc64nvme: { name: "CRC64NVME", length: 8, create: createCrc64 },
  sha1: { name: "SHA1", length: 20, create: () => createHash("sha1") },
  sha256: { name: "SHA256", length: 32, create: () => createHash("sha256") },
} satisfies Record<string, { name: string; length: number; create: () => Digest }>;

/** As in the name of its header, e.g. `crc32` in `x-amz-checksum-crc32`. */
export type ChecksumAlgorithm = keyof typeof algorithms;

export const checksumAlgorithms = Object.keys(algorithms) as readonly ChecksumAlgorithm[];

/** What S3 computes if the sender chooses none. */
export const defaultAlgorithm: ChecksumAlgorithm = "crc64nvme";

export const checksumHeaders = checksumAlgorithms.map((name) => `x-amz-checksum-${name}`);

/** As in XML and in `x-amz-checksum-algorithm`, e.g. `CRC32`. */
export function algorithmName(algorithm: ChecksumAlgorithm): string {
  return algorithms[algorithm].name;
}

export function createDigest(algorithm: ChecksumAlgorithm): Digest {
  return algorithms[algorithm].create();
}

/** @throws S3Error if S3 has no such algorithm */
export function algorithmNamed(name: string | undefined): ChecksumAlgorithm | undefined {
  if (name === undefined) return undefined;
  const found = checksumAlgorithms.find(
    (algorithm) => algorithmName(algorithm) === name.toUpperCase(),
  );
  if (found) return found;
  throw new S3Error(
    400,
    "InvalidRequest",
    `Checksum algorithm provided is unsupported. Please try again with any of the valid types: [${checksumAlgorithms.map(algorithmName).join(", ")}]`,
  );
}

/** The checksum of a body, computed and, if its sender specified one, compared. */
export interface Checksum {
  readonly algorithm: ChecksumAlgorithm;
  /** In base64. */
  readonly value: string;
}

/** What a body turned out to be. */
export interface CheckedBody {
  /** The MD5 in hexadecimal digits, which is the entity tag of a body. */
  readonly etag: string;
  readonly size: number;
  readonly checksum: Checksum;
}

/**
 * Checks a body, piece by piece, against what its sender specified: `Content-MD5`, the digest in
 * `x-amz-content-sha256`, and a `x-amz-checksum-*` header or trailer.
 */
export class BodyChecks {
  readonly #headers: Headers;
  readonly #md5 = createHash("md5");
  readonly #sha256: Digest | undefined;
  readonly #algorithm: ChecksumAlgorithm;
  /** Whether the sender announced a checksum. */
  readonly #announced: boolean;
  readonly #digest: Digest;
  #size = 0;

  /** @param fallback computed if the sender specifies no checksum */
  constructor(headers: Headers, fallback: ChecksumAlgorithm = defaultAlgorithm) {
    this.#headers = headers;
    checkContentMd5(headers["content-md5"]);
    this.#sha256 = createPayloadDigest(headers["x-amz-content-sha256"]);
    const announced = announcedAlgorithm(headers);
    this.#announced = announced !== undefined;
    this.#algorithm = announced ?? fallback;
    this.#digest = createDigest(this.#algorithm);
  }

  update(bytes: Uint8Array): void {
    this.#size += bytes.length;
    this.#md5.update(bytes);
    this.#sha256?.update(bytes);
    this.#digest.update(bytes);
  }

  /** @throws S3Error if the body does not match what its sender specified */
  finish(trailers: Headers): CheckedBody {
    const headers = this.#headers;
    const md5 = this.#md5.digest();
    const specified = headers["content-md5"];
    if (specified !== undefined && specified !== md5.toString("base64")) {
      throw new S3Error(
        400,
        "BadDigest",
        "The Content-MD5 you specified did not match what we received.",
      );
    }
    if (this.#sha256 && this.#sha256.digest().toString("hex") !== headers["x-amz-content-sha256"]) {
      throw new S3Error(
        400,
        "XAmzContentSHA256Mismatch",
        "The provided 'x-amz-content-sha256' header does not match what was computed.",
      );
    }
    const value = this.#digest.digest().toString("base64");
    const name = `x-amz-checksum-${this.#algorithm}`;
    if (this.#announced && (headers[name] ?? trailers[name]) !== value) {
      throw new S3Error(
        400,
        "BadDigest",
        `The ${algorithmName(this.#algorithm)} you specified did not match the calculated checksum.`,
      );
    }
    const checksum = { algorithm: this.#algorithm, value };
    return { etag: md5.toString("hex"), size: this.#size, checksum };
  }
}

/**
 * The algorithm of the checksum in the headers, or announced for the trailers.
 *
 * @throws S3Error if there is more than one, or none where one is announced
 */
function announcedAlgorithm(headers: Headers): ChecksumAlgorithm | undefined {
  const trailers = (headers["x-amz-trailer"] ?? "").split(",").map((name) => name.trim());
  const unknown = trailers.find((name) => name !== "" && !checksumHeaders.includes(name));
  if (unknown !== undefined) {
    throw invalidRequest("The value specified in the x-amz-trailer header is not supported");
  }
  const announced = checksumAlgorithms.filter((algorithm) => {
    const name = `x-amz-checksum-${algorithm}`;
    return headers[name] !== undefined || trailers.includes(name);
  });
  if (announced.length > 1) {
    throw invalidRequest(
      "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.",
    );
  }
  const [algorithm] = announced;
  const named = algorithmNamed(headers["x-amz-sdk-checksum-algorithm"]);
  if (named && !algorithm) {
    throw invalidRequest(
      "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.",
    );
  }
  if (named && named !== algorithm) {
    throw invalidRequest("Value for x-amz-sdk-checksum-algorithm header is invalid.");
  }
  if (algorithm) checkValue(algorithm, headers[`x-amz-checksum-${algorithm}`]);
  return algorithm;
}

/** @throws S3Error if a value cannot be a checksum of the algorithm */
function checkValue(algorithm: ChecksumAlgorithm, value: string | undefined): void {
  if (value === undefined || isBase64(value, algorithms[algorithm].length)) return;
  throw invalidRequest(`Value for x-amz-checksum-${algorithm} header is invalid.`);
}

function checkContentMd5(value: string | undefined): void {
  if (value === undefined || isBase64(value, 16)) return;
  throw new S3Error(400, "InvalidDigest", "The Content-MD5 you specified was invalid.");
}

function isBase64(value: string, length: number): boolean {
  const bytes = Buffer.from(value, "base64");
  return bytes.length === length && bytes.toString("base64") === value;
}

/** A digest to compare with `x-amz-content-sha256`, if it is one. */
function createPayloadDigest(value: string | undefined): Digest | undefined {
  if (value === undefined || value === "UNSIGNED-PAYLOAD" || value.startsWith("STREAMING-")) {
    return undefined;
  }
  if (/^[0-9a-f]{64}$/u.test(value)) return createHash("sha256");
  throw new S3Error(
    400,
    "InvalidArgument",
    "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER or a valid sha256 value.",
  );
}
