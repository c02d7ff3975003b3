import { createHash, randomUUID } from "node:crypto";
import { mkdirSync, renameSync, rmdirSync, rmSync, type Stats } from "node:fs";
import { mkdir, open, readdir, readFile, stat, writeFile, type FileHandle } from "node:fs/promises";
import { dirname, join } from "node:path";
import * as z from "zod";
import { hasCode } from "../fileErrors";
import { compareKeys } from "./objectPage";
import { filesBelow, objectKey, objectPath, readError, writeError } from "./objectPath";
import { noSuchBucket, noSuchKey, S3Error } from "./s3Error";

const metadataSchema = z.object({
  /** Without quotes. */
  etag: z.string(),
  contentType: z.string(),
  contentEncoding: z.exactOptional(z.string()),
  /** The `x-amz-meta-*` headers, with names in lower case and without that prefix. */
  userMetadata: z.record(z.string(), z.string()),
});

/** What S3 stores of an object in addition to its bytes. */
export type ObjectMetadata = Readonly<z.output<typeof metadataSchema>>;

export interface ObjectSummary extends ObjectMetadata {
  readonly size: number;
  readonly lastModified: Date;
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

  constructor(directory: string) {
    this.#directory = directory;
    this.#hidden = join(directory, ".object-store");
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

  async createBucket(bucket: string): Promise<void> {
    if (!isBucketName(bucket)) {
      throw new S3Error(400, "InvalidBucketName", `The specified bucket is not valid: ${bucket}`);
    }
    await mkdir(this.#bucket(bucket)).catch((error: unknown) => {
      if (!hasCode(error, "EEXIST")) throw error;
      throw new S3Error(409, "BucketAlreadyOwnedByYou", `The bucket exists already: ${bucket}`);
    });
  }

  /** @throws S3Error if there is no such bucket */
  async requireBucket(bucket: string): Promise<void> {
    const found = isBucketName(bucket) && (await exists(this.#bucket(bucket)));
    if (!found) throw noSuchBucket(bucket);
  }

  /** The path of a new file for the bytes of an object that is being received. */
  async newUpload(): Promise<string> {
    const uploads = join(this.#hidden, "uploads");
    await mkdir(uploads, { recursive: true });
    return join(uploads, randomUUID());
  }

  /** Turns a complete upload into the object with that key. */
  async store(
    bucket: string,
    key: string,
    upload: string,
    metadata: ObjectMetadata,
  ): Promise<void> {
    const object = this.#object(bucket, key);
    const metadataUpload = await this.newUpload();
    await writeFile(metadataUpload, JSON.stringify(metadata));
    try {
      mkdirSync(dirname(object), { recursive: true });
      renameSync(upload, object);
    } catch (error) {
      rmSync(metadataUpload);
      throw writeError(error, key);
    }
    mkdirSync(dirname(this.#metadata(bucket, key)), { recursive: true });
    renameSync(metadataUpload, this.#metadata(bucket, key));
  }

  /** @throws S3Error if there is no such bucket or key */
  async summary(bucket: string, key: string): Promise<ObjectSummary> {
    await this.requireBucket(bucket);
    const status = await stat(this.#object(bucket, key)).catch((error: unknown) => {
      throw readError(error, key);
    });
    return this.#summary(bucket, key, status);
  }

  /** An open file keeps its bytes even if its key is overwritten meanwhile. The caller closes it. */
  async open(bucket: string, key: string): Promise<{ file: FileHandle; summary: ObjectSummary }> {
    await this.requireBucket(bucket);
    const file = await open(this.#object(bucket, key)).catch((error: unknown) => {
      throw readError(error, key);
    });
    try {
      return { file, summary: await this.#summary(bucket, key, await file.stat()) };
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** Deletes an object, if it exists, and the directories that it leaves empty. */
  async delete(bucket: string, key: string): Promise<void> {
    await this.requireBucket(bucket);
    let path = this.#object(bucket, key);
    try {
      rmSync(path);
      rmSync(this.#metadata(bucket, key), { force: true });
      while ((path = dirname(path)) !== this.#bucket(bucket)) rmdirSync(path);
    } catch (error) {
      if (!hasCode(error, "ENOENT", "ENOTDIR", "ENOTEMPTY", "ERR_FS_EISDIR")) throw error;
    }
  }

  /** All keys of a bucket that begin with the prefix, in S3's order. */
  async keys(bucket: string, prefix: string): Promise<readonly string[]> {
    await this.requireBucket(bucket);
    const directory = objectPath(prefix).slice(0, -1);
    const paths = await filesBelow(this.#bucket(bucket), directory);
    const keys = paths.map(objectKey).filter((key) => key.startsWith(prefix));
    return keys.sort(compareKeys);
  }

  #bucket(bucket: string): string {
    return join(this.#directory, bucket);
  }

  #object(bucket: string, key: string): string {
    return join(this.#bucket(bucket), ...objectPath(key));
  }

  /** Named with a digest of the key, so that the metadata of two keys cannot clash. */
  #metadata(bucket: string, key: string): string {
    const name = createHash("sha256").update(key).digest("hex");
    return join(this.#hidden, "metadata", bucket, `${name}.json`);
  }

  async #summary(bucket: string, key: string, status: Stats): Promise<ObjectSummary> {
    if (!status.isFile()) throw noSuchKey(key);
    const metadata = await readMetadata(this.#metadata(bucket, key));
    const { size, mtime: lastModified } = status;
    return { ...metadata, size, lastModified };
  }
}

/** @throws S3Error if the file exists but does not contain metadata */
async function readMetadata(file: string): Promise<ObjectMetadata> {
  try {
    return metadataSchema.parse(JSON.parse(await readFile(file, "utf8")));
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
  return /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/u.test(name) && !name.includes("..");
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
