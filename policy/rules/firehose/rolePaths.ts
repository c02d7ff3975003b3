import type { Properties } from "../../reading/value";
import { destinationsOf } from "./destinations";

/** The roles with which a delivery stream writes to its destination and its buckets. */
export function deliveryRolePaths(props: Properties): readonly string[] {
  return pathsIn(props, ["roleArn", "s3Configuration.roleArn"]);
}

/** Every role that a delivery stream uses, for the source, the destination and what belongs to it. */
export function rolePaths(props: Properties): readonly string[] {
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
