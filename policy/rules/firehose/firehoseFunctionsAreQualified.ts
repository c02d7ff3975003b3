import { UNKNOWN } from "../../reading/value";
import { deliveryStreamType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import { evaluateProcessing, parameterOf, processorsOf } from "./processors";

export const firehoseFunctionsAreQualified = resourceRule({
  name: "firehose-functions-are-qualified",
  title: "Delivery streams invoke a version of their function",
  description:
    "Every delivery stream that transforms records names a version or an alias of its Lambda function.",
  severity: "low",
  level: "advisory",
  references: { wellArchitected: ["reliability", "operational-excellence"] },
  remediationSteps:
    "Publish versions of the function, and set LambdaArn to the ARN of an alias or of a version, so that records are not transformed by code that is being changed.",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-versions.html",
  types: [deliveryStreamType],
  evaluate({ props }, verdict) {
    evaluateProcessing(props, verdict, ({ path }, found) => {
      const processors = processorsOf(props, path).filter(
        ({ type }) => type === "Lambda" || type === UNKNOWN,
      );
      if (processors.length === 0) found.inapplicable("no function transforms the records");
      for (const processor of processors) {
        const arn = parameterOf(processor, "LambdaArn");
        if (processor.type === UNKNOWN) found.undecided(`${processor.path}.type`);
        else if (arn === UNKNOWN) found.undecided(`${processor.path}.parameters with LambdaArn`);
        else if (typeof arn === "string" && !isQualified(arn)) {
          found.violation(
            `${processor.path}.parameters: LambdaArn names neither a version nor an alias: add one, e.g. ":live".`,
          );
        }
      }
    });
  },
});

/** `$LATEST` is the code that the next deployment changes. */
function isQualified(arn: string): boolean {
  const [, , , , , , , qualifier = ""] = arn.split(":");
  return qualifier !== "" && qualifier !== "$LATEST";
}
