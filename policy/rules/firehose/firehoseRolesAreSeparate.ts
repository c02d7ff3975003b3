import { type Decision, UNKNOWN } from "../../reading/value";
import { deliveryStreamType } from "../../resourceTypes";
import { stackRule } from "../../rule/stackRule";
import { roles } from "../../stack/kinds";
import type { Link } from "../../stack/link";

export const firehoseRolesAreSeparate = stackRule({
  name: "firehose-roles-are-separate",
  title: "Firehose reads and writes with separate roles",
  description: "The role that reads the source of a delivery stream does not write to S3.",
  severity: "low",
  level: "advisory",
  references: { wellArchitected: ["security"] },
  remediationSteps:
    "Give kinesisSourceConfiguration a role that may only read the stream, and extendedS3Configuration one that may only write to the bucket.",
  url: "https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html",
  types: [deliveryStreamType],
  evaluate(resource, verdict, _, stack) {
    const [source] = stack.links(resource, "kinesisSourceConfiguration.roleArn", roles);
    const [delivery] = stack.links(resource, "extendedS3Configuration.roleArn", roles);
    if (source === undefined || delivery === undefined) {
      verdict.inapplicable("it does not deliver from a Kinesis stream to S3");
      return;
    }
    const same = isSame(source, delivery);
    if (same === UNKNOWN) verdict.undecided("the roles");
    else if (same) {
      verdict.violation(
        "kinesisSourceConfiguration.roleArn and extendedS3Configuration.roleArn are the same role: give each one of its own.",
      );
    }
  },
});

function isSame(one: Link, other: Link): Decision {
  if (one.kind === "unknown") return couldBe(one, other);
  if (other.kind === "unknown") return couldBe(other, one);
  if (one.kind === "declared") return other.kind === "declared" && one.resource === other.resource;
  return other.kind === "elsewhere" && one.name === other.name;
}

function couldBe(open: Extract<Link, { kind: "unknown" }>, other: Link): Decision {
  return other.kind === "declared" && !open.couldBe(other.resource) ? false : UNKNOWN;
}
