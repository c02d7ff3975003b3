import { UNKNOWN, readValue } from "../../reading/value";
import { deliveryStreamType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import { evaluateS3Configurations } from "./s3Configurations";

export const firehoseErrorsAreLogged = resourceRule({
  name: "firehose-errors-are-logged",
  title: "Delivery streams log errors",
  description: "Every delivery stream to S3 writes its errors to CloudWatch Logs.",
  severity: "medium",
  references: { wellArchitected: ["operational-excellence", "reliability"] },
  remediationSteps:
    "Set cloudwatchLoggingOptions with enabled true, logGroupName and logStreamName in extendedS3Configuration, and in its s3BackupConfiguration if there is one.",
  url: "https://docs.aws.amazon.com/firehose/latest/dev/monitoring-with-cloudwatch-logs.html",
  types: [deliveryStreamType],
  evaluate({ props }, verdict) {
    evaluateS3Configurations(props, verdict, (path, found) => {
      const options = `${path}.cloudwatchLoggingOptions`;
      const enabled = readValue(props, `${options}.enabled`);
      if (enabled === UNKNOWN) found.undecided(`${options}.enabled`);
      else if (enabled !== true) {
        found.violation(`${options}.enabled is not true: set it to true.`);
        return;
      }
      // An unknown name is fine: the log group is created by the same update.
      for (const name of ["logGroupName", "logStreamName"]) {
        if ((readValue(props, `${options}.${name}`) ?? "") === "") {
          found.violation(`${options}.${name} is absent: set it.`);
        }
      }
    });
  },
});
