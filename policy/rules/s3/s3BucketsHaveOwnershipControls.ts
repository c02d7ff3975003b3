import { bucketTypes, ownershipControlsType } from "../../resourceTypes";
import { stackRule } from "../../rule/stackRule";
import { requireCompanion } from "./requireCompanion";
import { doNotUseAcls } from "./securityHubControls";

/** Advisory: S3 disables the ACLs of every bucket created since April 2023. */
export const s3BucketsHaveOwnershipControls = stackRule({
  name: "s3-buckets-have-ownership-controls",
  title: "S3 buckets have ownership controls",
  description: "Every S3 bucket has BucketOwnershipControls, which disable its ACLs.",
  severity: "low",
  level: "advisory",
  references: {
    securityHub: [doNotUseAcls],
    checkov: ["CKV2_AWS_65"],
    prowler: ["s3_bucket_acl_prohibited"],
  },
  remediationSteps:
    'Add an aws.s3.BucketOwnershipControls with objectOwnership "BucketOwnerEnforced" for the bucket.',
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html",
  types: bucketTypes,
  evaluate: requireCompanion({
    types: [ownershipControlsType],
    what: "ownership controls",
    fix: 'add an aws.s3.BucketOwnershipControls with objectOwnership "BucketOwnerEnforced"',
  }),
});
