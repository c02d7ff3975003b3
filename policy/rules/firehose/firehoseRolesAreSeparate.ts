import { UNKNOWN } from "../../reading/value";
import { deliveryStreamType } from "../../resourceTypes";
import { stackRule } from "../../rule/stackRule";
import { haveSameTarget, roles } from "../../stack/link";

export const firehoseRolesAreSeparate = stackRule({
  name: "firehose-roles-are-separate",
  title: "Delivery streams read and write with separate roles",
  description: "The role that reads the source of a delivery stream does not write to S3.",
  severity: "low",
  level: "advisory",
  references: { wellArchitected: ["security"] },
  remediationSteps:
    "Set a role that may only read the stream in kinesisSourceConfiguration, and a role that may only write to the bucket in extendedS3Configuration.",
  url: "https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html",
  types: [deliveryStreamType],
  evaluate(resource, verdict, _, stack) {
    const [source] = stack.links(resource, "kinesisSourceConfiguration.roleArn", roles);
    const [delivery] = stack.links(resource, "extendedS3Configuration.roleArn", roles);
    if (source === undefined || delivery === undefined) {
      verdict.inapplicable("the delivery stream does not deliver from a Kinesis stream to S3");
      return;
    }
    const same = haveSameTarget(source, delivery);
    if (same === UNKNOWN) verdict.undecided("the roles");
    else if (same) {
      verdict.violation(
        "kinesisSourceConfiguration.roleArn and extendedS3Configuration.roleArn are the same role: use a separate role for each.",
      );
    }
  },
});
