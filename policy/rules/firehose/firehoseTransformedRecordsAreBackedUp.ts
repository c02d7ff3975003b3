import {
  allOf,
  anyOf,
  type Decision,
  type Properties,
  readEach,
  readValue,
  UNKNOWN,
} from "../../reading/value";
import { deliveryStreamType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import { backup, backupMode, convertsFormat, destination } from "./s3Configurations";

export const firehoseTransformedRecordsAreBackedUp = resourceRule({
  name: "firehose-transformed-records-are-backed-up",
  title: "Delivery streams back up transformed records",
  description:
    "The source records of a Lambda function or of format conversion are backed up to S3.",
  severity: "medium",
  references: { wellArchitected: ["reliability"] },
  remediationSteps: 'Set s3BackupMode to "Enabled" and s3BackupConfiguration.',
  url: "https://docs.aws.amazon.com/firehose/latest/dev/create-configure-backup.html",
  types: [deliveryStreamType],
  evaluate({ props }, verdict) {
    const transforms = anyOf([convertsFormat(props), invokesLambda(props)]);
    if (transforms === false) {
      verdict.inapplicable("neither a Lambda function nor format conversion changes the records");
      return;
    }
    const mode = readValue(props, backupMode);
    const isMissing = readValue(props, backup) === undefined;
    const isBackedUp = allOf([mode === UNKNOWN ? UNKNOWN : mode === "Enabled", !isMissing]);
    if (isBackedUp === true) return;
    if (transforms === UNKNOWN) verdict.undecided("the use of transformation");
    else if (isBackedUp === UNKNOWN) verdict.undecided(backupMode);
    else if (isMissing) {
      verdict.violation(`${backup} is absent: set it, and s3BackupMode to "Enabled".`);
    } else verdict.violation(`${backupMode} is not "Enabled": set it to "Enabled".`);
  },
});

function invokesLambda(props: Properties): Decision {
  const path = `${destination}.processingConfiguration`;
  const enabled = readValue(props, `${path}.enabled`);
  const types = readEach(props, `${path}.processors.type`);
  return allOf([
    enabled === UNKNOWN ? UNKNOWN : enabled === true,
    anyOf(types.map((type) => (type === UNKNOWN ? UNKNOWN : type === "Lambda"))),
  ]);
}
