import { pathText, type Problem } from "../problem";
import type { SettingsView } from "./settingsView";

/**
 * What is wrong with tags that are each fine alone.
 *
 * Source: Firehose API, TagDeliveryStream (50 tags; the other services allow no less); IAM User
 * Guide, "Rules for tagging" (a role takes keys that differ in case only for the same).
 */
export function tagProblems({ names, isGiven }: SettingsView): readonly Problem[] {
  const keys = names("tags");
  const makesRoles = !isGiven("existing", "roleArn");
  return [
    ...(keys.length > 50
      ? [{ path: ["tags"], reason: `has ${keys.length} tags`, allowed: "at most 50" }]
      : []),
    ...(makesRoles ? alikeProblems(keys) : []),
    ...keys.filter((key) => key === "__proto__").map(nameOfJavaScript),
  ];
}

function alikeProblems(keys: readonly string[]): readonly Problem[] {
  const lower = keys.map((key) => key.toLowerCase());
  return keys.flatMap((key, index) => {
    const first = lower.indexOf(lower[index] ?? "");
    return first === index
      ? []
      : [
          {
            path: ["tags", key],
            reason: `is the same tag to IAM as ${pathText(["tags", keys[first] ?? ""])}`,
            allowed: "keys that differ in more than upper and lower case",
            mustBeRemoved: true,
          },
        ];
  });
}

/** It would be lost on its way to AWS. */
function nameOfJavaScript(key: string): Problem {
  return {
    path: ["tags", key],
    reason: "has a name that JavaScript keeps to itself",
    allowed: "any other name",
    mustBeRemoved: true,
  };
}
