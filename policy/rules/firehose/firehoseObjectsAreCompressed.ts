import { type Properties, quoteOneOf, readValue, UNKNOWN } from "../../reading/value";
import { deliveryStreamType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import { Verdict } from "../../rule/verdict";
import { someOf } from "../../settings/setting";
import { packsRecords } from "./recordProcessing";
import { destination } from "./destinations";
import {
  convertsFormat,
  formatConversion,
  evaluateS3Configurations,
  s3Configurations,
} from "./s3Configurations";

/** Where COPY reads from. AWS rejects ZIP and Snappy there. */
const redshift = "redshiftConfiguration.s3Configuration";
const formats = ["UNCOMPRESSED", "GZIP", "ZIP", "Snappy", "HADOOP_SNAPPY"] as const;

export const firehoseObjectsAreCompressed = resourceRule({
  name: "firehose-objects-are-compressed",
  title: "Delivery streams compress S3 objects",
  description:
    "Firehose compresses the objects that it writes to S3, with GZIP by default, unless their records are compressed.",
  severity: "medium",
  references: { wellArchitected: ["cost-optimization", "sustainability"] },
  remediationSteps:
    'Set compressionFormat to "GZIP" in extendedS3Configuration or s3Configuration, and in s3BackupConfiguration if there is one. For Redshift, add GZIP to copyOptions.',
  url: "https://docs.aws.amazon.com/firehose/latest/APIReference/API_ExtendedS3DestinationConfiguration.html",
  types: [deliveryStreamType],
  settings: {
    allowedFormats: someOf(
      formats,
      ["GZIP"],
      "Allowed compression formats of a delivery stream. Remediation sets the first of them.",
    ),
  },
  evaluate({ props }, verdict, { allowedFormats }) {
    evaluateS3Configurations(props, verdict, (path, found) => {
      evaluateFormat(props, path, allowedFormats, found);
    });
  },
  remediate: ({ props }, { allowedFormats }) =>
    s3Configurations(props).flatMap(({ path, isInUse }) => {
      const found = new Verdict();
      evaluateFormat(props, path, allowedFormats, found);
      const isWrong = isInUse === true && found.violations.length > 0;
      // Redshift reads compressed objects only with an option of COPY.
      return isWrong && path !== redshift
        ? [{ path: formatIn(path), value: allowedFormats[0] ?? "GZIP" }]
        : [];
    }),
});

function evaluateFormat(
  props: Properties,
  configuration: string,
  allowed: readonly string[],
  verdict: Verdict,
): void {
  const path = formatIn(configuration);
  const allowedFormats = configuration === redshift ? ["GZIP"] : allowed;
  const format = readValue(props, path);
  // Format conversion applies only to the destination, and AWS rejects it with a compressionFormat.
  const converts = configuration === destination && convertsFormat(props);
  const packs = configuration === destination && packsRecords(props);
  if (configuration === redshift && !allowed.includes("GZIP")) {
    verdict.inapplicable("Redshift reads none of the compression formats in the config");
    return;
  }
  if (format !== UNKNOWN && allowedFormats.some((one) => one === format)) return;
  if (converts === true) {
    verdict.inapplicable("format conversion compresses the records inside the files");
  } else if (packs === true) {
    verdict.inapplicable("the records are themselves compressed");
  } else if (format === UNKNOWN) {
    verdict.undecided(path);
  } else if (converts === UNKNOWN) {
    verdict.undecided(formatConversion);
  } else if (packs === UNKNOWN) {
    verdict.undecided(`${destination}.fileExtension`);
  } else {
    const found = quoteOneOf(formats, format ?? "UNCOMPRESSED");
    const origin = format === undefined ? " (the default)" : "";
    const also = configuration === redshift ? ", and add GZIP to copyOptions" : "";
    verdict.violation(`${path} is ${found}${origin}: use ${allowedFormats.join(" or ")}${also}.`);
  }
}

function formatIn(configuration: string): string {
  return `${configuration}.compressionFormat`;
}
