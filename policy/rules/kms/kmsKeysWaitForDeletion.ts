import { UNKNOWN, readValue } from "../../reading/value";
import { keyTypes } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import { wholeNumber } from "../../settings/settingKinds";

const path = "deletionWindowInDays";
/** What KMS takes when the property is absent. */
const defaultDays = 30;

export const kmsKeysWaitForDeletion = resourceRule({
  name: "kms-keys-wait-for-deletion",
  title: "KMS keys wait long enough for their deletion",
  description: "A KMS key that is deleted can be brought back for at least the days of the config.",
  severity: "low",
  references: { wellArchitected: ["reliability"] },
  remediationSteps: "Raise deletionWindowInDays, or remove it: the default is 30 days.",
  url: "https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html",
  types: keyTypes,
  settings: {
    minDays: wholeNumber(
      { minimum: 7, maximum: 30 },
      14,
      "Least days between the order to delete a key and its deletion.",
    ),
  },
  evaluate({ props }, verdict, { minDays }) {
    const days = readValue(props, path) ?? defaultDays;
    if (days === UNKNOWN) verdict.undecided(path);
    else if (typeof days !== "number" || days < minDays) {
      verdict.violation(`${path} is less than ${minDays} days: raise it.`);
    }
  },
});
