import { type Properties, UNKNOWN, readValue } from "../../reading/value";
import { deliveryStreamType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import type { Verdict } from "../../rule/verdict";
import { otherDestinationsOf } from "./destinations";
import { evaluateS3Configurations } from "./s3Configurations";

export const firehoseErrorsAreLogged = resourceRule({
  name: "firehose-errors-are-logged",
  title: "Delivery streams log errors",
  description:
    "Every delivery stream writes the errors of its destination, its buckets and its backup to CloudWatch Logs.",
  severity: "medium",
  references: { wellArchitected: ["operational-excellence", "reliability"] },
  remediationSteps:
    "Set cloudwatchLoggingOptions with enabled true, logGroupName and logStreamName in the configuration of the destination, and in its s3Configuration and s3BackupConfiguration if there are any.",
  url: "https://docs.aws.amazon.com/firehose/latest/dev/monitoring-with-cloudwatch-logs.html",
  types: [deliveryStreamType],
  evaluate({ props }, verdict) {
    for (const { path } of otherDestinationsOf(props)) evaluateLogging(props, path, verdict);
    evaluateS3Configurations(props, verdict, (path, found) => {
      evaluateLogging(props, path, found);
    });
  },
});

function evaluateLogging(props: Properties, path: string, verdict: Verdict): void {
  const options = `${path}.cloudwatchLoggingOptions`;
  const enabled = readValue(props, `${options}.enabled`);
  if (enabled === UNKNOWN) verdict.undecided(`${options}.enabled`);
  else if (enabled !== true) {
    verdict.violation(`${options}.enabled is not true: set it to true.`);
    return;
  }
  // An unknown name is fine: the log group is created by the same update.
  for (const name of ["logGroupName", "logStreamName"]) {
    if ((readValue(props, `${options}.${name}`) ?? "") === "") {
      verdict.violation(`${options}.${name} is absent: set it.`);
    }
  }
}
