import { readValue, UNKNOWN } from "../../reading/value";
import { deliveryStreamType } from "../../resourceTypes";
import { stackRule } from "../../rule/stackRule";
import { wholeNumber } from "../../settings/setting";
import { declaredSource } from "./sourceStream";

/** The limits of a stream's records, in KiB. The smallest is the default. */
const sizes = { minimum: 1024, maximum: 10_240 };

export const firehoseSourcesHaveDeliverableRecords = stackRule({
  name: "firehose-sources-have-deliverable-records",
  title: "Delivery streams read records of a size they deliver",
  description:
    "No Kinesis stream that is the source of a delivery stream accepts records larger than the config allows.",
  severity: "medium",
  references: { wellArchitected: ["reliability"] },
  remediationSteps:
    "Leave out maxRecordSizeInKib of the stream, whose default is 1 MiB, and store larger data in S3. If the destination of the delivery stream takes larger records, set maxKiB in the config.",
  url: "https://docs.aws.amazon.com/streams/latest/dev/large-records.html",
  types: [deliveryStreamType],
  settings: {
    maxKiB: wholeNumber(
      sizes,
      sizes.minimum,
      "Largest records that a stream may accept if a delivery stream reads it, in KiB.",
    ),
  },
  evaluate(resource, verdict, { maxKiB }, stack) {
    const source = declaredSource(resource, verdict, stack);
    if (source === undefined) return;
    const size = readValue(source.props, "maxRecordSizeInKib") ?? sizes.minimum;
    if (size === UNKNOWN) verdict.undecided("the largest record of the source");
    else if (typeof size !== "number" || size > maxKiB) {
      verdict.violation(
        `maxRecordSizeInKib of the source, stream "${source.name}", is more than ${maxKiB}: lower it, because Firehose accepts records up to 1,000 KiB from producers, and not every destination takes larger ones.`,
      );
    }
  },
});
