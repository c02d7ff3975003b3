import { UNKNOWN, quoteOneOf, readEach, readValue } from "../../reading/value";
import { bucketAclTypes, bucketTypes, ownershipControlsType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import type { EvaluatedResource } from "../../rule/resourceRule";
import type { Verdict } from "../../rule/verdict";
import { isBucket } from "./bucketResource";
import { blockPublicRead, blockPublicWrite, doNotUseAcls } from "./securityHubControls";

const ownershipPath = "rule.objectOwnership";
const ownerships = ["BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter"];

export const s3AclsAreDisabled = resourceRule({
  name: "s3-acls-are-disabled",
  title: "S3 ACLs are disabled",
  description:
    "No S3 bucket has an ACL but the private one, and ownership controls enforce its owner.",
  severity: "medium",
  references: {
    securityHub: [doNotUseAcls, blockPublicRead, blockPublicWrite],
    checkov: ["CKV2_AWS_43", "CKV2_AWS_65", "CKV_AWS_20", "CKV_AWS_57", "CKV_AWS_375"],
    trivy: ["AWS-0092"],
    prowler: ["s3_bucket_acl_prohibited"],
    cfnGuard: ["S3_BUCKET_PUBLIC_READ_ACL", "S3_BUCKET_NO_PUBLIC_RW_ACL"],
  },
  remediationSteps: `Set ${ownershipPath} to "BucketOwnerEnforced", remove ACLs and grants, and allow access in the bucket policy.`,
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html",
  types: [ownershipControlsType, ...bucketAclTypes, ...bucketTypes],
  evaluate(resource, verdict) {
    if (resource.type === ownershipControlsType) evaluateOwnership(resource, verdict);
    else if (isBucket(resource)) evaluateInlineAcl(resource, verdict);
    else evaluateAcl(resource, verdict);
  },
});

function evaluateOwnership({ props }: EvaluatedResource, verdict: Verdict): void {
  const [ownership] = readEach(props, ownershipPath);
  if (ownership === UNKNOWN) verdict.undecided(ownershipPath);
  else if (ownership !== "BucketOwnerEnforced") {
    const found = quoteOneOf(ownerships, ownership);
    verdict.violation(`${ownershipPath} is ${found}: set it to "BucketOwnerEnforced".`);
  }
}

/** A private ACL is the one that every bucket has. */
function evaluateAcl({ props }: EvaluatedResource, verdict: Verdict): void {
  const acl = readValue(props, "acl");
  // After the update, a private ACL has its owner's grant here, too.
  const grants = readValue(props, "accessControlPolicy");
  if (acl === "private") return;
  if (acl === UNKNOWN) verdict.undecided("acl");
  else if (acl !== undefined) {
    verdict.violation("acl is not private: remove it, and use the bucket policy.");
  } else if (grants === UNKNOWN) verdict.undecided("accessControlPolicy");
  else if (grants !== undefined) {
    verdict.violation("accessControlPolicy is set: remove it, and use the bucket policy.");
  }
}

/** A bucket that declares no ACL has a private one. */
function evaluateInlineAcl({ props }: EvaluatedResource, verdict: Verdict): void {
  const acl = readValue(props, "acl") ?? "private";
  if (acl === UNKNOWN) verdict.undecided("acl");
  else if (acl !== "private") {
    verdict.violation("acl is not private: remove it, and use the bucket policy.");
  }
  const grants = readEach(props, "grants");
  if (grants.some((grant) => grant !== UNKNOWN)) {
    verdict.violation("grants is not empty: remove it, and use the bucket policy.");
  } else if (grants.length > 0) verdict.undecided("grants");
}
