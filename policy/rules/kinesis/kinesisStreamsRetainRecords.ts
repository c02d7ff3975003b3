import { UNKNOWN, readValue } from "../../reading/value";
import { streamType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import { wholeNumber } from "../../settings/setting";

const path = "retentionPeriod";
/** The provider's default, in hours. */
const defaultHours = 24;

export const kinesisStreamsRetainRecords = resourceRule({
  name: "kinesis-streams-retain-records",
  title: "Kinesis streams retain records long enough",
  description: "Every Kinesis data stream retains records for at least the hours in the config.",
  severity: "medium",
  level: "advisory",
  references: {
    securityHub: [
      {
        id: "Kinesis.3",
        title: "Kinesis streams should have an adequate data retention period.",
      },
    ],
    prowler: ["kinesis_stream_data_retention_period"],
  },
  remediationSteps:
    "Set retentionPeriod to the number of hours that a repair and a replay may take.",
  url: "https://docs.aws.amazon.com/streams/latest/dev/kinesis-extended-retention.html",
  types: [streamType],
  settings: {
    minHours: wholeNumber(
      { minimum: 24, maximum: 8760 },
      168,
      "Minimum retention in hours. Remediation sets this value.",
    ),
  },
  evaluate({ props }, verdict, { minHours }) {
    const hours = readValue(props, path) ?? defaultHours;
    if (hours === UNKNOWN) verdict.undecided(path);
    else if (typeof hours !== "number" || hours < minHours) {
      verdict.violation(`${path} must be at least ${minHours} hours: increase it.`);
    }
  },
  remediate: (_, { minHours }) => [{ path, value: minHours }],
});
