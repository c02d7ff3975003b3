import { anyOf, UNKNOWN } from "../../reading/value";
import { bucketLifecycleTypes, bucketTypes } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import { isBucket } from "./bucketResource";
import { abortsUploads, lifecycleRules } from "./lifecycleRules";
import { haveLifecycle, haveLifecycleOfVersions } from "./securityHubControls";

export const s3IncompleteUploadsAreAborted = resourceRule({
  name: "s3-incomplete-uploads-are-aborted",
  title: "S3 lifecycles abort incomplete uploads",
  description: "Every lifecycle of a bucket aborts incomplete multipart uploads.",
  severity: "low",
  level: "advisory",
  references: { securityHub: [haveLifecycle, haveLifecycleOfVersions], checkov: ["CKV_AWS_300"] },
  remediationSteps:
    "Add an enabled rule without a filter that sets the days after which incomplete multipart uploads are aborted.",
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpu-abort-incomplete-mpu-lifecycle-config.html",
  types: [...bucketLifecycleTypes, ...bucketTypes],
  evaluate(resource, verdict) {
    const rules = lifecycleRules(resource.props);
    if (rules.length === 0 && isBucket(resource)) {
      verdict.inapplicable("the bucket has no in-line lifecycle");
      return;
    }
    const areAborted = anyOf(rules.map(abortsUploads));
    if (areAborted === UNKNOWN) verdict.undecided("the lifecycle rules");
    else if (!areAborted) {
      verdict.violation(
        "No rule aborts incomplete uploads of every object: add an enabled rule without a filter that does.",
      );
    }
  },
});
