import type { ObjectFiles } from "./objectFiles";
import { owner } from "./listObjects";
import type { Operation } from "./operation";
import { receiveXml } from "./receiveBody";
import { invalidArgument, invalidRequest, notImplemented, S3Error } from "./s3Error";
import type { S3Request, S3Response } from "./s3Request";
import { element, s3Document } from "./xml";
import { childText, requireChildren } from "./xmlReader";

export const listBuckets: Operation = {
  async run(_: S3Request, files: ObjectFiles): Promise<S3Response> {
    const buckets = (await files.buckets()).map(({ name, created }) =>
      element("Bucket", [element("Name", name), element("CreationDate", created.toISOString())]),
    );
    const body = s3Document("ListAllMyBucketsResult", [
      element("Owner", owner),
      element("Buckets", buckets),
    ]);
    return { status: 200, body };
  },
};

export const createBucket: Operation = {
  headers: ["x-amz-acl", "x-amz-object-ownership", "x-amz-bucket-object-lock-enabled"],
  async run(request: S3Request, files: ObjectFiles): Promise<S3Response> {
    requirePrivate(request.headers["x-amz-acl"] ?? "private");
    for (const [name, only] of [
      ["x-amz-object-ownership", "BucketOwnerEnforced"],
      ["x-amz-bucket-object-lock-enabled", "false"],
    ] as const) {
      const value = request.headers[name] ?? only;
      if (value.toLowerCase() !== only.toLowerCase()) throw notImplemented(`${name}: ${value}`);
    }
    await files.createBucket(request.bucket, await readLocation(request));
    return { status: 200, headers: { location: `/${request.bucket}` } };
  },
};

const cannedAcls = ["private", "public-read", "public-read-write", "authenticated-read"];

/** S3 creates buckets without ACLs (User Guide, "Controlling ownership of objects"). */
function requirePrivate(acl: string): void {
  if (!cannedAcls.includes(acl)) throw invalidArgument(`x-amz-acl must be a canned ACL: ${acl}`);
  if (acl === "private") return;
  throw new S3Error(
    400,
    "InvalidBucketAclWithObjectOwnership",
    "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
  );
}

async function readLocation(request: S3Request): Promise<string> {
  const configuration = await receiveXml(request, "CreateBucketConfiguration");
  if (!configuration) return "";
  for (const name of ["Location", "Bucket", "Tags"]) {
    if (configuration.children.some((child) => child.name === name)) {
      throw notImplemented(`${name} in CreateBucketConfiguration`);
    }
  }
  requireChildren(configuration, "LocationConstraint");
  const location = childText(configuration, "LocationConstraint")?.trim() ?? "";
  if (/^(?:[a-zA-Z0-9-]{0,40})$/u.test(location)) return location;
  throw invalidRequest("The specified location-constraint is not valid");
}

export const headBucket: Operation = {
  run({ bucket }: S3Request, files: ObjectFiles): Promise<S3Response> {
    const region = files.location(bucket) || "us-east-1";
    return Promise.resolve({ status: 200, headers: { "x-amz-bucket-region": region } });
  },
};

export const deleteBucket: Operation = {
  async run({ bucket }: S3Request, files: ObjectFiles): Promise<S3Response> {
    await files.deleteBucket(bucket);
    return { status: 204 };
  },
};

export const getBucketLocation: Operation = {
  parameters: ["location"],
  run({ bucket }: S3Request, files: ObjectFiles): Promise<S3Response> {
    const [location, xmlns] = [files.location(bucket), "http://s3.amazonaws.com/doc/2006-03-01/"];
    const body = `<?xml version="1.0" encoding="UTF-8"?>\n<LocationConstraint xmlns="${xmlns}">${location}</LocationConstraint>`;
    return Promise.resolve({ status: 200, body });
  },
};

/** Buckets are not versioned. */
export const getBucketVersioning: Operation = {
  parameters: ["versioning"],
  run({ bucket }: S3Request, files: ObjectFiles): Promise<S3Response> {
    files.requireBucket(bucket);
    return Promise.resolve({ status: 200, body: s3Document("VersioningConfiguration", []) });
  },
};
