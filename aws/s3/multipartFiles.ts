import { randomUUID } from "node:crypto";
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { hasCode } from "../fileErrors";
import { checksumAlgorithms, type CheckedBody } from "./checksums";
import { checksumSchema, checksumTypeSchema, describedSchema } from "./objectMetadata";
import { S3Error } from "./s3Error";

const uploadSchema = z.object({
  bucket: z.string(),
  key: z.string(),
  initiated: z.string(),
  described: describedSchema,
  algorithm: z.enum(checksumAlgorithms),
  checksumType: checksumTypeSchema,
  /** Whether the client chose the algorithm. */
  isChosen: z.boolean(),
});

/** What CreateMultipartUpload specifies. */
export type NewUpload = Readonly<z.output<typeof uploadSchema>>;

export interface MultipartUpload extends NewUpload {
  readonly id: string;
}

const partSchema = z.object({ etag: z.string(), size: z.number(), checksum: checksumSchema });

export interface UploadedPart extends Readonly<z.output<typeof partSchema>> {
  readonly number: number;
  readonly file: string;
  readonly lastModified: Date;
}

/** Stores uploads that are not complete: a directory for each, with two files for each part. */
export class MultipartFiles {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** @returns the id of the upload */
  create(upload: NewUpload): string {
    const id = randomUUID();
    mkdirSync(join(this.#directory, id), { recursive: true });
    writeFileSync(this.#description(id), JSON.stringify(upload));
    return id;
  }

  /** @throws S3Error if there is no such upload of that key */
  require(bucket: string, key: string, id: string): MultipartUpload {
    const upload = isId(id) ? this.#read(id) : undefined;
    if (upload?.bucket === bucket && upload.key === key) return upload;
    throw new S3Error(
      404,
      "NoSuchUpload",
      "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.",
    );
  }

  /** The uploads of a bucket that are not complete, in no order. */
  list(bucket: string): readonly MultipartUpload[] {
    return entriesOf(this.#directory).flatMap((id) => {
      const upload = isId(id) ? this.#read(id) : undefined;
      return upload?.bucket === bucket ? [upload] : [];
    });
  }

  /** Turns a file into a part, and replaces an earlier part with that number. */
  addPart(id: string, number: number, file: string, { etag, size, checksum }: CheckedBody): void {
    const description = `${file}.json`;
    writeFileSync(description, JSON.stringify({ etag, size, checksum }));
    renameSync(file, join(this.#directory, id, `${number}.part`));
    renameSync(description, join(this.#directory, id, `${number}.json`));
  }

  /** The parts of an upload, by ascending number. */
  parts(id: string): readonly UploadedPart[] {
    const directory = join(this.#directory, id);
    const numbers = entriesOf(directory)
      .filter((name) => name.endsWith(".part"))
      .map((name) => parseInt(name, 10))
      .sort((one, other) => one - other);
    return numbers.map((number) => {
      const file = join(directory, `${number}.part`);
      const part = partSchema.parse(
        JSON.parse(readFileSync(join(directory, `${number}.json`), "utf8")),
      );
      return { ...part, number, file, lastModified: statSync(file).mtime };
    });
  }

  remove(id: string): void {
    rmSync(join(this.#directory, id), { recursive: true, force: true });
  }

  #description(id: string): string {
    return join(this.#directory, id, "upload.json");
  }

  #read(id: string): MultipartUpload | undefined {
    try {
      const upload = uploadSchema.parse(JSON.parse(readFileSync(this.#description(id), "utf8")));
      return { ...upload, id };
    } catch (error) {
      if (hasCode(error, "ENOENT", "ENOTDIR")) return undefined;
      throw error;
    }
  }
}

function isId(id: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u.test(id);
}

function entriesOf(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    if (hasCode(error, "ENOENT")) return [];
    throw error;
  }
}
