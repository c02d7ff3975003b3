import { fixedErrorPrefix, fixedHead } from "../../prefix/fixedHead";
import { parsePrefix } from "../../prefix/parsePrefix";
import { prefixProblems } from "../../prefix/prefixProblems";
import { quote } from "../../prefix/quote";
import type { FeatureDefaults } from "../featureDefaults";
import type { Features } from "../features";
import type { Problem } from "../problem";
import { partitionKeyProblems } from "./partitionKeyProblems";
import type { SettingsView } from "./settingsView";

type BothPrefixes = Pick<FeatureDefaults["delivery"], "prefix" | "errorPrefix">;
type Field = keyof BothPrefixes;
type FieldProblem = Pick<Problem, "reason" | "allowed"> & { readonly field: Field };

/** Problems of the two prefixes, each alone and both together. */
export function prefixSettingProblems(
  { known, isUnknown, isGiven }: SettingsView,
  features: Features,
  { delivery: defaults }: FeatureDefaults,
): readonly Problem[] {
  const isUnknownPrefix = (field: Field) => isUnknown("delivery", field);
  const prefixes = {
    prefix: known.delivery?.prefix ?? (isUnknownPrefix("prefix") ? "" : defaults.prefix),
    errorPrefix: known.delivery?.errorPrefix ?? defaults.errorPrefix,
  };
  const bothKnown = !isUnknownPrefix("prefix") && !isUnknownPrefix("errorPrefix");
  // Errors expire only in a new bucket; the lifecycle of an existing one stays unchanged.
  const expires = !isGiven("existing", "bucketArn") && !isUnknown("existing", "bucketArn");
  const { partitions } = features;
  const ownProblems = [
    ...prefixProblems({ ...prefixes, partitions }),
    ...(partitions ? partitionKeyProblems(prefixes.prefix, features) : []),
  ].filter(({ field }) => !isUnknownPrefix(field));
  const problems =
    ownProblems.length === 0 && bothKnown && expires ? expiringData(prefixes) : ownProblems;
  const isDefault = partitions && !isGiven("delivery", "prefix");
  return problems.map(({ field, reason, allowed }) =>
    field === "prefix" && isDefault
      ? manyKeys(reason)
      : {
          path: ["delivery", field],
          reason,
          allowed,
          ...(isFixedByDefault(field) && { suggestion: defaults[field] }),
        },
  );

  /**
   * The default prefix is valid unless many keys make it too long; the default error prefix must not
   * overlap with the data.
   */
  function isFixedByDefault(field: Field): boolean {
    if (field === "prefix" && partitions)
      return !prefixProblems({ ...prefixes, prefix: defaults.prefix, partitions }).some(
        (problem) => problem.field === "prefix",
      );
    const [head] = parsePrefix(prefixes.prefix).parts;
    if (field === "prefix" || head?.kind !== "literal") return true;
    const errors = fixedHead(defaults.errorPrefix);
    return !errors.startsWith(head.text) && !(expires && head.text.startsWith(errors));
  }
}

/** The default prefix has all partition keys with their names. */
function manyKeys(reason: string): Problem {
  return {
    path: ["partitioning", "keys"],
    reason: `make a default prefix that ${reason}`,
    allowed: "fewer or shorter keys, or delivery.prefix",
  };
}

function expiringData({ prefix, errorPrefix }: BothPrefixes): readonly FieldProblem[] {
  try {
    fixedErrorPrefix(prefix, errorPrefix);
    return [];
  } catch (error) {
    return [
      {
        field: "errorPrefix",
        reason: `is ${quote(errorPrefix)}: ${(error as Error).message}`,
        allowed: "a string that begins with a separate prefix, such as errors/",
      },
    ];
  }
}
