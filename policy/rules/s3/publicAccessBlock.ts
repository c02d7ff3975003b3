import type { Policy, ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { judgeResource, judgeStack } from "../../judge";
import { publicAccessBlockType } from "../../resourceTypes";
import { securityHub } from "../../securityHub";
import { UNKNOWN, readValue } from "../../value";
import { requireCompanion } from "./requireCompanion";

const metadata = {
  severity: "high",
  enforcementLevel: "mandatory",
  framework: securityHub("S3.8", "S3 general purpose buckets should block public access."),
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
} satisfies Partial<Policy>;

export const s3BucketsHavePublicAccessBlock: StackValidationPolicy = {
  ...metadata,
  name: "s3-buckets-have-public-access-block",
  displayName: "S3 buckets have a public access block",
  description: "Every S3 bucket has a BucketPublicAccessBlock.",
  tags: [
    "security-hub:S3.8",
    "checkov:CKV2_AWS_6",
    "cdk-nag:AwsSolutions-S2",
    "trivy:AWS-0094",
    "prowler:s3_bucket_level_public_access_block",
    "cfn-guard:S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED",
  ],
  remediationSteps:
    "Add an aws.s3.BucketPublicAccessBlock with all four flags true for the bucket.",
  validateStack: judgeStack({}, (resources, verdict) => {
    requireCompanion(resources, verdict, {
      types: [publicAccessBlockType],
      what: "public access block",
      fix: "add an aws.s3.BucketPublicAccessBlock with all four flags true",
    });
  }),
};

const flags = [
  "blockPublicAcls",
  "blockPublicPolicy",
  "ignorePublicAcls",
  "restrictPublicBuckets",
] as const;

export const s3PublicAccessIsBlocked: ResourceValidationPolicy = {
  ...metadata,
  name: "s3-public-access-is-blocked",
  displayName: "S3 public access blocks are complete",
  description: "Every BucketPublicAccessBlock sets all four of its flags to true.",
  tags: [
    "security-hub:S3.8",
    "checkov:CKV_AWS_53",
    "checkov:CKV_AWS_54",
    "checkov:CKV_AWS_55",
    "checkov:CKV_AWS_56",
    "cdk-nag:AwsSolutions-S2",
    "trivy:AWS-0086",
    "trivy:AWS-0087",
    "trivy:AWS-0091",
    "trivy:AWS-0093",
  ],
  remediationSteps: `Set ${flags.join(", ")} to true.`,
  validateResource: judgeResource([publicAccessBlockType], {}, ({ props }, verdict) => {
    for (const flag of flags) {
      const value = readValue(props, flag);
      if (value === UNKNOWN) verdict.undecided(flag);
      else if (value !== true) {
        const found = value === undefined ? "absent (the default is false)" : "not true";
        verdict.violation(`${flag} is ${found}: set it to true.`);
      }
    }
  }),
};
