import { readValue, UNKNOWN } from "../../reading/value";
import { deliveryStreamType } from "../../resourceTypes";
import { stackRule } from "../../rule/stackRule";
import { transformingFunctions } from "./transformingFunctions";

/** Firehose waits for 5 minutes. Lambda's default is 3 s. */
const maximumSeconds = 300;

export const firehoseFunctionsEndInTime = stackRule({
  name: "firehose-functions-end-in-time",
  title: "Functions of delivery streams end in time",
  description:
    "No Lambda function that transforms the records of a delivery stream may run for longer than Firehose waits.",
  severity: "medium",
  references: { wellArchitected: ["reliability"] },
  remediationSteps:
    "Set timeout of the function to 300 seconds or less: Firehose gives up after 5 minutes, and the records of the call are retried or fail.",
  url: "https://docs.aws.amazon.com/firehose/latest/dev/data-transformation.html",
  types: [deliveryStreamType],
  evaluate(deliveryStream, verdict, _, stack) {
    const { found, areCertain } = transformingFunctions(deliveryStream, stack);
    if (found.length === 0) {
      verdict.inapplicable("no function that the stack declares transforms the records");
      return;
    }
    for (const { name, props } of found) {
      const timeout = readValue(props, "timeout");
      const isLong = typeof timeout === "number" && timeout > maximumSeconds;
      if (timeout === UNKNOWN) verdict.undecided("the timeout of the function");
      else if (isLong && !areCertain) verdict.undecided("the function");
      else if (isLong) {
        verdict.violation(
          `timeout of the function "${name}" is more than ${maximumSeconds} seconds, for which Firehose waits: reduce it.`,
        );
      }
    }
  },
});
