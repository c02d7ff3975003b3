import { readValue, UNKNOWN } from "../../reading/value";
import { deliveryStreamType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import { destination } from "./destinations";

const path = `${destination}.fileExtension`;

export const firehoseFileExtensionsAreValid = resourceRule({
  name: "firehose-file-extensions-are-valid",
  title: "Delivery streams have valid file extensions",
  description: "Every file extension of a delivery stream to S3 is one that Firehose accepts.",
  severity: "medium",
  references: { wellArchitected: ["operational-excellence"] },
  remediationSteps: 'Set fileExtension to a dot and lowercase characters, e.g. ".json.gz".',
  url: "https://docs.aws.amazon.com/firehose/latest/APIReference/API_ExtendedS3DestinationConfiguration.html",
  types: [deliveryStreamType],
  evaluate({ props }, verdict) {
    if (readValue(props, destination) === undefined) {
      verdict.inapplicable("the delivery stream has no S3 destination");
      return;
    }
    const extension = readValue(props, path);
    if (extension === undefined) return;
    if (extension === UNKNOWN) verdict.undecided(path);
    else if (typeof extension !== "string" || !isExtension(extension)) {
      verdict.violation(
        `${path} is not a dot with a-z, 0-9 and !-_.*'() after it, at most 128 characters: change it, because Firehose rejects it.`,
      );
    }
  },
});

/** An empty one counts as not set. */
function isExtension(extension: string): boolean {
  return /^(|\.[0-9a-z!\-_.*'()]+)$/.test(extension) && extension.length <= 128;
}
