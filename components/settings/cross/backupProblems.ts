import { fixedHead } from "../../prefix/fixedHead";
import { prefixProblems } from "../../prefix/prefixProblems";
import { quote } from "../../prefix/quote";
import type { FeatureDefaults } from "../featureDefaults";
import type { Features } from "../features";
import type { Problem } from "../problem";
import { withoutEffect } from "./settingsWithoutEffect";
import type { SettingsView } from "./settingsView";

/** Settings of the backup that AWS rejects, that have no effect, or that mix its objects with others. */
export function backupProblems(
  settings: SettingsView,
  features: Features,
  defaults: FeatureDefaults,
): readonly Problem[] {
  if (!features.backsUp) return offProblems(settings);
  return [
    ...bucketProblems(settings),
    ...ownPrefixProblems(settings, defaults),
    ...sharedBucketProblems(settings, defaults),
  ];
}

function offProblems({ names, isUnknown }: SettingsView): readonly Problem[] {
  if (isUnknown("backup", "enabled")) return [];
  return names("backup")
    .filter((name) => name !== "enabled")
    .map((name) => withoutEffect(["backup", name], "backup.enabled: true or backup.bucketArn"));
}

function bucketProblems({ known, isGiven }: SettingsView): readonly Problem[] {
  const isExisting = isGiven("backup", "bucketArn");
  return [
    ...(isExisting && known.backup?.enabled === false
      ? [
          {
            path: ["backup", "enabled"],
            reason: "is false, but backup.bucketArn specifies where source records are stored",
            allowed: "true, or no backup.bucketArn",
            suggestion: true,
          },
        ]
      : []),
    ...(!isExisting && isGiven("backup", "bucketAccountId")
      ? [withoutEffect(["backup", "bucketAccountId"], "backup.bucketArn")]
      : []),
    ...(isExisting && isGiven("backup", "expiryDays")
      ? [
          {
            path: ["backup", "expiryDays"],
            reason: "has no effect on the existing bucket, whose lifecycle stays unchanged",
            allowed: "no backup.expiryDays together with backup.bucketArn",
            mustBeRemoved: true,
          },
        ]
      : []),
  ];
}

function ownPrefixProblems(
  { known, isUnknown }: SettingsView,
  { backup }: FeatureDefaults,
): readonly Problem[] {
  const prefixes = { ...backup, ...known.backup };
  const { prefix = "", errorPrefix = "" } = prefixes;
  return prefixProblems({
    prefix: isUnknown("backup", "prefix") ? "" : prefix,
    errorPrefix,
  })
    .filter(({ field }) => !isUnknown("backup", field))
    .map(({ field, reason, allowed }) => ({
      path: ["backup", field],
      reason,
      allowed,
      ...(backup[field] !== undefined && { suggestion: backup[field] }),
    }));
}

/** Source records in the data lake's own bucket, where readers of the data would find them. */
function sharedBucketProblems(
  { known, isUnknown }: SettingsView,
  defaults: FeatureDefaults,
): readonly Problem[] {
  const { bucketArn } = known.backup ?? {};
  if (bucketArn === undefined || bucketArn !== known.existing?.bucketArn) return [];
  if (isUnknown("backup", "prefix") || isUnknown("delivery", "prefix")) return [];
  const data = fixedHead(known.delivery?.prefix ?? defaults.delivery.prefix);
  const backup = fixedHead(known.backup?.prefix ?? defaults.backup.prefix ?? "");
  if (!data.startsWith(backup) && !backup.startsWith(data)) return [];
  const suggestion = defaults.backup.prefix ?? "";
  return [
    {
      path: ["backup", "prefix"],
      reason: `begins with ${quote(backup)}, so source records would be among the data under ${quote(data)}`,
      allowed: "a prefix that is apart from delivery.prefix, or another bucket",
      ...(fixedHead(suggestion).startsWith(data) ? {} : { suggestion }),
    },
  ];
}
