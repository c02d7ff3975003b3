import {
  asList,
  type Properties,
  quoteOneOf,
  readEach,
  readValue,
  UNKNOWN,
} from "../../reading/value";
import { deliveryStreamType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import { destination } from "./s3Configurations";

const processing = `${destination}.processingConfiguration`;
const path = `${processing}.processors`;

/** Source: Firehose API, Processor. */
const types = [
  ...["RecordDeAggregation", "Decompression", "CloudWatchLogProcessing", "Lambda"],
  ...["MetadataExtraction", "AppendDelimiterToRecord"],
];

export const firehoseProcessorsAreValid = resourceRule({
  name: "firehose-processors-are-valid",
  title: "Delivery streams have valid processors",
  description:
    "Every delivery stream that processes records has one to five processors of types that Firehose has, one Lambda function at most.",
  severity: "medium",
  references: { wellArchitected: ["operational-excellence"] },
  remediationSteps:
    "Set one to five processors, or leave out processingConfiguration if there is nothing to process.",
  url: "https://docs.aws.amazon.com/firehose/latest/APIReference/API_ProcessingConfiguration.html",
  types: [deliveryStreamType],
  evaluate({ props }, verdict) {
    const enabled = readValue(props, `${processing}.enabled`);
    if (enabled !== UNKNOWN && enabled !== true) {
      verdict.inapplicable("the delivery stream processes no records");
      return;
    }
    if (readValue(props, path) === UNKNOWN) {
      verdict.undecided(path);
      return;
    }
    const problems = problemsOf(props);
    if (enabled === true) for (const problem of problems) verdict.violation(problem);
    else if (problems.length > 0) verdict.undecided(`${processing}.enabled`);
    if (readEach(props, `${path}.type`).includes(UNKNOWN)) verdict.undecided(`${path}.type`);
  },
});

/** What Firehose rejects, whatever the types that are unknown. */
function problemsOf(props: Properties): readonly string[] {
  const count = asList(readValue(props, path)).length;
  const declared = readEach(props, `${path}.type`);
  const isKnown = (type: unknown) => type === UNKNOWN || types.some((one) => one === type);
  const wrong = declared.find((type) => !isKnown(type));
  const functions = declared.filter((type) => type === "Lambda").length;
  return [
    ...(count >= 1 && count <= 5
      ? []
      : [`${path} has ${count} processors: set 1 to 5, or disable processing.`]),
    ...(wrong === undefined ? [] : [`${path}.type is ${quoteOneOf(types, wrong)}: correct it.`]),
    ...(functions > 1 ? [`${path} has several processors of type Lambda: keep one.`] : []),
  ];
}
