import {
  allOf,
  anyOf,
  type Decision,
  type Properties,
  readValue,
  UNKNOWN,
  type Value,
} from "../../reading/value";
import { matchesPattern } from "../../reading/wildcard";
import { deliveryStreamType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import { Verdict } from "../../rule/verdict";
import { listOf } from "../../settings/setting";
import { type Destination, destination, destinationsOf } from "./destinations";
import { hasProcessor } from "./recordProcessing";
import { convertsFormat } from "./s3Configurations";

export const firehoseTransformedRecordsAreBackedUp = resourceRule({
  name: "firehose-transformed-records-are-backed-up",
  title: "Delivery streams back up transformed records",
  description:
    "The source records of a Lambda function or of format conversion are backed up to S3, unless the transformation removes data that must not be stored.",
  severity: "medium",
  level: "advisory",
  references: { wellArchitected: ["reliability"] },
  remediationSteps:
    'Set s3BackupMode to "Enabled" and s3BackupConfiguration; for other destinations than S3 and Redshift, set s3BackupMode to "AllEvents", "AllData" or "AllDocuments". If the transformation removes data that must not be stored, such as personal data, add the delivery stream to dataRemovingStreams in the config.',
  url: "https://docs.aws.amazon.com/firehose/latest/dev/create-configure-backup.html",
  types: [deliveryStreamType],
  settings: {
    dataRemovingStreams: listOf({
      of: "names of delivery streams",
      matching: /^[\w.*?-]+$/,
      defaultValue: [],
      description:
        "Names of the delivery streams, in Pulumi or AWS, whose transformation removes data that must not be stored, so that a backup is not required; * and ? are wildcards.",
    }),
  },
  evaluate({ name, props }, verdict, { dataRemovingStreams }) {
    const transforming = destinationsOf(props)
      .map((found): Transforming => ({ found, transforms: transformsFor(props, found) }))
      .filter(({ transforms }) => transforms !== false);
    if (transforming.length === 0) {
      verdict.inapplicable("neither a Lambda function nor format conversion changes the records");
      return;
    }
    const removesData = anyOf([
      isListed(name, dataRemovingStreams),
      isListed(readValue(props, "name"), dataRemovingStreams),
    ]);
    if (removesData === true) {
      verdict.inapplicable("according to the config, the transformation removes data");
      return;
    }
    const ofBackups = new Verdict();
    for (const { found, transforms } of transforming) {
      evaluateBackup(props, found, transforms, ofBackups);
    }
    if (removesData === false) verdict.add(ofBackups);
    else if (ofBackups.violations.length + ofBackups.missing.length > 0) verdict.undecided("name");
  },
});

interface Transforming {
  readonly found: Destination;
  readonly transforms: Decision;
}

function isListed(name: Value | undefined, patterns: readonly string[]): Decision {
  if (name === UNKNOWN) return patterns.length > 0 && UNKNOWN;
  return typeof name === "string" && patterns.some((pattern) => matchesPattern(pattern, name));
}

function transformsFor(props: Properties, { path }: Destination): Decision {
  const invokesLambda = hasProcessor(props, "Lambda", path);
  return path === destination ? anyOf([convertsFormat(props), invokesLambda]) : invokesLambda;
}

const unlessRemoved =
  "unless the transformation removes data that must not be stored: then add the delivery stream to dataRemovingStreams in the config";

function evaluateBackup(
  props: Properties,
  { path, fullBackup, hasBackupBlock }: Destination,
  transforms: Decision,
  verdict: Verdict,
): void {
  const modePath = `${path}.s3BackupMode`;
  const block = `${path}.s3BackupConfiguration`;
  const mode = readValue(props, modePath);
  const isMissing = hasBackupBlock === true && readValue(props, block) === undefined;
  const isInUse: Decision = mode === UNKNOWN ? UNKNOWN : mode === fullBackup;
  const isBackedUp = allOf([isInUse, !isMissing]);
  if (isBackedUp === true) return;
  if (transforms === UNKNOWN) verdict.undecided("the use of transformation");
  else if (isBackedUp === UNKNOWN) verdict.undecided(modePath);
  else if (isMissing) {
    verdict.violation(
      `${block} is absent: set it, and s3BackupMode to "${fullBackup}", ${unlessRemoved}.`,
    );
  } else {
    verdict.violation(
      `${modePath} is not "${fullBackup}": set it to "${fullBackup}", ${unlessRemoved}.`,
    );
  }
}
