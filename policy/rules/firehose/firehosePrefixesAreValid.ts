import {
  type Decision,
  type Properties,
  readValue,
  UNKNOWN,
  type Value,
} from "../../reading/value";
import { deliveryStreamType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import { Verdict } from "../../rule/verdict";
import { hasErrorType, hasPartitionKey, readPrefix } from "./prefixLanguage";
import type { Prefix } from "./prefixLanguage";
import { destination } from "./destinations";
import { partitionsDynamically, s3Configurations } from "./s3Configurations";

const dataPath = `${destination}.prefix`;
const errorPath = `${destination}.errorOutputPrefix`;
const errorType = "!{firehose:error-output-type}";

export const firehosePrefixesAreValid = resourceRule({
  name: "firehose-prefixes-are-valid",
  title: "Delivery streams have separate, valid prefixes",
  description:
    "Every delivery stream to S3 has a valid prefix for data and a separate valid prefix for errors, and every other prefix is valid.",
  severity: "medium",
  references: { wellArchitected: ["operational-excellence"] },
  remediationSteps: `Set prefix, e.g. "data/!{timestamp:yyyy/MM/dd}/", and errorOutputPrefix, e.g. "errors/${errorType}/".`,
  url: "https://docs.aws.amazon.com/firehose/latest/dev/s3-prefixes.html",
  types: [deliveryStreamType],
  evaluate({ props }, verdict) {
    const others = s3Configurations(props).filter(({ path }) => path !== destination);
    for (const { path, isInUse, modePath } of others) {
      const found = new Verdict();
      evaluateOptionalPrefixes(props, path, found);
      if (isInUse === true) verdict.add(found);
      else if (found.violations.length + found.missing.length > 0) verdict.undecided(modePath);
    }
    if (readValue(props, destination) === undefined) {
      if (others.length === 0) verdict.inapplicable("the delivery stream has no S3 destination");
      return;
    }
    const data = readValidPrefix(readValue(props, dataPath), dataPath, "data/", verdict);
    const error = readValidPrefix(
      readValue(props, errorPath),
      errorPath,
      `errors/${errorType}/`,
      verdict,
    );
    if (data) evaluateDataPrefix(data, partitionsDynamically(props), verdict);
    if (error) evaluateErrorPrefix(error, verdict);
    if (data && error && overlaps(error, data)) {
      verdict.violation(`${errorPath} begins with prefix: set one outside of it.`);
    }
  },
});

/** The prefixes of a backup, and of the bucket of another destination: each has a default. */
function evaluateOptionalPrefixes(
  props: Properties,
  configuration: string,
  verdict: Verdict,
): void {
  for (const name of ["prefix", "errorOutputPrefix"]) {
    const path = `${configuration}.${name}`;
    const value = readValue(props, path);
    if (value === undefined || value === "") continue;
    const prefix = readValidPrefix(value, path, "data/", verdict);
    if (prefix && hasPartitionKey(prefix)) {
      verdict.violation(
        `${path} contains a partition key, which only the prefix of an S3 destination may have: remove it.`,
      );
    }
  }
}

/** `undefined` if there is no known prefix; the verdict then contains the reason. */
function readValidPrefix(
  value: Value | undefined,
  path: string,
  example: string,
  verdict: Verdict,
): Prefix | undefined {
  if (value === UNKNOWN) verdict.undecided(path);
  else if (typeof value !== "string" || value === "") {
    verdict.violation(`${path} is absent: set one, e.g. "${example}".`);
  } else {
    const prefix = readPrefix(value);
    for (const problem of prefix.problems) verdict.violation(`${path} ${problem}.`);
    return prefix;
  }
  return undefined;
}

function evaluateDataPrefix(prefix: Prefix, partitions: Decision, verdict: Verdict): void {
  if (hasErrorType(prefix)) {
    verdict.violation(
      `${dataPath} contains ${errorType}, which is valid only for errors: remove it.`,
    );
  }
  if (!hasPartitionKey(prefix) || partitions === true) return;
  if (partitions === UNKNOWN) verdict.undecided("the use of dynamic partitioning");
  else {
    verdict.violation(
      `${dataPath} contains a partition key without dynamic partitioning: set dynamicPartitioningConfiguration.enabled to true.`,
    );
  }
}

function evaluateErrorPrefix(prefix: Prefix, verdict: Verdict): void {
  if (prefix.expressions.length > 0 && !hasErrorType(prefix)) {
    verdict.violation(`${errorPath} contains expressions, but not ${errorType}: add it.`);
  }
  if (hasPartitionKey(prefix)) {
    verdict.violation(
      `${errorPath} contains a partition key, which errors do not have: remove it.`,
    );
  }
}

/** A reader of all objects under the data prefix would read failed records as data. */
function overlaps(error: Prefix, data: Prefix): boolean {
  if (error.source === data.source) return true;
  return data.head.endsWith("/") && error.head.startsWith(data.head);
}
