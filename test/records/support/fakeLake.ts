import { setImmediate } from "node:timers/promises";
import { Readable } from "node:stream";
import {
  GetObjectCommand,
  type GetObjectCommandOutput,
  type ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
} from "@aws-sdk/client-s3";
import type { LakeClient } from "../../../records/verify/lakeClient";
import { serviceError } from "./fakeKinesis";

const KEYS_PER_PAGE = 3;

/** Replaces an S3Client: one bucket in memory, listed in small pages. */
export class FakeLake implements LakeClient {
  readonly listed: string[] = [];
  readonly opened: string[] = [];
  mostOpen = 0;
  readonly #objects: ReadonlyMap<string, Uint8Array>;
  readonly #errors: ReadonlyMap<string, Error>;
  readonly #contentEncoding: string | undefined;
  #open = 0;

  /**
   * @param errors by key, thrown when the object is opened
   * @param contentEncoding of all objects
   */
  constructor(
    objects: Readonly<Record<string, Uint8Array>>,
    errors: Record<string, Error> = {},
    contentEncoding?: string,
  ) {
    this.#contentEncoding = contentEncoding;
    this.#objects = new Map(Object.entries(objects));
    this.#errors = new Map(Object.entries(errors));
  }

  send(command: ListObjectsV2Command): Promise<ListObjectsV2CommandOutput>;
  send(command: GetObjectCommand): Promise<GetObjectCommandOutput>;
  send(
    command: ListObjectsV2Command | GetObjectCommand,
  ): Promise<ListObjectsV2CommandOutput | GetObjectCommandOutput> {
    if (command.input.Bucket !== "lake") return Promise.reject(serviceError("NoSuchBucket", 404));
    if (command instanceof GetObjectCommand) return this.#get(command.input.Key ?? "");
    return Promise.resolve(this.#list(command.input));
  }

  #list({
    Prefix = "",
    ContinuationToken,
  }: ListObjectsV2Command["input"]): ListObjectsV2CommandOutput {
    if (ContinuationToken === undefined) this.listed.push(Prefix);
    const keys = [...this.#objects.keys()].filter((key) => key.startsWith(Prefix)).sort();
    const start = Number(ContinuationToken ?? 0);
    const end = start + KEYS_PER_PAGE;
    return {
      $metadata: {},
      Contents: keys.slice(start, end).map((Key) => ({ Key })),
      ...(end < keys.length && { NextContinuationToken: String(end) }),
    };
  }

  async #get(key: string): Promise<GetObjectCommandOutput> {
    this.opened.push(key);
    this.#open += 1;
    this.mostOpen = Math.max(this.mostOpen, this.#open);
    await setImmediate();
    this.#open -= 1;
    const error = this.#errors.get(key);
    if (error) throw error;
    const body = Readable.from([this.#objects.get(key)]);
    return {
      $metadata: {},
      Body: body as NonNullable<GetObjectCommandOutput["Body"]>,
      ContentEncoding: this.#contentEncoding,
    };
  }
}

/** A key as Firehose creates it. `number` makes it unique. */
export function objectKey(prefix: string, day: string, number: number, extension = ".gz"): string {
  const uuid = `0f8fad5b-d9cb-469f-a165-${String(number).padStart(12, "0")}`;
  return `${prefix}user-events-1-${day}-10-00-00-${uuid}${extension}`;
}
