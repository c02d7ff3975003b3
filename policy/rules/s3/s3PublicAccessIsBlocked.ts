import { publicAccessBlockType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import { evaluateFlags, publicAccessFlags } from "./publicAccessFlags";
import { blockPublicAccess } from "./securityHubControls";

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
  remediationSteps: `Set ${publicAccessFlags.join(", ")} to true.`,
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
  types: [publicAccessBlockType],
  evaluate({ props }, verdict) {
    evaluateFlags(props, verdict, false);
  },
  remediate: () => publicAccessFlags.map((flag) => ({ path: flag, value: true })),
});
