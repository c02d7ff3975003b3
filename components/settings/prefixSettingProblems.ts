import { prefixProblems } from "../prefix/prefixProblems";
import type { Problem } from "./problem";
import type { SettingsInput } from "./schema";

/**
 * What is wrong with the two prefixes, each alone and both together.
 *
 * @param isDeferred Tells the prefix that only the deployment knows: it is not judged.
 */
export function prefixSettingProblems(
  delivery: SettingsInput["delivery"],
  byDefault: { readonly prefix: string; readonly errorPrefix: string },
  isDeferred: (field: "prefix" | "errorPrefix") => boolean,
): readonly Problem[] {
  const prefix = delivery?.prefix ?? (isDeferred("prefix") ? "" : byDefault.prefix);
  const errorPrefix = delivery?.errorPrefix ?? byDefault.errorPrefix;
  return prefixProblems({ prefix, errorPrefix })
    .filter(({ field }) => !isDeferred(field))
    .map(({ field, reason, allowed }) => ({
      path: ["delivery", field],
      reason,
      allowed,
      accepted: byDefault[field],
    }));
}
