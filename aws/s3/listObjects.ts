import type { ObjectFiles } from "./objectFiles";
import { objectPage } from "./objectPage";
import { S3Error } from "./s3Error";
import { requireOnly, type S3Request, type S3Response } from "./s3Request";
import { element, s3Document } from "./xml";

/** ListObjectsV2, and ListObjects for clients that still use it. */
export async function listObjects(request: S3Request, files: ObjectFiles): Promise<S3Response> {
  const version = request.query.get("list-type") === "2" ? version2 : version1;
  requireOnly(request, "prefix", "delimiter", "max-keys", "encoding-type", ...version.parameters);
  const parameter = (name: string) => request.query.get(name) ?? "";
  const [prefix, delimiter] = [parameter("prefix"), parameter("delimiter")];
  const maxKeys = readMaxKeys(request.query.get("max-keys"));
  const after = version.after(parameter);
  const urlEncoded = parameter("encoding-type") === "url";
  const key: KeyElement = (name, value) =>
    element(name, urlEncoded ? encodeURIComponent(value).replaceAll("%2F", "/") : value);

  const allKeys = await files.keys(request.bucket, prefix);
  const page = objectPage(allKeys, { prefix, delimiter, maxKeys, after });
  const body = s3Document("ListBucketResult", [
    element("Name", request.bucket),
    key("Prefix", prefix),
    delimiter === "" ? "" : key("Delimiter", delimiter),
    element("MaxKeys", maxKeys),
    urlEncoded ? element("EncodingType", "url") : "",
    element("KeyCount", page.keys.length + page.commonPrefixes.length),
    element("IsTruncated", page.next !== undefined),
    page.next === undefined ? "" : version.next(page.next, key),
    ...(await contents(request.bucket, page.keys, files, key)),
    ...page.commonPrefixes.map((common) => element("CommonPrefixes", [key("Prefix", common)])),
  ]);
  return { status: 200, body };
}

type KeyElement = (name: string, value: string) => string;

/** How a version of the operation specifies where a page starts. */
interface ListVersion {
  readonly parameters: readonly string[];
  readonly after: (parameter: (name: string) => string) => string;
  readonly next: (entry: string, key: KeyElement) => string;
}

const version1: ListVersion = {
  parameters: ["marker"],
  after: (parameter) => parameter("marker"),
  next: (entry, key) => key("NextMarker", entry),
};

/** Tokens are encoded, because keys may contain characters that XML does not allow. */
const version2: ListVersion = {
  parameters: ["list-type", "continuation-token", "start-after", "fetch-owner"],
  after: (parameter) => readToken(parameter("continuation-token")) || parameter("start-after"),
  next: (entry) => element("NextContinuationToken", Buffer.from(entry).toString("base64url")),
};

function readToken(token: string): string {
  const entry = Buffer.from(token, "base64url");
  if (entry.toString("base64url") === token) return entry.toString();
  throw new S3Error(400, "InvalidArgument", "The continuation token provided is incorrect.");
}

/** API limit: 1000, which is also the default. */
function readMaxKeys(value = "1000"): number {
  if (/^\d{1,10}$/u.test(value)) return Math.min(Number(value), 1000);
  throw new S3Error(400, "InvalidArgument", `max-keys must be a number, not "${value}".`);
}

/** One after the other, because a page may have more objects than a process may open files. */
async function contents(
  bucket: string,
  keys: readonly string[],
  files: ObjectFiles,
  key: KeyElement,
): Promise<readonly string[]> {
  const elements: string[] = [];
  for (const name of keys) {
    const { etag, size, lastModified } = await files.summary(bucket, name);
    elements.push(
      element("Contents", [
        key("Key", name),
        element("LastModified", lastModified.toISOString()),
        element("ETag", `"${etag}"`),
        element("Size", size),
        element("StorageClass", "STANDARD"),
      ]),
    );
  }
  return elements;
}
