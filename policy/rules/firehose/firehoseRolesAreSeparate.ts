import { UNKNOWN } from "../../reading/value";
import { deliveryStreamType } from "../../resourceTypes";
import { stackRule } from "../../rule/stackRule";
import { haveSameTarget, roles } from "../../stack/link";
import { deliveryRolePaths } from "./rolePaths";

const sourcePath = "kinesisSourceConfiguration.roleArn";

export const firehoseRolesAreSeparate = stackRule({
  name: "firehose-roles-are-separate",
  title: "Delivery streams read and write with separate roles",
  description:
    "The role that reads the source of a delivery stream does not write to a destination.",
  severity: "low",
  level: "advisory",
  references: { wellArchitected: ["security"] },
  remediationSteps:
    "Set a role that may only read the stream in kinesisSourceConfiguration, and a role that may only write to the destination in its configuration and in s3Configuration.",
  url: "https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html",
  types: [deliveryStreamType],
  evaluate(resource, verdict, _, stack) {
    const [source] = stack.links(resource, sourcePath, roles);
    const written = deliveryRolePaths(resource.props).flatMap((path) =>
      stack.links(resource, path, roles).map((link) => ({ path, link })),
    );
    if (source === undefined || written.length === 0) {
      verdict.inapplicable(
        "the delivery stream does not deliver from a Kinesis stream with a role for each",
      );
      return;
    }
    const compared = written.map(({ path, link }) => ({
      path,
      same: haveSameTarget(source, link),
    }));
    const same = compared.filter((found) => found.same === true).map(({ path }) => path);
    if (same.length > 0) {
      verdict.violation(
        `${[sourcePath, ...same].join(" and ")} are the same role: use a separate role for each.`,
      );
    } else if (compared.some((found) => found.same === UNKNOWN)) verdict.undecided("the roles");
  },
});
