import { UNKNOWN, readValue } from "../../reading/value";
import { publicAccessBlockType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import { blockPublicAccess } from "./securityHubControls";

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
    securityHub: [blockPublicAccess],
    checkov: ["CKV_AWS_53", "CKV_AWS_54", "CKV_AWS_55", "CKV_AWS_56"],
    cdkNag: ["AwsSolutions-S2"],
    trivy: ["AWS-0086", "AWS-0087", "AWS-0091", "AWS-0093"],
  },
  remediationSteps: `Set ${flags.join(", ")} to true.`,
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
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
