import type { PolicyResource } from "@pulumi/policy";
import type { Properties } from "../../reading/value";
import type { Verdict } from "../../rule/verdict";
import { roles } from "../../stack/link";
import type { Stack } from "../../stack/stack";
import { destinationsOf } from "./destinations";
import { parameterOf, processorsOf } from "./processors";

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
  const { props } = deliveryStream;
  const links = [
    ...rolePaths(props).flatMap((path) => stack.links(deliveryStream, path, roles)),
    ...functionRoles(deliveryStream, stack),
  ];
  if (links.every(({ kind }) => kind === "elsewhere")) {
    verdict.inapplicable("its roles are not declared in this stack");
  } else if (links.some(({ kind }) => kind === "unknown")) verdict.undecided("the roles");
  return links.flatMap((link) => (link.kind === "declared" ? [link.resource] : []));
}

/** The roles with which processors invoke functions, if they name one. */
function functionRoles({ props, propertyDependencies }: PolicyResource, stack: Stack) {
  return destinationsOf(props).flatMap(({ path }) =>
    processorsOf(props, path).flatMap((processor) => {
      const arn = parameterOf(processor, "RoleArn");
      const isNamed = typeof arn === "string" && processor.type === "Lambda";
      return isNamed ? stack.linksOf(arn, propertyDependencies[path] ?? [], roles) : [];
    }),
  );
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
