import { createHash } from "node:crypto";
import { S3Error } from "./s3Error";

/** Headers of a request, with names in lower case. */
export type Headers = Readonly<Record<string, string | undefined>>;

/**
 * Checks a body, piece by piece, against the checksums that its sender specified: `Content-MD5` and the
 * `x-amz-checksum-*` headers and trailers, except CRC64NVME, which is not checked.
 */
export class BodyChecks {
  readonly #md5 = createHash("md5");
  readonly #checksums = new Map<string, Digest>();
  readonly #headers: Headers;

  constructor(headers: Headers) {
    this.#headers = headers;
    for (const [algorithm, create] of Object.entries(checksums)) {
      const name = `x-amz-checksum-${algorithm}`;
      const announced = headers["x-amz-trailer"]
        ?.split(",")
        .some((trailer) => trailer.trim() === name);
      if (headers[name] !== undefined || announced) this.#checksums.set(name, create());
    }
  }

  update(bytes: Uint8Array): void {
    this.#md5.update(bytes);
    for (const digest of this.#checksums.values()) digest.update(bytes);
  }

  /**
   * @returns the entity tag of the body: its MD5 in hexadecimal digits
   * @throws S3Error if the body does not match a checksum
   */
  finish(trailers: Headers): string {
    const md5 = this.#md5.digest();
    const specified = this.#headers["content-md5"];
    if (specified !== undefined && specified !== md5.toString("base64")) {
      throw new S3Error(400, "BadDigest", "The Content-MD5 you specified did not match the body.");
    }
    for (const [name, digest] of this.#checksums) {
      const expected = this.#headers[name] ?? trailers[name];
      if (expected !== digest.digest().toString("base64")) {
        throw new S3Error(400, "BadDigest", `The ${name} you specified did not match the body.`);
      }
    }
    return md5.toString("hex");
  }
}

interface Digest {
  update(bytes: Uint8Array): unknown;
  digest(): Buffer;
}

const checksums: Readonly<Record<string, () => Digest>> = {
  crc32: () => createCrc32(crcPolynomial.crc32),
  crc32c: () => createCrc32(crcPolynomial.crc32c),
  sha1: () => createHash("sha1"),
  sha256: () => createHash("sha256"),
};

/** A cyclic redundancy check of 32 bits, computed piece by piece. */
interface Crc32 {
  update(bytes: Uint8Array): void;
  /** Four bytes, most significant first. */
  digest(): Buffer;
}

/** The polynomials of S3's checksums, bits reversed. */
export const crcPolynomial = { crc32: 0xedb88320, crc32c: 0x82f63b78 } as const;

/** Implemented here because `zlib.crc32` is missing in the oldest Node that is supported. */
export function createCrc32(polynomial: number): Crc32 {
  const table = Uint32Array.from({ length: 256 }, (_, byte) => {
    let remainder = byte;
    for (let bit = 0; bit < 8; bit += 1) {
      remainder = remainder & 1 ? (remainder >>> 1) ^ polynomial : remainder >>> 1;
    }
    return remainder;
  });
  let state = 0xffffffff;
  return {
    update(bytes) {
      for (const byte of bytes) state = (state >>> 8) ^ (table[(state ^ byte) & 0xff] ?? 0);
    },
    digest() {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE((state ^ 0xffffffff) >>> 0);
      return bytes;
    },
  };
}
