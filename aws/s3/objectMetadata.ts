import * as z from "zod";
import { checksumAlgorithms } from "./checksums";
import { codings, type Headers, requireHeaderValue } from "./headers";
import { notImplemented, S3Error } from "./s3Error";

export const checksumSchema = z.object({
  algorithm: z.enum(checksumAlgorithms),
  /** In base64; of a composite checksum followed by the number of parts, e.g. `AAAAAA==-2`. */
  value: z.string(),
});

/** Whether a checksum is one of all bytes, or of the checksums of the parts. */
export const checksumTypeSchema = z.enum(["FULL_OBJECT", "COMPOSITE"]);
export type ChecksumType = z.output<typeof checksumTypeSchema>;

/** What the sender of an object specifies in addition to its bytes. */
export const describedSchema = z.object({
  contentType: z.string(),
  cacheControl: z.exactOptional(z.string()),
  contentDisposition: z.exactOptional(z.string()),
  contentEncoding: z.exactOptional(z.string()),
  contentLanguage: z.exactOptional(z.string()),
  expires: z.exactOptional(z.string()),
  /** Default: STANDARD. */
  storageClass: z.exactOptional(z.string()),
  /** The `x-amz-meta-*` headers, with names in lower case and without that prefix. */
  userMetadata: z.record(z.string(), z.string()),
});
export type Described = Readonly<z.output<typeof describedSchema>>;

export const metadataSchema = describedSchema.extend({
  /** Without quotes. */
  etag: z.string(),
  checksum: z.exactOptional(checksumSchema.extend({ type: checksumTypeSchema })),
  /** Of an object that was uploaded in parts. */
  parts: z.exactOptional(
    z.array(z.object({ size: z.number(), checksum: z.exactOptional(checksumSchema) })),
  ),
});

/** What S3 stores of an object in addition to its bytes. */
export type ObjectMetadata = Readonly<z.output<typeof metadataSchema>>;

export interface ObjectSummary extends ObjectMetadata {
  readonly size: number;
  readonly lastModified: Date;
}

const systemHeaders = {
  contentType: "content-type",
  cacheControl: "cache-control",
  contentDisposition: "content-disposition",
  contentEncoding: "content-encoding",
  contentLanguage: "content-language",
  expires: "expires",
} as const;
type SystemField = keyof typeof systemHeaders;
const systemFields = Object.keys(systemHeaders) as readonly SystemField[];

const userPrefix = "x-amz-meta-";

const encryption = "x-amz-server-side-encryption";

/** Headers that describe an object; an operation that stores one honors them. */
export const describingHeaders = ["x-amz-meta-*", "x-amz-storage-class", "x-amz-acl", encryption];

const storageClasses = [
  ...["STANDARD", "REDUCED_REDUNDANCY", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING"],
  ...["GLACIER", "DEEP_ARCHIVE", "GLACIER_IR"],
];

/** @throws S3Error for a value that S3 rejects, or that would have no effect here */
export function describedBy(headers: Headers): Described {
  checkAccessAndEncryption(headers);
  const storageClass = headers["x-amz-storage-class"];
  if (storageClass !== undefined && !storageClasses.includes(storageClass)) {
    throw new S3Error(400, "InvalidStorageClass", "The storage class you specified is not valid");
  }
  const userMetadata = Object.entries(headers).flatMap(([name, value = ""]) =>
    name.startsWith(userPrefix) ? [[name.slice(userPrefix.length), value] as const] : [],
  );
  const size = userMetadata.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  if (size > 2048) {
    throw new S3Error(
      400,
      "MetadataTooLarge",
      "Your metadata headers exceed the maximum allowed metadata size",
    );
  }
  const encoding = codings(headers)
    .filter((coding) => coding !== "" && coding !== "aws-chunked")
    .join(",");
  const fields = systemFields.flatMap((field) => {
    const value = field === "contentEncoding" ? encoding : headers[systemHeaders[field]];
    return value === undefined || value === "" ? [] : [[field, value] as const];
  });
  return {
    contentType: "binary/octet-stream",
    ...Object.fromEntries(fields),
    ...(storageClass === undefined ? {} : { storageClass }),
    userMetadata: Object.fromEntries(userMetadata),
  };
}

/** Buckets are as S3 creates them: without ACLs, and encrypted with S3's own keys. */
function checkAccessAndEncryption(headers: Headers): void {
  const acl = headers["x-amz-acl"];
  if (acl !== undefined && acl !== "bucket-owner-full-control") {
    throw new S3Error(400, "AccessControlListNotSupported", "The bucket does not allow ACLs");
  }
  const algorithm = headers[encryption];
  if (algorithm !== undefined && algorithm !== "AES256") {
    throw notImplemented(`${encryption}: ${algorithm}`);
  }
}

/** Parameters of GetObject and HeadObject that replace headers of the answer. */
export const overrideParameters = systemFields.map((field) => `response-${systemHeaders[field]}`);

/** The headers of an answer that describe an object, without its length. */
export function headersOf(
  summary: ObjectSummary,
  { query, headers }: { readonly query: ReadonlyMap<string, string>; readonly headers: Headers },
): Record<string, string> {
  const system = systemFields.flatMap((field) => {
    const name = systemHeaders[field];
    const value = query.get(`response-${name}`) ?? summary[field];
    return value === undefined ? [] : [[name, requireHeaderValue(name, value)] as const];
  });
  const user = Object.entries(summary.userMetadata).map(
    ([name, value]) => [userPrefix + name, value] as const,
  );
  const { storageClass = "STANDARD" } = summary;
  return {
    ...Object.fromEntries(user),
    ...Object.fromEntries(system),
    ...(storageClass === "STANDARD" ? {} : { "x-amz-storage-class": storageClass }),
    ...(headers["x-amz-checksum-mode"]?.toUpperCase() === "ENABLED"
      ? checksumHeadersOf(summary)
      : {}),
    ...encryptionHeader,
    "last-modified": summary.lastModified.toUTCString(),
    "accept-ranges": "bytes",
    etag: `"${summary.etag}"`,
  };
}

/** S3 reports that it encrypts every object. */
export const encryptionHeader = { [encryption]: "AES256" };

export function checksumHeadersOf({
  checksum,
}: Pick<ObjectMetadata, "checksum">): Record<string, string> {
  if (!checksum) return {};
  return {
    [`x-amz-checksum-${checksum.algorithm}`]: checksum.value,
    "x-amz-checksum-type": checksum.type,
  };
}
