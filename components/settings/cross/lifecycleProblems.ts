import { longestDays } from "../groups/bucket";
import type { Problem } from "../problem";
import type { SettingsInput } from "../schema";
import type { SettingsView } from "./settingsView";

type Tiering = NonNullable<NonNullable<SettingsInput["bucket"]>["tiering"]>;
type StorageClass = Tiering[number]["storageClass"];

/** The storage classes that an object can move to from each class. */
const next: Readonly<Record<StorageClass, readonly StorageClass[]>> = {
  STANDARD_IA: ["INTELLIGENT_TIERING", "ONEZONE_IA", "GLACIER_IR", "GLACIER", "DEEP_ARCHIVE"],
  INTELLIGENT_TIERING: ["ONEZONE_IA", "GLACIER_IR", "GLACIER", "DEEP_ARCHIVE"],
  ONEZONE_IA: ["GLACIER", "DEEP_ARCHIVE"],
  GLACIER_IR: ["GLACIER", "DEEP_ARCHIVE"],
  GLACIER: ["DEEP_ARCHIVE"],
  DEEP_ARCHIVE: [],
};

/** Days that an object spends in a class before the same rule can move it again. */
const minimumStay: Readonly<Record<StorageClass, number>> = {
  STANDARD_IA: 30,
  INTELLIGENT_TIERING: 1,
  ONEZONE_IA: 30,
  GLACIER_IR: 90,
  GLACIER: 90,
  DEEP_ARCHIVE: 1,
};

/** Minimum age in days at which S3 moves an object into a class, for classes with a minimum. */
const minimumAge: Readonly<Partial<Record<StorageClass, number>>> = {
  STANDARD_IA: 30,
  ONEZONE_IA: 30,
};

/**
 * Transitions that S3 rejects when the bucket is created.
 *
 * Source: S3 User Guide, "Transitioning objects using Amazon S3 Lifecycle" (supported transitions,
 * constraints), and errors of PutBucketLifecycleConfiguration ("must be 90 days more than").
 */
export function lifecycleProblems({ known }: SettingsView): Problem[] {
  const { tiering = [], expiryDays } = known.bucket ?? {};
  const problems = tiering.flatMap((step, index) => stepProblems(step, tiering[index - 1], index));
  const last = tiering.at(-1);
  if (last !== undefined && expiryDays !== undefined && expiryDays <= last.afterDays)
    problems.push({
      path: ["bucket", "expiryDays"],
      reason: `is ${expiryDays}, but objects move to ${last.storageClass} only after ${last.afterDays} days`,
      ...noEarlierThan(last.afterDays + 1),
    });
  return problems;
}

function stepProblems(
  { storageClass, afterDays }: Tiering[number],
  before: Tiering[number] | undefined,
  index: number,
): Problem[] {
  const problems: Problem[] = [];
  const place = (field: keyof Tiering[number]) => ["bucket", "tiering", index, field];
  if (before !== undefined && !next[before.storageClass].includes(storageClass)) {
    const reachable = next[before.storageClass];
    problems.push({
      path: place("storageClass"),
      reason: `is ${storageClass}, but S3 cannot transition objects from ${before.storageClass} to it`,
      allowed: reachable.length > 0 ? reachable.join(", ") : "no step after DEEP_ARCHIVE",
    });
  }
  const earliest = Math.max(
    minimumAge[storageClass] ?? 0,
    before === undefined ? 0 : before.afterDays + minimumStay[before.storageClass],
  );
  if (afterDays < earliest)
    problems.push({
      path: place("afterDays"),
      reason: `is ${afterDays}, too early for ${storageClass}${before ? ` after ${before.storageClass} at ${before.afterDays}` : ""}`,
      ...noEarlierThan(earliest),
    });
  return problems;
}

function noEarlierThan(days: number): Pick<Problem, "allowed" | "suggestion"> {
  if (days > longestDays) return { allowed: `no value: at most ${longestDays} days are supported` };
  return { allowed: `${days} days or more`, suggestion: days };
}
