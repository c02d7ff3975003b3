import { createHash, randomUUID } from "node:crypto";
import { mkdirSync, renameSync, rmdirSync, rmSync, type Stats } from "node:fs";
import { mkdir, open, readdir, readFile, stat, writeFile, type FileHandle } from "node:fs/promises";
import { dirname, join } from "node:path";
import { hasCode } from "../fileErrors";
import { filesBelow, objectKey, objectPath, readRefusal, writeRefusal } from "./objectPath";
import { compareKeys } from "./objectPage";
import { noSuchBucket, noSuchKey, S3Error } from "./s3Error";

/** What S3 keeps of an object beside its bytes. */
export interface ObjectMetadata {
  /** Without quotes. */
  readonly etag: string;
  readonly contentType: string;
  readonly contentEncoding?: string;
  /** The `x-amz-meta-*` headers, names in lower case and without that prefix. */
  readonly userMetadata: Readonly<Record<string, string>>;
}

export interface ObjectSummary extends ObjectMetadata {
  readonly size: number;
  readonly lastModified: Date;
}

/**
 * Buckets as folders and objects as plain files: `<directory>/<bucket>/<key>`, to be opened with any
 * tool. Their metadata lies in the hidden folder beside the buckets.
 *
 * Nothing is seen half-written: bytes are collected in the hidden folder, and object and metadata
 * are then moved to their places together, with no other request in between.
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

  /** A new file for the bytes of an object that is being received. */
  async newUpload(): Promise<string> {
    const uploads = join(this.#hidden, "uploads");
    await mkdir(uploads, { recursive: true });
    return join(uploads, randomUUID());
  }

  /** Makes a complete upload the object of that key. */
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
      throw writeRefusal(error, key);
    }
    mkdirSync(dirname(this.#metadata(bucket, key)), { recursive: true });
    renameSync(metadataUpload, this.#metadata(bucket, key));
  }

  /** @throws S3Error if there is no such bucket or key */
  async summary(bucket: string, key: string): Promise<ObjectSummary> {
    await this.requireBucket(bucket);
    const status = await stat(this.#object(bucket, key)).catch((error: unknown) => {
      throw readRefusal(error, key);
    });
    return this.#summary(bucket, key, status);
  }

  /** An open file keeps its bytes, whatever is stored under its key meanwhile. The caller closes it. */
  async open(bucket: string, key: string): Promise<{ file: FileHandle; summary: ObjectSummary }> {
    await this.requireBucket(bucket);
    const file = await open(this.#object(bucket, key)).catch((error: unknown) => {
      throw readRefusal(error, key);
    });
    try {
      return { file, summary: await this.#summary(bucket, key, await file.stat()) };
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** Deletes an object and the folders that it leaves empty. An object that is not there is fine. */
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
    const folder = objectPath(prefix).slice(0, -1);
    const paths = await filesBelow(this.#bucket(bucket), folder);
    const keys = paths.map(objectKey).filter((key) => key.startsWith(prefix));
    return keys.sort(compareKeys);
  }

  #bucket(bucket: string): string {
    return join(this.#directory, bucket);
  }

  #object(bucket: string, key: string): string {
    return join(this.#bucket(bucket), ...objectPath(key));
  }

  /** Named by a digest, so that no key can clash with the metadata of another. */
  #metadata(bucket: string, key: string): string {
    const name = createHash("sha256").update(key).digest("hex");
    return join(this.#hidden, "metadata", bucket, `${name}.json`);
  }

  async #summary(bucket: string, key: string, status: Stats): Promise<ObjectSummary> {
    if (!status.isFile()) throw noSuchKey(key);
    const metadata = await readFile(this.#metadata(bucket, key), "utf8").catch((error: unknown) => {
      if (hasCode(error, "ENOENT")) return foundByHand;
      throw error;
    });
    const { size, mtime: lastModified } = status;
    return { ...(JSON.parse(metadata) as ObjectMetadata), size, lastModified };
  }
}

/** A file that a person put into the folder has no metadata and is an object nevertheless. */
const foundByHand = JSON.stringify({
  etag: "unknown",
  contentType: "binary/octet-stream",
  userMetadata: {},
} satisfies ObjectMetadata);

/** S3 User Guide, "General purpose bucket naming rules"; a leading dot would be the hidden folder. */
function isBucketName(name: string): boolean {
  return /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/u.test(name) && !name.includes("..");
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
