import { UNKNOWN, readValue } from "../../reading/value";
import { keyType, keyTypes } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";

const externalKeyType = "aws:kms/externalKey:ExternalKey";
const path = "multiRegion";

/** Disabled by default: replicas are the way to read encrypted data in another Region. */
export const kmsKeysAreSingleRegion = resourceRule({
  name: "kms-keys-are-single-region",
  title: "KMS keys are in a single Region",
  description: "No KMS key is a multi-Region key, whose key material leaves its Region.",
  severity: "low",
  level: "disabled",
  references: { prowler: ["kms_cmk_not_multi_region"] },
  remediationSteps:
    "Remove multiRegion, and create a key in each Region: a change replaces the key.",
  url: "https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html",
  types: keyTypes,
  evaluate({ type, props }, verdict) {
    if (type !== keyType && type !== externalKeyType) {
      verdict.violation("The key is a replica of a multi-Region key: create a key of this Region.");
      return;
    }
    const multiRegion = readValue(props, path) ?? false;
    if (multiRegion === UNKNOWN) verdict.undecided(path);
    else if (multiRegion !== false) {
      verdict.violation(`${path} is not false: remove it, and create a key in each Region.`);
    }
  },
});
