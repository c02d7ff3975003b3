import { nameInArn, parseArn } from "../iam/arn";
import type { Problem } from "./problem";
import type { SettingsInput } from "./schema";

/**
 * What is wrong with settings that are each fine alone. Deferred values are missing from `plain`
 * and are not judged.
 */
export function crossProblems(plain: SettingsInput): readonly Problem[] {
  return [
    ...unmanagedButSet(plain, "stream", "streamArn"),
    ...unmanagedButSet(plain, "bucket", "bucketArn"),
    ...keyWithoutUse(plain),
    ...strangers(plain),
  ];
}

/** A resource of one's own is read, never managed: settings for it would silently do nothing. */
function unmanagedButSet(
  plain: SettingsInput,
  group: "stream" | "bucket",
  arn: "streamArn" | "bucketArn",
): readonly Problem[] {
  const existing = plain.existing?.[arn];
  if (existing === undefined) return [];
  return Object.keys(plain[group] ?? {}).map((key) => ({
    path: [group, key],
    reason: `has no effect on the existing ${group} ${nameInArn(existing)}`,
    allowed: `no ${group} settings beside existing.${arn}: it is read, never managed`,
    surplus: true,
  }));
}

function keyWithoutUse({ encryption, existing }: SettingsInput): readonly Problem[] {
  if (encryption?.mode !== "aws-managed" || existing?.keyArn === undefined) return [];
  return [
    {
      path: ["encryption", "mode"],
      reason: "is aws-managed, which leaves existing.keyArn without use",
      allowed: "customer-managed, or no existing.keyArn",
      accepted: "customer-managed",
    },
  ];
}

/**
 * Firehose, its source stream and its role belong to one account; key, stream and Firehose to one
 * region; everything to one partition.
 */
function strangers({ existing = {} }: SettingsInput): readonly Problem[] {
  const { streamArn, bucketArn, roleArn, keyArn } = existing;
  const compare = (
    part: "partition" | "account" | "region",
    one: readonly [string, string | undefined],
    other: readonly [string, string | undefined],
  ): readonly Problem[] => {
    const [[oneName, oneArn], [otherName, otherArn]] = [one, other];
    if (oneArn === undefined || otherArn === undefined) return [];
    const [found, expected] = [parseArn(oneArn)[part], parseArn(otherArn)[part]];
    if (found === expected) return [];
    return [
      {
        path: ["existing", oneName],
        reason: `is of ${part} ${found}, but existing.${otherName} is of ${expected}`,
        allowed: `ARNs of one ${part}`,
      },
    ];
  };
  const stream = ["streamArn", streamArn] as const;
  return [
    ...compare("account", ["roleArn", roleArn], stream),
    ...compare("region", ["keyArn", keyArn], stream),
    ...compare("partition", ["bucketArn", bucketArn], stream),
    ...compare("partition", ["roleArn", roleArn], ["bucketArn", bucketArn]),
    ...compare("partition", ["keyArn", keyArn], ["bucketArn", bucketArn]),
  ];
}
