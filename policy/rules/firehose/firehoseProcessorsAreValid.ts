import {
  asList,
  type Decision,
  isObject,
  type Properties,
  quoteOneOf,
  readEach,
  readValue,
  UNKNOWN,
  type Value,
} from "../../reading/value";
import { deliveryStreamType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import { Verdict } from "../../rule/verdict";
import { destinationsOf } from "./destinations";
import { processingFlagIn, processorsIn } from "./recordProcessing";

/** Type of processor -> the parameters that it requires. Source: Firehose API, Processor. */
const required: Readonly<Record<string, readonly string[]>> = {
  RecordDeAggregation: ["SubRecordType"],
  Decompression: [],
  CloudWatchLogProcessing: ["DataMessageExtraction"],
  Lambda: ["LambdaArn"],
  MetadataExtraction: ["MetadataExtractionQuery", "JsonParsingEngine"],
  AppendDelimiterToRecord: [],
};
const types = Object.keys(required);

export const firehoseProcessorsAreValid = resourceRule({
  name: "firehose-processors-are-valid",
  title: "Delivery streams have valid processors",
  description:
    "Every delivery stream that processes records has one to five processors of types that Firehose has, with their parameters, one Lambda function at most.",
  severity: "medium",
  references: { wellArchitected: ["operational-excellence"] },
  remediationSteps:
    "Set one to five processors with the parameters that they require, or leave out processingConfiguration if there is nothing to process.",
  url: "https://docs.aws.amazon.com/firehose/latest/APIReference/API_ProcessingConfiguration.html",
  types: [deliveryStreamType],
  evaluate({ props }, verdict) {
    const destinations = destinationsOf(props).filter(
      ({ path }) => isEnabled(props, path) !== false,
    );
    if (destinations.length === 0) verdict.inapplicable("the delivery stream processes no records");
    for (const { path } of destinations) {
      const found = new Verdict();
      evaluateProcessors(props, processorsIn(path), found);
      if (isEnabled(props, path) === true) verdict.add(found);
      else if (found.violations.length + found.missing.length > 0) {
        verdict.undecided(processingFlagIn(path));
      }
    }
  },
});

/** Processing is disabled by default. */
function isEnabled(props: Properties, destination: string): Decision {
  const enabled = readValue(props, processingFlagIn(destination));
  return enabled === UNKNOWN ? UNKNOWN : enabled === true;
}

function evaluateProcessors(props: Properties, path: string, verdict: Verdict): void {
  const processors = readValue(props, path);
  if (processors === UNKNOWN) {
    verdict.undecided(path);
    return;
  }
  const count = asList(processors).length;
  if (count < 1 || count > 5) {
    verdict.violation(`${path} has ${count} processors: set 1 to 5, or disable processing.`);
  }
  const declared = readEach(props, `${path}.type`);
  const wrong = declared.find((type) => type !== UNKNOWN && !types.some((one) => one === type));
  if (wrong !== undefined) {
    verdict.violation(`${path}.type is ${quoteOneOf(types, wrong)}: correct it.`);
  }
  if (declared.filter((type) => type === "Lambda").length > 1) {
    verdict.violation(`${path} has several processors of type Lambda: keep one.`);
  }
  if (declared.includes(UNKNOWN)) verdict.undecided(`${path}.type`);
  for (const [index, processor] of asList(processors).entries()) {
    evaluateParameters(processor, `${path}[${index}]`, verdict);
  }
}

function evaluateParameters(processor: Value, path: string, verdict: Verdict): void {
  if (!isObject(processor)) return;
  const { type } = processor;
  if (typeof type !== "string" || !types.includes(type)) return;
  const names = readEach(processor, "parameters.parameterName");
  const missing = (required[type] ?? []).filter((name) => !names.includes(name));
  if (missing.length === 0) return;
  if (names.includes(UNKNOWN) || processor["parameters"] === UNKNOWN) {
    verdict.undecided(`${path}.parameters`);
  } else {
    verdict.violation(
      `${path}.parameters has no ${missing.join(" and no ")}, which a processor of type ${type} requires: add it.`,
    );
  }
}
