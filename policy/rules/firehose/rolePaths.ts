import type { PolicyResource } from "@pulumi/policy";
import type { Properties } from "../../reading/value";
import type { Verdict } from "../../rule/verdict";
import { roles } from "../../stack/link";
import type { Stack } from "../../stack/stack";
import { destinationsOf } from "./destinations";

/** The roles with which a delivery stream writes to its destination and its buckets. */
export function deliveryRolePaths(props: Properties): readonly string[] {
  return pathsIn(props, ["roleArn", "s3Configuration.roleArn"]);
}

/**
 * The roles of a delivery stream that the stack declares. If there are others, the rule is undecided about
 * unknown ones, and does not apply if all are declared elsewhere.
 */
export function declaredRoles(
  deliveryStream: PolicyResource,
  verdict: Verdict,
  stack: Stack,
): readonly PolicyResource[] {
  const links = rolePaths(deliveryStream.props).flatMap((path) =>
    stack.links(deliveryStream, path, roles),
  );
  if (links.every(({ kind }) => kind === "elsewhere")) {
    verdict.inapplicable("its roles are not declared in this stack");
  } else if (links.some(({ kind }) => kind === "unknown")) verdict.undecided("the roles");
  return links.flatMap((link) => (link.kind === "declared" ? [link.resource] : []));
}

/** Every role that a delivery stream uses, for the source, the destination and what belongs to it. */
function rolePaths(props: Properties): readonly string[] {
  return [
    "kinesisSourceConfiguration.roleArn",
    "mskSourceConfiguration.authenticationConfiguration.roleArn",
    ...pathsIn(props, [
      "roleArn",
      "s3Configuration.roleArn",
      "s3BackupConfiguration.roleArn",
      "dataFormatConversionConfiguration.schemaConfiguration.roleArn",
      "secretsManagerConfiguration.roleArn",
      "vpcConfig.roleArn",
    ]),
  ];
}

function pathsIn(props: Properties, names: readonly string[]): readonly string[] {
  return destinationsOf(props).flatMap(({ path }) => names.map((name) => `${path}.${name}`));
}
