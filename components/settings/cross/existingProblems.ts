import { nameInArn } from "../../iam/arn";
import { excerpt } from "../../prefix/quote";
import type { Problem } from "../problem";
import type { SettingsView } from "./settingsView";

/** Settings that conflict with existing resources. */
export function existingProblems(settings: SettingsView): readonly Problem[] {
  return [
    ...unmanagedButSet(settings, "stream", "streamArn", "stream"),
    ...unmanagedButSet(settings, "bucket", "bucketArn", "bucket"),
    ...unmanagedButSet(settings, "roles", "roleArn", "role"),
    ...unusedKey(settings),
    ...accountWithoutBucket(settings),
  ];
}

/** An existing resource is not managed: settings for it would silently have no effect. */
function unmanagedButSet(
  { known, isGiven, names }: SettingsView,
  group: "stream" | "bucket" | "roles",
  arn: "streamArn" | "bucketArn" | "roleArn",
  resource: string,
): readonly Problem[] {
  if (!isGiven("existing", arn)) return [];
  const existing = known.existing?.[arn];
  const name = existing === undefined ? "" : ` ${excerpt(nameInArn(existing))}`;
  return names(group).map((key) => ({
    path: [group, key],
    reason: `has no effect on the existing ${resource}${name}`,
    allowed: `no ${group} settings together with existing.${arn}, which is not managed`,
    mustBeRemoved: true,
  }));
}

function unusedKey({ known, isGiven }: SettingsView): readonly Problem[] {
  if (known.encryption?.mode !== "aws-managed" || !isGiven("existing", "keyArn")) return [];
  return [
    {
      path: ["encryption", "mode"],
      reason: "is aws-managed, so existing.keyArn would not be used",
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
      reason: "is the account of an existing bucket, but existing.bucketArn is not set",
      allowed: "both existing.bucketArn and existing.bucketAccountId, or neither",
      mustBeRemoved: true,
    },
  ];
}
