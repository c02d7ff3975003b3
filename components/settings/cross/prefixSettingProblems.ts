import { fixedErrorPrefix } from "../../prefix/fixedHead";
import { prefixProblems } from "../../prefix/prefixProblems";
import { quote } from "../../prefix/quote";
import type { Problem } from "../problem";
import type { SettingsView } from "./settingsView";

interface BothPrefixes {
  readonly prefix: string;
  readonly errorPrefix: string;
}
type Field = keyof BothPrefixes;
type Fault = Pick<Problem, "reason" | "allowed"> & { readonly field: Field };

/** What is wrong with the two prefixes, each alone and both together. */
export function prefixSettingProblems(
  { known, isUnknown, isGiven }: SettingsView,
  byDefault: BothPrefixes,
): readonly Problem[] {
  const isOpen = (field: Field) => isUnknown("delivery", field);
  const prefix = known.delivery?.prefix ?? (isOpen("prefix") ? "" : byDefault.prefix);
  const errorPrefix = known.delivery?.errorPrefix ?? byDefault.errorPrefix;
  const bothKnown = !isOpen("prefix") && !isOpen("errorPrefix");
  // Errors expire in a bucket of the pipeline's own; an existing one is left as it is.
  const managed = !isGiven("existing", "bucketArn") && !isUnknown("existing", "bucketArn");
  const faults = (prefixes: BothPrefixes): readonly Fault[] => {
    const ownProblems = prefixProblems(prefixes).filter(({ field }) => !isOpen(field));
    return ownProblems.length === 0 && bothKnown && managed ? expiringData(prefixes) : ownProblems;
  };
  const isFixedByDefault = (field: Field) =>
    faults({ prefix, errorPrefix, [field]: byDefault[field] }).every(
      (left) => left.field !== field,
    );
  return faults({ prefix, errorPrefix }).map(({ field, reason, allowed }) => ({
    path: ["delivery", field],
    reason,
    allowed,
    ...(isFixedByDefault(field) && { suggestion: byDefault[field] }),
  }));
}

function expiringData({ prefix, errorPrefix }: BothPrefixes): readonly Fault[] {
  try {
    fixedErrorPrefix(prefix, errorPrefix);
    return [];
  } catch (error) {
    return [
      {
        field: "errorPrefix",
        reason: `is ${quote(errorPrefix)}: ${(error as Error).message}`,
        allowed: "a text that begins with a folder of its own, such as errors/",
      },
    ];
  }
}
