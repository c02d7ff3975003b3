import { errorFolder } from "../prefix/errorFolder";
import { prefixProblems } from "../prefix/prefixProblems";
import type { Problem } from "./problem";
import type { SettingsInput } from "./schema";

/**
 * What is wrong with the two prefixes, each alone and both together.
 *
 * @param isDeferred Tells the prefix that only the deployment knows: it is not judged.
 */
export function prefixSettingProblems(
  { delivery, existing }: SettingsInput,
  byDefault: { readonly prefix: string; readonly errorPrefix: string },
  isDeferred: (field: "prefix" | "errorPrefix") => boolean,
): readonly Problem[] {
  const prefix = delivery?.prefix ?? (isDeferred("prefix") ? "" : byDefault.prefix);
  const errorPrefix = delivery?.errorPrefix ?? byDefault.errorPrefix;
  const faults = prefixProblems({ prefix, errorPrefix })
    .filter(({ field }) => !isDeferred(field))
    .map(({ field, reason, allowed }) => ({
      path: ["delivery", field],
      reason,
      allowed,
      accepted: byDefault[field],
    }));
  const known = !isDeferred("prefix") && !isDeferred("errorPrefix");
  // Errors expire in a bucket of the pipeline's own; an existing one is left as it is.
  const expires = existing?.bucketArn === undefined;
  return known && expires && faults.length === 0 ? expiringData(prefix, errorPrefix) : faults;
}

function expiringData(prefix: string, errorPrefix: string): readonly Problem[] {
  try {
    errorFolder(prefix, errorPrefix);
    return [];
  } catch (error) {
    return [
      {
        path: ["delivery", "errorPrefix"],
        reason: `is ${JSON.stringify(errorPrefix)}: ${(error as Error).message}`,
        allowed: "a text that begins with a folder of its own, such as errors/",
      },
    ];
  }
}
