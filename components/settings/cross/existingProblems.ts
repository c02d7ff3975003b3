import { nameInArn } from "../../iam/arn";
import { excerpt } from "../../prefix/quote";
import type { Problem } from "../problem";
import type { SettingsView } from "./settingsView";

/** What is wrong with settings beside resources of one's own. */
export function existingProblems(settings: SettingsView): readonly Problem[] {
  return [
    ...unmanagedButSet(settings, "stream", "streamArn", "stream"),
    ...unmanagedButSet(settings, "bucket", "bucketArn", "bucket"),
    ...unmanagedButSet(settings, "roles", "roleArn", "role"),
    ...keyWithoutUse(settings),
    ...accountWithoutBucket(settings),
  ];
}

/** A resource of one's own is read, never managed: settings for it would silently do nothing. */
function unmanagedButSet(
  { known, isGiven, names }: SettingsView,
  group: "stream" | "bucket" | "roles",
  arn: "streamArn" | "bucketArn" | "roleArn",
  resource: string,
): readonly Problem[] {
  if (!isGiven("existing", arn)) return [];
  const existing = known.existing?.[arn];
  const which = existing === undefined ? "" : ` ${excerpt(nameInArn(existing))}`;
  return names(group).map((key) => ({
    path: [group, key],
    reason: `has no effect on the existing ${resource}${which}`,
    allowed: `no ${group} settings beside existing.${arn}: it is read, never managed`,
    mustBeRemoved: true,
  }));
}

function keyWithoutUse({ known, isGiven }: SettingsView): readonly Problem[] {
  if (known.encryption?.mode !== "aws-managed" || !isGiven("existing", "keyArn")) return [];
  return [
    {
      path: ["encryption", "mode"],
      reason: "is aws-managed, which leaves existing.keyArn without use",
      allowed: "customer-managed, or no existing.keyArn",
      suggestion: "customer-managed",
    },
  ];
}

function accountWithoutBucket({ isGiven }: SettingsView): readonly Problem[] {
  if (!isGiven("existing", "bucketAccountId") || isGiven("existing", "bucketArn")) return [];
  return [
    {
      path: ["existing", "bucketAccountId"],
      reason: "names the account of an existing bucket, and none is given",
      allowed: "existing.bucketArn beside it, or neither",
      mustBeRemoved: true,
    },
  ];
}
