import { accessPointType, multiRegionAccessPointType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import { UNKNOWN, readValue } from "../../reading/value";
import { evaluateFlags } from "./publicAccessFlags";

export const s3AccessPointsBlockPublicAccess = resourceRule({
  name: "s3-access-points-block-public-access",
  title: "S3 access points block public access",
  description: "No access point of a bucket, or of buckets in several Regions, allows the public.",
  severity: "critical",
  references: {
    securityHub: [
      {
        id: "S3.19",
        title: "S3 access points should have block public access settings enabled.",
      },
      {
        id: "S3.24",
        title: "S3 Multi-Region Access Points should have block public access settings enabled.",
      },
    ],
    checkov: ["CKV_AWS_392"],
    prowler: [
      "s3_access_point_public_access_block",
      "s3_multi_region_access_point_public_access_block",
    ],
  },
  remediationSteps:
    "Remove the flags of the public access block that are false: all are true by default. A change replaces the access point.",
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-bpa-settings.html",
  types: [accessPointType, multiRegionAccessPointType],
  evaluate({ type, props }, verdict) {
    const block =
      type === accessPointType ? "publicAccessBlockConfiguration" : "details.publicAccessBlock";
    if (readValue(props, block) === UNKNOWN) verdict.undecided(block);
    else evaluateFlags(props, verdict, true, `${block}.`);
  },
});
