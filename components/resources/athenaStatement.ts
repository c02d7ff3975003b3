import * as pulumi from "@pulumi/pulumi";
import { athenaTable } from "../athena/athenaTable";
import type { LakeBucket } from "./bucket";
import type { Scope } from "./scope";

/** SQL that creates an Athena table of the delivered data. */
export function athenaStatement(
  { name, settings }: Scope,
  bucket: LakeBucket,
): pulumi.Output<string> {
  const { prefix, timeZone, compression } = settings.delivery;
  const { expiryDays } = settings.bucket;
  return pulumi
    .output({
      name,
      bucketName: bucket.name,
      prefix,
      timeZone,
      compression,
      ...(expiryDays !== undefined && { expiryDays }),
    })
    .apply(athenaTable);
}
