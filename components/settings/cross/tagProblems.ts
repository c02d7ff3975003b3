import { pathText, type Problem } from "../problem";
import type { SettingsView } from "./settingsView";

/**
 * Problems of tags that are valid one by one.
 *
 * Source: Firehose API, TagDeliveryStream (50 tags; the other services allow as many); IAM User
 * Guide, "Rules for tagging" (for a role, keys that differ only in case are the same).
 */
export function tagProblems({ names, isGiven }: SettingsView): readonly Problem[] {
  const keys = names("tags");
  const createsRoles = !isGiven("existing", "roleArn");
  return [
    ...(keys.length > 50
      ? [{ path: ["tags"], reason: `has ${keys.length} tags`, allowed: "at most 50" }]
      : []),
    ...(createsRoles ? duplicateProblems(keys) : []),
  ];
}

function duplicateProblems(keys: readonly string[]): readonly Problem[] {
  const lower = keys.map((key) => key.toLowerCase());
  return keys.flatMap((key, index) => {
    const first = lower.indexOf(lower[index] ?? "");
    return first === index
      ? []
      : [
          {
            path: ["tags", key],
            reason: `is the same tag as ${pathText(["tags", keys[first] ?? ""])}, because IAM ignores case`,
            allowed: "keys that differ in more than case",
            mustBeRemoved: true,
          },
        ];
  });
}
