import { type Headers, requireHeaderValue } from "./headers";
import { invalidArgument, S3Error } from "./s3Error";

type Parameter = [name: string, value: string];

/** A query without its signature, and the headers that were in it. */
export interface Presigned {
  readonly query: readonly Parameter[];
  readonly headers: Headers;
}

const version4 = ["Algorithm", "Credential", "Date", "Expires", "SignedHeaders", "Signature"].map(
  (name) => `x-amz-${name.toLowerCase()}`,
);
const version2 = ["AWSAccessKeyId", "Expires", "Signature"];

/** A week, in seconds. */
const longestValidity = 604_800;

/**
 * Reads the query of a presigned URL of signature version 4 or 2. Its `x-amz-*` parameters are headers,
 * except checksums, which S3 ignores there. Signatures are not checked.
 *
 * @throws S3Error if the URL has expired, or lacks a part of its signature
 */
export function readPresigned(query: readonly Parameter[], now: Date): Presigned {
  const lower = new Map(query.map(([name, value]) => [name.toLowerCase(), value]));
  const exact = new Map(query);
  const isVersion4 = lower.has("x-amz-signature") || lower.has("x-amz-algorithm");
  const isVersion2 = !isVersion4 && (exact.has("Signature") || exact.has("AWSAccessKeyId"));
  if (isVersion4) checkVersion4(lower, now);
  else if (isVersion2) checkVersion2(exact, now);
  else return { query, headers: {} };

  const isAmazon = (name: string) => name.toLowerCase().startsWith("x-amz-");
  const signing = [...version4, "x-amz-security-token", "x-amz-content-sha256"];
  const headers = query.flatMap(([name, value]): Parameter[] => {
    const header = name.toLowerCase();
    const isChecksum = /^x-amz-(?:sdk-checksum-algorithm|checksum-(?!mode|type|algorithm))/u;
    if (!isAmazon(name) || signing.includes(header) || isChecksum.test(header)) return [];
    if (!/^[a-z0-9!#$%&'*+.^_`|~-]+$/u.test(header)) {
      throw invalidArgument(`"${header}" is not the name of a header.`);
    }
    return [[header, requireHeaderValue(header, value)]];
  });
  return {
    query: query.filter(([name]) => !isAmazon(name) && !(isVersion2 && version2.includes(name))),
    headers: Object.fromEntries(headers),
  };
}

function checkVersion4(query: ReadonlyMap<string, string>, now: Date): void {
  if (!version4.every((name) => query.has(name))) {
    throw invalidQuery(
      "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.",
    );
  }
  if (!/^AWS4-(?:HMAC-SHA256|ECDSA-P256-SHA256)$/u.test(query.get("x-amz-algorithm") ?? "")) {
    throw invalidQuery(
      'X-Amz-Algorithm only supports "AWS4-HMAC-SHA256 and AWS4-ECDSA-P256-SHA256"',
    );
  }
  const date = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/u.exec(query.get("x-amz-date") ?? "");
  const [year, month, day, hour, minute, second] = date?.slice(1) ?? [];
  const signed = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`).getTime();
  if (Number.isNaN(signed)) {
    throw invalidQuery(`X-Amz-Date must be in the ISO8601 Long Format "yyyyMMdd'T'HHmmss'Z'"`);
  }
  const expires = query.get("x-amz-expires") ?? "";
  if (!/^-?\d+$/u.test(expires)) throw invalidQuery("X-Amz-Expires should be a number");
  if (Number(expires) < 0) throw invalidQuery("X-Amz-Expires must be non-negative");
  if (Number(expires) > longestValidity) {
    throw invalidQuery(
      `X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than ${longestValidity} seconds`,
    );
  }
  checkExpiry(signed + Number(expires) * 1000, now);
}

function checkVersion2(query: ReadonlyMap<string, string>, now: Date): void {
  if (!version2.every((name) => query.has(name))) {
    throw new S3Error(
      403,
      "AccessDenied",
      "Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters",
    );
  }
  const expires = query.get("Expires") ?? "";
  if (!/^\d{1,12}$/u.test(expires)) {
    throw new S3Error(
      403,
      "AccessDenied",
      `Invalid date (should be seconds since epoch): ${expires}`,
    );
  }
  checkExpiry(Number(expires) * 1000, now);
}

function checkExpiry(expiry: number, now: Date): void {
  if (now.getTime() <= expiry) return;
  throw new S3Error(403, "AccessDenied", "Request has expired", {
    Expires: new Date(expiry).toISOString(),
    ServerTime: now.toISOString(),
  });
}

function invalidQuery(message: string): S3Error {
  return new S3Error(400, "AuthorizationQueryParametersError", message);
}
