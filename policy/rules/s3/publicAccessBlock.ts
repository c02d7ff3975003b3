import { UNKNOWN, readValue } from "../../reading/value";
import { bucketTypes, publicAccessBlockType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import { stackRule } from "../../rule/stackRule";
import { requireCompanion } from "./requireCompanion";

const securityHub = [
  { id: "S3.8", title: "S3 general purpose buckets should block public access." },
];
const url =
  "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html";

export const s3BucketsHavePublicAccessBlock = stackRule({
  name: "s3-buckets-have-public-access-block",
  title: "S3 buckets have a public access block",
  description: "Every S3 bucket has a BucketPublicAccessBlock.",
  severity: "high",
  references: {
    securityHub,
    checkov: ["CKV2_AWS_6"],
    cdkNag: ["AwsSolutions-S2"],
    trivy: ["AWS-0094"],
    prowler: ["s3_bucket_level_public_access_block"],
    cfnGuard: ["S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED"],
  },
  remediationSteps:
    "Add an aws.s3.BucketPublicAccessBlock with all four flags true for the bucket.",
  url,
  types: bucketTypes,
  evaluate: requireCompanion({
    types: [publicAccessBlockType],
    what: "public access block",
    fix: "add an aws.s3.BucketPublicAccessBlock with all four flags true",
  }),
});

const flags = [
  "blockPublicAcls",
  "blockPublicPolicy",
  "ignorePublicAcls",
  "restrictPublicBuckets",
] as const;

export const s3PublicAccessIsBlocked = resourceRule({
  name: "s3-public-access-is-blocked",
  title: "S3 public access blocks are complete",
  description: "Every BucketPublicAccessBlock sets all four of its flags to true.",
  severity: "high",
  references: {
    securityHub,
    checkov: ["CKV_AWS_53", "CKV_AWS_54", "CKV_AWS_55", "CKV_AWS_56"],
    cdkNag: ["AwsSolutions-S2"],
    trivy: ["AWS-0086", "AWS-0087", "AWS-0091", "AWS-0093"],
  },
  remediationSteps: `Set ${flags.join(", ")} to true.`,
  url,
  types: [publicAccessBlockType],
  evaluate({ props }, verdict) {
    for (const flag of flags) {
      const value = readValue(props, flag);
      if (value === UNKNOWN) verdict.undecided(flag);
      else if (value !== true) {
        const found = value === undefined ? "absent (the default is false)" : "not true";
        verdict.violation(`${flag} is ${found}: set it to true.`);
      }
    }
  },
  remediate: () => flags.map((flag) => ({ path: flag, value: true })),
});
