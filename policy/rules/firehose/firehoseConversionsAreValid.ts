import { isObject, type Properties, quoteOneOf, readValue, UNKNOWN } from "../../reading/value";
import { deliveryStreamType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import { Verdict } from "../../rule/verdict";
import { destination } from "./destinations";
import { convertsFormat, formatConversion } from "./s3Configurations";

const schema = `${formatConversion}.schemaConfiguration`;
const compression = `${destination}.compressionFormat`;

export const firehoseConversionsAreValid = resourceRule({
  name: "firehose-conversions-are-valid",
  title: "Delivery streams convert records with valid settings",
  description:
    "Every conversion to Parquet or ORC has one format to read, one to write and a Glue table, in objects that Firehose itself does not compress.",
  severity: "medium",
  references: { wellArchitected: ["operational-excellence"] },
  remediationSteps:
    'Set one deserializer, one serializer, and databaseName, tableName and roleArn of the Glue table; remove compressionFormat, or set it to "UNCOMPRESSED": the format compresses the data.',
  url: "https://docs.aws.amazon.com/firehose/latest/dev/enable-record-format-conversion.html",
  types: [deliveryStreamType],
  evaluate({ props }, verdict) {
    const converts = convertsFormat(props);
    if (converts === false) {
      verdict.inapplicable("the delivery stream converts no records");
      return;
    }
    const found = new Verdict();
    evaluateCompression(props, found);
    evaluateChoice(props, "inputFormatConfiguration.deserializer", deserializers, found);
    evaluateChoice(props, "outputFormatConfiguration.serializer", serializers, found);
    if (readValue(props, schema) === UNKNOWN) found.undecided(schema);
    for (const name of ["databaseName", "tableName", "roleArn"]) evaluateTable(props, name, found);
    evaluateAccount(props, found);
    if (converts === true) verdict.add(found);
    else if (found.violations.length + found.missing.length > 0)
      verdict.undecided(formatConversion);
  },
});

const deserializers = ["openXJsonSerDe", "hiveJsonSerDe"] as const;
const serializers = ["parquetSerDe", "orcSerDe"] as const;
const MiB = 1024 * 1024;

/** Property of a serializer -> the words, or the minimum. Source: Firehose API, ParquetSerDe and OrcSerDe. */
const options: Readonly<Record<string, Readonly<Record<string, readonly string[] | number>>>> = {
  parquetSerDe: {
    compression: ["SNAPPY", "GZIP", "UNCOMPRESSED"],
    writerVersion: ["V1", "V2"],
    blockSizeBytes: 64 * MiB,
    pageSizeBytes: 64 * 1024,
    maxPaddingBytes: 0,
  },
  orcSerDe: {
    compression: ["SNAPPY", "ZLIB", "NONE"],
    formatVersion: ["V0_12", "V0_11"],
    blockSizeBytes: 64 * MiB,
    stripeSizeBytes: 8 * MiB,
    rowIndexStride: 1000,
  },
};

function evaluateCompression(props: Properties, verdict: Verdict): void {
  const format = readValue(props, compression);
  if (format === UNKNOWN) verdict.undecided(compression);
  else if (format !== undefined && format !== "UNCOMPRESSED") {
    verdict.violation(
      `${compression} is not "UNCOMPRESSED", which AWS requires with conversion: remove it, the format compresses the data.`,
    );
  }
}

/** AWS rejects none and several. */
function evaluateChoice(
  props: Properties,
  name: string,
  allowed: readonly string[],
  verdict: Verdict,
): void {
  const path = `${formatConversion}.${name}`;
  const block = readValue(props, path);
  if (block === UNKNOWN) {
    verdict.undecided(path);
    return;
  }
  const set = isObject(block)
    ? allowed.filter((one) => (block[one] ?? undefined) !== undefined)
    : [];
  const certain = set.filter((one) => readValue(props, `${path}.${one}`) !== UNKNOWN);
  if (set.length === 1 && certain.length === 1) evaluateOptions(props, path, set[0] ?? "", verdict);
  else if (set.length === 1 || (set.length > 1 && certain.length < set.length)) {
    // An unknown block may be absent.
    verdict.undecided(path);
  } else {
    verdict.violation(
      `${path} has ${set.length === 0 ? "no format" : set.join(" and ")}: set one of ${allowed.join(", ")}.`,
    );
  }
}

function evaluateOptions(props: Properties, path: string, chosen: string, verdict: Verdict): void {
  for (const [name, allowed] of Object.entries(options[chosen] ?? {})) {
    const option = `${path}.${chosen}.${name}`;
    const value = readValue(props, option);
    if (value === undefined) continue;
    if (value === UNKNOWN) verdict.undecided(option);
    else if (typeof allowed === "number") {
      if (typeof value === "number" && value >= allowed) continue;
      verdict.violation(`${option} is not a number of ${allowed} or more: change it.`);
    } else if (!allowed.some((word) => word === value)) {
      verdict.violation(`${option} is ${quoteOneOf(allowed, value)}: change it.`);
    }
  }
}

/** An unknown value is fine: the same update creates the table or the role. */
function evaluateTable(props: Properties, name: string, verdict: Verdict): void {
  const path = `${schema}.${name}`;
  if ((readValue(props, path) ?? "") === "") {
    verdict.violation(`${path} is absent: set it to that of the Glue table.`);
  }
}

/** AWS: "Cross-account pass role is not allowed." */
function evaluateAccount(props: Properties, verdict: Verdict): void {
  const [own, reader] = [`${destination}.roleArn`, `${schema}.roleArn`].map((path) => {
    const arn = readValue(props, path);
    return typeof arn === "string" ? /^arn:[^:]*:iam::([0-9]{12}):/.exec(arn)?.[1] : undefined;
  });
  if (own !== undefined && reader !== undefined && own !== reader) {
    verdict.violation(
      `${schema}.roleArn is a role of another account than ${destination}.roleArn, which AWS does not allow: use a role of the same account.`,
    );
  }
}
