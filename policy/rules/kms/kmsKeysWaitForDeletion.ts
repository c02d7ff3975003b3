import { UNKNOWN, readValue } from "../../reading/value";
import { keyTypes } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import { wholeNumber } from "../../settings/setting";

const path = "deletionWindowInDays";
/** The default of KMS. */
const defaultDays = 30;

export const kmsKeysWaitForDeletion = resourceRule({
  name: "kms-keys-wait-for-deletion",
  title: "KMS keys have a long enough deletion window",
  description: "The deletion of a KMS key can be canceled for at least the days in the config.",
  severity: "low",
  references: { wellArchitected: ["reliability"] },
  remediationSteps: "Increase deletionWindowInDays, or remove it: the default is 30 days.",
  url: "https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html",
  types: keyTypes,
  settings: {
    minDays: wholeNumber(
      { minimum: 7, maximum: 30 },
      14,
      "Minimum waiting period before a key is deleted, in days.",
    ),
  },
  evaluate({ props }, verdict, { minDays }) {
    const days = readValue(props, path) ?? defaultDays;
    if (days === UNKNOWN) verdict.undecided(path);
    else if (typeof days !== "number" || days < minDays) {
      verdict.violation(`${path} must be at least ${minDays} days: increase it.`);
    }
  },
});
