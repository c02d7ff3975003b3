import type { ResourceValidationPolicy } from "@pulumi/policy";
import { configSchemaOf, someOf } from "../../config";
import type { Decision } from "../../decision";
import { judgeResource } from "../../judge";
import { deliveryStreamType } from "../../resourceTypes";
import { UNKNOWN, isObject, quoteOneOf, readValue } from "../../value";

const formats = ["UNCOMPRESSED", "GZIP", "ZIP", "Snappy", "HADOOP_SNAPPY"] as const;

const settings = {
  allowedFormats: someOf(formats, ["GZIP"], "Compression formats that a delivery stream may use."),
};

export const firehoseObjectsAreCompressed: ResourceValidationPolicy = {
  name: "firehose-objects-are-compressed",
  displayName: "Firehose compresses S3 objects",
  description: "Firehose compresses the objects that it writes to S3, with GZIP by default.",
  severity: "medium",
  enforcementLevel: "mandatory",
  tags: ["well-architected:cost-optimization", "well-architected:sustainability"],
  remediationSteps: 'Set extendedS3Configuration.compressionFormat to "GZIP".',
  url: "https://docs.aws.amazon.com/firehose/latest/APIReference/API_ExtendedS3DestinationConfiguration.html",
  configSchema: configSchemaOf(settings),
  validateResource: judgeResource(
    [deliveryStreamType],
    settings,
    ({ props }, verdict, { allowedFormats }) => {
      if (readValue(props, "extendedS3Configuration") === undefined) {
        verdict.inapplicable("the delivery stream has no S3 destination");
        return;
      }
      const path = "extendedS3Configuration.compressionFormat";
      const format = readValue(props, ...path.split("."));
      const converts = convertsFormat(props);
      if (format !== UNKNOWN && allowedFormats.some((allowed) => allowed === format)) return;
      if (converts === true) {
        verdict.inapplicable("format conversion compresses the records inside the files");
      } else if (format === UNKNOWN) {
        verdict.undecided(path);
      } else if (converts === UNKNOWN) {
        verdict.undecided("extendedS3Configuration.dataFormatConversionConfiguration");
      } else {
        const found = quoteOneOf(formats, format ?? "UNCOMPRESSED");
        const origin = format === undefined ? " (the default)" : "";
        verdict.violation(`${path} is ${found}${origin}: use ${allowedFormats.join(" or ")}.`);
      }
    },
  ),
};

/** Whether records become Parquet or ORC; AWS then refuses compressionFormat. On unless disabled. */
function convertsFormat(props: Readonly<Record<string, unknown>>): Decision {
  const path = ["extendedS3Configuration", "dataFormatConversionConfiguration"] as const;
  const conversion = readValue(props, ...path);
  if (conversion === UNKNOWN) return UNKNOWN;
  if (!isObject(conversion)) return false;
  const enabled = readValue(props, ...path, "enabled");
  return enabled === UNKNOWN ? UNKNOWN : enabled !== false;
}
