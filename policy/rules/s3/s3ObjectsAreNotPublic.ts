import { isObject, readEach, readValue, UNKNOWN } from "../../reading/value";
import { objectTypes } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";

/**
 * Canned ACLs that allow everyone, or every AWS account.
 * Source: Amazon S3 User Guide, "Access control list (ACL) overview"
 */
const publicAcls = ["public-read", "public-read-write", "authenticated-read"];
/** The groups of everyone, and of every AWS account, at the end of their URIs. */
const publicGroups = /\/groups\/global\/(AllUsers|AuthenticatedUsers)$/;

export const s3ObjectsAreNotPublic = resourceRule({
  name: "s3-objects-are-not-public",
  title: "S3 objects are not public",
  description: "No ACL of an S3 object allows everyone, or everyone with an AWS account.",
  severity: "high",
  references: { prowler: ["s3_bucket_object_public"] },
  remediationSteps:
    "Remove acl and the grants of the object, and allow access in the bucket policy.",
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html",
  types: objectTypes,
  evaluate({ props }, verdict) {
    const acl = readValue(props, "acl");
    if (acl === UNKNOWN) verdict.undecided("acl");
    else if (publicAcls.some((word) => word === acl)) {
      verdict.violation("acl is public: remove it, and use the bucket policy.");
    }
    const uris = readEach(props, "grants").map((grant) =>
      isObject(grant) ? (grant["uri"] ?? "") : grant,
    );
    if (uris.some((uri) => typeof uri === "string" && publicGroups.test(uri))) {
      verdict.violation("grants allow a public group: remove them, and use the bucket policy.");
    } else if (uris.includes(UNKNOWN)) verdict.undecided("grants");
  },
});
