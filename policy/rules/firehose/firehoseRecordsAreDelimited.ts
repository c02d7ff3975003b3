import { anyOf, readValue, UNKNOWN } from "../../reading/value";
import { deliveryStreamType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import { hasProcessor, packsRecords, processorsIn } from "./recordProcessing";
import { destination } from "./destinations";
import { convertsFormat, formatConversion } from "./s3Configurations";

export const firehoseRecordsAreDelimited = resourceRule({
  name: "firehose-records-are-delimited",
  title: "Delivery streams delimit records",
  description:
    "Every delivery stream to S3 appends a delimiter to its records, unless they are converted, rewritten or compressed.",
  severity: "low",
  // Producers may end each record themselves, which no input shows.
  level: "advisory",
  references: { wellArchitected: ["operational-excellence"] },
  remediationSteps:
    "Add a processor of type AppendDelimiterToRecord and enable processing, or exempt the delivery stream if producers end each record with a newline.",
  url: "https://docs.aws.amazon.com/firehose/latest/APIReference/API_PutRecord.html",
  types: [deliveryStreamType],
  evaluate({ props }, verdict) {
    if (readValue(props, destination) === undefined) {
      verdict.inapplicable("the delivery stream has no S3 destination");
      return;
    }
    const appends = hasProcessor(props, "AppendDelimiterToRecord");
    if (appends === true) return;
    const converts = convertsFormat(props);
    const rewrites = anyOf([
      hasProcessor(props, "Lambda"),
      hasProcessor(props, "CloudWatchLogProcessing"),
    ]);
    const packs = packsRecords(props);
    if (converts === true) verdict.inapplicable("format conversion separates the records");
    else if (rewrites === true)
      verdict.inapplicable("a processor rewrites the records, and can end each of them");
    else if (packs === true) verdict.inapplicable("the records are themselves compressed");
    else if (appends === UNKNOWN || rewrites === UNKNOWN)
      verdict.undecided(processorsIn(destination));
    else if (converts === UNKNOWN) verdict.undecided(formatConversion);
    else if (packs === UNKNOWN) verdict.undecided(`${destination}.fileExtension`);
    else {
      verdict.violation(
        `${processorsIn(destination)} has no AppendDelimiterToRecord, so records that do not end with a newline are joined: add it.`,
      );
    }
  },
});
