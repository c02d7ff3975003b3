import { readValue, UNKNOWN } from "../../reading/value";
import { deliveryStreamType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";

export const firehoseNamesAreValid = resourceRule({
  name: "firehose-names-are-valid",
  title: "Delivery streams have valid names",
  description:
    "The name of every delivery stream has the length and the characters that Firehose accepts.",
  severity: "medium",
  references: { wellArchitected: ["operational-excellence"] },
  remediationSteps: "Set name to 1 to 64 characters of a-z, A-Z, 0-9, _ . and -.",
  url: "https://docs.aws.amazon.com/firehose/latest/APIReference/API_CreateDeliveryStream.html",
  types: [deliveryStreamType],
  evaluate({ props }, verdict) {
    const name = readValue(props, "name");
    // Without one, the provider chooses a valid name.
    if (name === undefined) return;
    if (name === UNKNOWN) verdict.undecided("name");
    else if (typeof name !== "string" || !/^[a-zA-Z0-9_.-]{1,64}$/.test(name)) {
      verdict.violation(
        "name is not 1 to 64 characters of a-z, A-Z, 0-9, _ . and -: change it, because Firehose rejects it.",
      );
    }
  },
});
