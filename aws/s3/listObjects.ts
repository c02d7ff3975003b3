import { setImmediate } from "node:timers/promises";
import { algorithmName } from "./checksums";
import { readNumber } from "./headers";
import type { ObjectFiles } from "./objectFiles";
import type { ObjectSummary } from "./objectMetadata";
import { type ObjectPage, objectPage } from "./objectPage";
import type { Operation } from "./operation";
import { invalidArgument, S3Error } from "./s3Error";
import type { S3Request, S3Response } from "./s3Request";
import { element, s3Document } from "./xml";

const listParameters = ["prefix", "delimiter", "max-keys", "encoding-type"];

type Query = S3Request["query"];
type KeyElement = (name: string, value: string) => string;

/** ListObjects, for clients that still use it. */
export const listObjects: Operation = {
  parameters: [...listParameters, "marker"],
  async run({ bucket, query }: S3Request, files: ObjectFiles): Promise<S3Response> {
    const keyed = keyElement(query);
    const marker = query.get("marker") ?? "";
    const page = await pageOf(bucket, query, marker, files);
    const body = s3Document("ListBucketResult", [
      ...commonElements(bucket, query, page),
      keyed("Marker", marker),
      page.next === undefined ? "" : keyed("NextMarker", page.next),
      ...(await entries(bucket, page, files, keyed, "Contents", true)),
    ]);
    return { status: 200, body };
  },
};

/** Tokens are encoded, because keys may contain characters that XML does not allow. */
export const listObjectsV2: Operation = {
  parameters: [
    ...listParameters,
    ...["list-type", "continuation-token", "start-after", "fetch-owner"],
  ],
  async run({ bucket, query }: S3Request, files: ObjectFiles): Promise<S3Response> {
    if (query.get("list-type") !== "2")
      throw invalidArgument("Invalid List Type specified in Query");
    const keyed = keyElement(query);
    const token = query.get("continuation-token") ?? "";
    const startAfter = query.get("start-after") ?? "";
    const page = await pageOf(bucket, query, readToken(token) || startAfter, files);
    const hasOwner = query.get("fetch-owner") === "true";
    const body = s3Document("ListBucketResult", [
      ...commonElements(bucket, query, page),
      element("KeyCount", page.keys.length + page.commonPrefixes.length),
      query.has("continuation-token") ? element("ContinuationToken", token) : "",
      startAfter === "" ? "" : keyed("StartAfter", startAfter),
      page.next === undefined
        ? ""
        : element("NextContinuationToken", Buffer.from(page.next).toString("base64url")),
      ...(await entries(bucket, page, files, keyed, "Contents", hasOwner)),
    ]);
    return { status: 200, body };
  },
};

/** Every object has one version, since buckets are not versioned. */
export const listObjectVersions: Operation = {
  parameters: [...listParameters, "versions", "key-marker", "version-id-marker"],
  async run({ bucket, query }: S3Request, files: ObjectFiles): Promise<S3Response> {
    const keyed = keyElement(query);
    const marker = query.get("key-marker") ?? "";
    const page = await pageOf(bucket, query, marker, files);
    const body = s3Document("ListVersionsResult", [
      ...commonElements(bucket, query, page),
      keyed("KeyMarker", marker),
      element("VersionIdMarker", query.get("version-id-marker") ?? ""),
      ...(page.next === undefined
        ? []
        : [keyed("NextKeyMarker", page.next), element("NextVersionIdMarker", "null")]),
      ...(await entries(bucket, page, files, keyed, "Version", true)),
    ]);
    return { status: 200, body };
  },
};

/** The owner of everything. */
export const owner = [element("ID", "local"), element("DisplayName", "local")];

/** Writes keys as the request wants them: unchanged, or in URL encoding. */
export function keyElement(query: Query): KeyElement {
  const encoding = query.get("encoding-type");
  if (encoding !== undefined && encoding !== "url") {
    throw invalidArgument("Invalid Encoding Method specified in Request");
  }
  return (name, value) =>
    element(name, encoding === "url" ? encodeURIComponent(value).replaceAll("%2F", "/") : value);
}

/** API limit: 1000, which is also the default. */
export function pageSize(name: string, query: Query): number {
  return Math.min(readNumber(name, query.get(name), { fallback: 1000 }), 1000);
}

async function pageOf(
  bucket: string,
  query: Query,
  after: string,
  files: ObjectFiles,
): Promise<ObjectPage> {
  const prefix = query.get("prefix") ?? "";
  const delimiter = query.get("delimiter") ?? "";
  const maxKeys = pageSize("max-keys", query);
  return objectPage(await files.keys(bucket, prefix), { prefix, delimiter, maxKeys, after });
}

function commonElements(bucket: string, query: Query, page: ObjectPage): readonly string[] {
  const keyed = keyElement(query);
  const delimiter = query.get("delimiter") ?? "";
  return [
    element("Name", bucket),
    keyed("Prefix", query.get("prefix") ?? ""),
    delimiter === "" ? "" : keyed("Delimiter", delimiter),
    element("MaxKeys", pageSize("max-keys", query)),
    query.get("encoding-type") === "url" ? element("EncodingType", "url") : "",
    element("IsTruncated", page.next !== undefined),
  ];
}

function readToken(token: string): string {
  const entry = Buffer.from(token, "base64url");
  if (entry.toString("base64url") === token) return entry.toString();
  throw invalidArgument("The continuation token provided is incorrect");
}

/** Pauses now and then, because a page has up to 1000 objects and other requests wait. */
async function entries(
  bucket: string,
  { keys, commonPrefixes }: ObjectPage,
  files: ObjectFiles,
  keyed: KeyElement,
  name: "Contents" | "Version",
  hasOwner: boolean,
): Promise<readonly string[]> {
  const elements: string[] = [];
  for (const [index, key] of keys.entries()) {
    if (index % 50 === 49) await setImmediate();
    const summary = summaryOf(bucket, key, files);
    if (summary) elements.push(entry(name, keyed("Key", key), summary, hasOwner));
  }
  return [
    ...elements,
    ...commonPrefixes.map((prefix) => element("CommonPrefixes", [keyed("Prefix", prefix)])),
  ];
}

/** An object can be deleted while its page is written. */
function summaryOf(bucket: string, key: string, files: ObjectFiles): ObjectSummary | undefined {
  try {
    return files.summary(bucket, key);
  } catch (error) {
    if (error instanceof S3Error && error.status === 404) return undefined;
    throw error;
  }
}

function entry(name: string, key: string, summary: ObjectSummary, hasOwner: boolean): string {
  const { etag, size, lastModified, storageClass = "STANDARD", checksum } = summary;
  return element(name, [
    key,
    ...(name === "Version" ? [element("VersionId", "null"), element("IsLatest", true)] : []),
    element("LastModified", lastModified.toISOString()),
    element("ETag", `"${etag}"`),
    ...(checksum
      ? [
          element("ChecksumAlgorithm", algorithmName(checksum.algorithm)),
          element("ChecksumType", checksum.type),
        ]
      : []),
    element("Size", size),
    element("StorageClass", storageClass),
    hasOwner ? element("Owner", owner) : "",
  ]);
}
