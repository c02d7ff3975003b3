import { createHash, randomUUID } from "node:crypto";
import {
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import * as z from "zod";
import { hasCode } from "../fileErrors";
import { MultipartFiles } from "./multipartFiles";
import {
  locateObject,
  type ObjectLocation,
  placeObject,
  removeEmptyDirectories,
  removeObject,
} from "./objectLocation";
import { metadataSchema, type ObjectMetadata, type ObjectSummary } from "./objectMetadata";
import { compareKeys } from "./objectPage";
import { filesBelow, objectKey, objectPath } from "./objectPath";
import { noSuchBucket, noSuchKey, S3Error } from "./s3Error";

/** Throws if a change must not be made to the object that exists; no effect without one. */
export type Precondition = (existing: ObjectSummary | undefined) => void;

/** An open file keeps its bytes even if its key is overwritten meanwhile. */
export interface OpenObject {
  /** The caller closes it. */
  readonly descriptor: number;
  readonly summary: ObjectSummary;
}

/**
 * Stores buckets as directories and objects as plain files, `<directory>/<bucket>/<key>`, which any
 * tool can open. Their metadata is in a hidden directory next to the buckets.
 *
 * No request sees a half-written object: bytes are collected in the hidden directory, and then object
 * and metadata are moved to their places together, with no other request in between.
 */
export class ObjectFiles {
  readonly #directory: string;
  readonly #hidden: string;
  /** Uploads in parts that are not complete. */
  readonly multipart: MultipartFiles;

  constructor(directory: string) {
    this.#directory = directory;
    this.#hidden = join(directory, ".object-store");
    this.multipart = new MultipartFiles(join(this.#hidden, "multipart"));
  }

  async buckets(): Promise<readonly { name: string; created: Date }[]> {
    const entries = await readdir(this.#directory, { withFileTypes: true });
    const names = entries.filter((entry) => entry.isDirectory() && isBucketName(entry.name));
    return Promise.all(
      names.map(async ({ name }) => ({
        name,
        created: (await stat(this.#bucket(name))).birthtime,
      })),
    );
  }

  /**
   * Creates a bucket. In us-east-1, S3 accepts that it exists already (API of CreateBucket).
   *
   * @param location the region; "" for us-east-1, as in the API
   */
  async createBucket(bucket: string, location: string): Promise<void> {
    if (!isBucketName(bucket)) {
      throw new S3Error(400, "InvalidBucketName", `The specified bucket is not valid: ${bucket}`);
    }
    await mkdir(this.#bucket(bucket)).catch((error: unknown) => {
      if (!hasCode(error, "EEXIST")) throw error;
      if (location === "" && this.location(bucket) === "") return;
      throw new S3Error(409, "BucketAlreadyOwnedByYou", `The bucket exists already: ${bucket}`);
    });
    const file = this.#location(bucket);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, location);
  }

  /** The region of a bucket; "" for us-east-1. */
  location(bucket: string): string {
    this.requireBucket(bucket);
    const file = this.#location(bucket);
    return existsSync(file) ? readFileSync(file, "utf8") : "";
  }

  /** Deletes a bucket without objects, and its uploads in parts. */
  async deleteBucket(bucket: string): Promise<void> {
    if ((await this.keys(bucket, "")).length > 0 || !removeEmptyDirectories(this.#bucket(bucket))) {
      throw new S3Error(409, "BucketNotEmpty", "The bucket you tried to delete is not empty");
    }
    rmSync(this.#location(bucket), { force: true });
    await rm(join(this.#hidden, "metadata", bucket), { recursive: true, force: true });
    for (const { id } of this.multipart.list(bucket)) this.multipart.remove(id);
  }

  /** @throws S3Error if there is no such bucket */
  requireBucket(bucket: string): void {
    if (!isBucketName(bucket) || !existsSync(this.#bucket(bucket))) throw noSuchBucket(bucket);
  }

  /** The path of a new file for bytes that are being received. */
  async newUpload(): Promise<string> {
    const uploads = join(this.#hidden, "uploads");
    await mkdir(uploads, { recursive: true });
    return join(uploads, randomUUID());
  }

  /**
   * Turns a complete upload into the object with that key.
   *
   * @returns its time
   */
  async store(
    bucket: string,
    key: string,
    upload: string,
    metadata: ObjectMetadata,
    precondition: Precondition = () => undefined,
  ): Promise<Date> {
    const metadataUpload = await this.newUpload();
    try {
      writeFileSync(metadataUpload, JSON.stringify(metadata));
      const metadataFile = this.#metadata(bucket, key);
      mkdirSync(dirname(metadataFile), { recursive: true });
      this.requireBucket(bucket);
      precondition(this.#find(bucket, key));
      placeObject(this.#bucket(bucket), key, upload);
      renameSync(metadataUpload, metadataFile);
      return this.summary(bucket, key).lastModified;
    } finally {
      rmSync(metadataUpload, { force: true });
    }
  }

  /** @throws S3Error if there is no such bucket or key */
  summary(bucket: string, key: string): ObjectSummary {
    this.requireBucket(bucket);
    const summary = this.#find(bucket, key);
    if (!summary) throw noSuchKey(key);
    return summary;
  }

  /** @throws S3Error if there is no such bucket or key */
  open(bucket: string, key: string): OpenObject {
    this.requireBucket(bucket);
    const location = locateObject(this.#bucket(bucket), key);
    if (!location) throw noSuchKey(key);
    const descriptor = openSync(location.path, "r");
    try {
      const status = fstatSync(descriptor);
      return { descriptor, summary: this.#summary(bucket, key, { ...location, status }) };
    } catch (error) {
      closeSync(descriptor);
      throw error;
    }
  }

  /** Deletes an object, if it exists, and the directories that it leaves empty. */
  delete(bucket: string, key: string, precondition: Precondition = () => undefined): void {
    this.requireBucket(bucket);
    precondition(this.#find(bucket, key));
    removeObject(this.#bucket(bucket), key);
    rmSync(this.#metadata(bucket, key), { force: true });
  }

  /** All keys of a bucket that begin with the prefix, in S3's order. */
  async keys(bucket: string, prefix: string): Promise<readonly string[]> {
    this.requireBucket(bucket);
    // Only whole parts of the prefix: the last one may be the beginning of a longer name.
    const directory = objectPath(prefix.slice(0, prefix.lastIndexOf("/") + 1)).slice(0, -1);
    const paths = await filesBelow(this.#bucket(bucket), directory);
    const keys = new Set(paths.map(objectKey).filter((key) => key.startsWith(prefix)));
    return [...keys].sort(compareKeys);
  }

  #bucket(bucket: string): string {
    return join(this.#directory, bucket);
  }

  #location(bucket: string): string {
    return join(this.#hidden, "locations", bucket);
  }

  /** Named with a digest of the key, so that the metadata of two keys cannot clash. */
  #metadata(bucket: string, key: string): string {
    const name = createHash("sha256").update(key).digest("hex");
    return join(this.#hidden, "metadata", bucket, `${name}.json`);
  }

  #find(bucket: string, key: string): ObjectSummary | undefined {
    const location = locateObject(this.#bucket(bucket), key);
    return location && this.#summary(bucket, key, location);
  }

  #summary(bucket: string, key: string, { status }: ObjectLocation): ObjectSummary {
    const metadata = readMetadata(this.#metadata(bucket, key));
    const { size, mtime: lastModified } = status;
    return { ...metadata, size, lastModified };
  }
}

/** @throws S3Error if the file exists but does not contain metadata */
function readMetadata(file: string): ObjectMetadata {
  try {
    return metadataSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    if (hasCode(error, "ENOENT")) return defaultMetadata;
    if (!(error instanceof SyntaxError || error instanceof z.ZodError)) throw error;
    const message = `The metadata in ${file} is damaged. Delete the file to use default metadata.`;
    throw new S3Error(500, "InternalError", message);
  }
}

/** Of an object without metadata: a file that somebody copied into the directory of a bucket. */
const defaultMetadata: ObjectMetadata = {
  etag: "unknown",
  contentType: "binary/octet-stream",
  userMetadata: {},
};

/** S3 User Guide, "General purpose bucket naming rules". The hidden directory starts with a dot. */
function isBucketName(name: string): boolean {
  return /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/u.test(name) && !reservedName.test(name);
}

/** Adjacent periods, an IP address, and what is reserved for S3's own names. */
const reservedName =
  /\.\.|^\d+\.\d+\.\d+\.\d+$|^(?:xn--|sthree-|amzn-s3-demo-)|(?:-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/u;
