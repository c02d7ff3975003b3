import { UNKNOWN, quoteOneOf, readEach, readValue } from "../../reading/value";
import { bucketAclTypes, bucketTypes, ownershipControlsType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import type { EvaluatedResource } from "../../rule/resourceRule";
import { stackRule } from "../../rule/stackRule";
import type { Verdict } from "../../rule/verdict";
import { isBucket } from "./bucketResource";
import { requireCompanion } from "./requireCompanion";

const securityHub = [
  {
    id: "S3.12",
    title: "ACLs should not be used to manage user access to S3 general purpose buckets.",
  },
];
const url = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html";
const ownershipPath = "rule.objectOwnership";
const ownerships = ["BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter"];

/** Advisory: S3 has enforced the owner of every bucket made since April 2023. */
export const s3BucketsHaveOwnershipControls = stackRule({
  name: "s3-buckets-have-ownership-controls",
  title: "S3 buckets have ownership controls",
  description: "Every S3 bucket has BucketOwnershipControls, which switch its ACLs off.",
  severity: "low",
  level: "advisory",
  references: { securityHub, checkov: ["CKV2_AWS_65"], prowler: ["s3_bucket_acl_prohibited"] },
  remediationSteps:
    'Add an aws.s3.BucketOwnershipControls with objectOwnership "BucketOwnerEnforced" for the bucket.',
  url,
  types: bucketTypes,
  evaluate: requireCompanion({
    types: [ownershipControlsType],
    what: "ownership controls",
    fix: 'add an aws.s3.BucketOwnershipControls with objectOwnership "BucketOwnerEnforced"',
  }),
});

export const s3AclsAreDisabled = resourceRule({
  name: "s3-acls-are-disabled",
  title: "S3 ACLs are disabled",
  description: "No S3 bucket has an ACL, and ownership controls enforce the bucket's owner.",
  severity: "medium",
  references: {
    securityHub,
    checkov: ["CKV2_AWS_65", "CKV_AWS_20", "CKV_AWS_57", "CKV_AWS_375"],
    trivy: ["AWS-0092"],
    prowler: ["s3_bucket_acl_prohibited"],
    cfnGuard: ["S3_BUCKET_PUBLIC_READ_ACL"],
  },
  remediationSteps: `Set ${ownershipPath} to "BucketOwnerEnforced", remove ACLs and grants, and allow access in the bucket policy.`,
  url,
  types: [ownershipControlsType, ...bucketAclTypes, ...bucketTypes],
  evaluate(resource, verdict) {
    if (resource.type === ownershipControlsType) judgeOwnership(resource, verdict);
    else if (isBucket(resource)) judgeBucket(resource, verdict);
    else verdict.violation("The bucket has an ACL: remove it, and use the bucket policy.");
  },
});

function judgeOwnership({ props }: EvaluatedResource, verdict: Verdict): void {
  const [ownership] = readEach(props, ownershipPath);
  if (ownership === UNKNOWN) verdict.undecided(ownershipPath);
  else if (ownership !== "BucketOwnerEnforced") {
    const found = quoteOneOf(ownerships, ownership);
    verdict.violation(`${ownershipPath} is ${found}: set it to "BucketOwnerEnforced".`);
  }
}

/** A private ACL is what every bucket has that declares none. */
function judgeBucket({ props }: EvaluatedResource, verdict: Verdict): void {
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
