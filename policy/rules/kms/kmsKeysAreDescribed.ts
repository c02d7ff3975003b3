import { UNKNOWN, readValue } from "../../reading/value";
import { keyTypes } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";

export const kmsKeysAreDescribed = resourceRule({
  name: "kms-keys-are-described",
  title: "KMS keys are described",
  description: "Every KMS key has a description.",
  severity: "low",
  level: "advisory",
  references: { wellArchitected: ["operational-excellence"] },
  remediationSteps: "Set description: what the key encrypts, and for whom.",
  url: "https://docs.aws.amazon.com/kms/latest/developerguide/create-keys.html",
  types: keyTypes,
  evaluate({ props }, verdict) {
    const description = readValue(props, "description");
    if (description === UNKNOWN) verdict.undecided("description");
    else if (typeof description !== "string" || description.trim() === "") {
      verdict.violation("description is absent: describe what the key encrypts.");
    }
  },
});
