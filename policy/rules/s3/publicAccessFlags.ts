import { type Properties, readValue, UNKNOWN } from "../../reading/value";
import type { Verdict } from "../../rule/verdict";

/** The flags of every public access block: of a bucket, an account or an access point. */
export const publicAccessFlags = [
  "blockPublicAcls",
  "blockPublicPolicy",
  "ignorePublicAcls",
  "restrictPublicBuckets",
] as const;

/**
 * Reports each flag that is not true.
 *
 * @param defaultValue what an absent flag means
 * @param block the path of the object with the flags, with a dot at its end; default: the properties
 */
export function evaluateFlags(
  props: Properties,
  verdict: Verdict,
  defaultValue: boolean,
  block = "",
): void {
  for (const flag of publicAccessFlags) {
    const path = `${block}${flag}`;
    const value = readValue(props, path);
    if (value === UNKNOWN) verdict.undecided(path);
    else if ((value ?? defaultValue) !== true) {
      const found = value === undefined ? "absent (the default is false)" : "not true";
      verdict.violation(`${path} is ${found}: set it to true.`);
    }
  }
}
