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
    ...unusedMode(settings),
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

/** AWS-managed keys where the settings specify the keys of both. */
function unusedMode({ known, isGiven }: SettingsView): readonly Problem[] {
  if (known.encryption?.mode !== "aws-managed") return [];
  const problem = (reason: string, allowed: string) => [
    { path: ["encryption", "mode"], reason, allowed, suggestion: "customer-managed" },
  ];
  if (isGiven("existing", "keyArn"))
    return problem(
      "is aws-managed, so existing.keyArn would not be used",
      "customer-managed, or no existing.keyArn",
    );
  if (!hasBothKeys(isGiven)) return [];
  return problem(
    "is aws-managed, but existing.streamKeyArn and existing.bucketKeyArn specify the keys",
    "customer-managed, or only one of the two keys",
  );
}

/** The key of both is not used where each has its own. */
function unusedKey({ isGiven }: SettingsView): readonly Problem[] {
  if (!isGiven("existing", "keyArn") || !hasBothKeys(isGiven)) return [];
  return [
    {
      path: ["existing", "keyArn"],
      reason: "has no effect, because existing.streamKeyArn and existing.bucketKeyArn replace it",
      allowed: "at most two of the three keys",
      mustBeRemoved: true,
    },
  ];
}

function hasBothKeys(isGiven: SettingsView["isGiven"]): boolean {
  return isGiven("existing", "streamKeyArn") && isGiven("existing", "bucketKeyArn");
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
