import { accountPublicAccessBlockType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import { evaluateFlags, publicAccessFlags } from "./publicAccessFlags";

export const s3AccountPublicAccessIsBlocked = resourceRule({
  name: "s3-account-public-access-is-blocked",
  title: "S3 public access blocks of accounts are complete",
  description: "Every AccountPublicAccessBlock sets all four of its flags to true.",
  severity: "high",
  references: {
    securityHub: [
      {
        id: "S3.1",
        title: "S3 general purpose buckets should have block public access settings enabled.",
      },
    ],
    prowler: ["s3_account_level_public_access_blocks"],
  },
  remediationSteps: `Set ${publicAccessFlags.join(", ")} to true. They apply to every bucket of the account.`,
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/configuring-block-public-access-account.html",
  types: [accountPublicAccessBlockType],
  evaluate({ props }, verdict) {
    evaluateFlags(props, verdict, false);
  },
  remediate: () => publicAccessFlags.map((flag) => ({ path: flag, value: true })),
});
