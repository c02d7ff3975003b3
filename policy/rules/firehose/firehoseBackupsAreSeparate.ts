import { type Decision, type Properties, readValue, UNKNOWN } from "../../reading/value";
import { deliveryStreamType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import { destination } from "./destinations";
import { readPrefix } from "./prefixLanguage";

const modePath = `${destination}.s3BackupMode`;
const backup = `${destination}.s3BackupConfiguration`;

export const firehoseBackupsAreSeparate = resourceRule({
  name: "firehose-backups-are-separate",
  title: "Delivery streams keep backups apart from the data",
  description:
    "Every backup of source records has its configuration, with a bucket or a prefix that the delivered data does not have.",
  severity: "medium",
  references: { wellArchitected: ["reliability", "operational-excellence"] },
  remediationSteps:
    'Set s3BackupConfiguration with a bucket of its own, or with a prefix outside of prefix and errorOutputPrefix, e.g. "source/".',
  url: "https://docs.aws.amazon.com/firehose/latest/dev/create-configure-backup.html",
  types: [deliveryStreamType],
  evaluate({ props }, verdict) {
    const mode = readValue(props, modePath);
    if (mode !== "Enabled" && mode !== UNKNOWN) {
      verdict.inapplicable("the delivery stream backs up no source records");
      return;
    }
    const isMissing = readValue(props, backup) === undefined;
    const overlaps = isMissing ? false : overlapsData(props);
    if (!isMissing && overlaps === false) return;
    if (mode === UNKNOWN) verdict.undecided(modePath);
    else if (isMissing) {
      verdict.violation(`${backup} is absent, although s3BackupMode is "Enabled": set it.`);
    } else if (overlaps === UNKNOWN) verdict.undecided(`the bucket or a prefix in ${backup}`);
    else {
      verdict.violation(
        `${backup}.prefix is among the delivered data of the same bucket: set another prefix or another bucket.`,
      );
    }
  },
});

/** Readers of the data, or of the errors, would read source records. */
function overlapsData(props: Properties): Decision {
  const buckets = [destination, backup].map((path) => readValue(props, `${path}.bucketArn`));
  const prefixes = [
    `${backup}.prefix`,
    `${destination}.prefix`,
    `${destination}.errorOutputPrefix`,
  ];
  const [own, ...others] = prefixes.map((path) => headOf(readValue(props, path)));
  const [main, other] = buckets;
  if (main !== UNKNOWN && other !== UNKNOWN && main !== other) return false;
  const overlap = others.map((head): Decision => {
    if (own === UNKNOWN || head === UNKNOWN || own === undefined || head === undefined) {
      return own === UNKNOWN || head === UNKNOWN ? UNKNOWN : own === head;
    }
    return own === head || (head.endsWith("/") && own.startsWith(head));
  });
  if (!overlap.includes(true)) return overlap.includes(UNKNOWN) ? UNKNOWN : false;
  return main === UNKNOWN || other === UNKNOWN ? UNKNOWN : true;
}

/** The part of a prefix before its first expression. Absent and empty are the same. */
function headOf(value: unknown): string | typeof UNKNOWN | undefined {
  if (value === UNKNOWN) return UNKNOWN;
  return typeof value === "string" && value !== "" ? readPrefix(value).head : undefined;
}
