import { isGroup, type Properties, type PropertyValue } from "../../../engine/graph/resourceGraph";

/**
 * The lifecycle rules of a bucket, each as `BucketLifecycleConfiguration` has it, whichever type declares
 * them. Undefined if the type has none; what is unknown stays unknown.
 */
export function lifecycleRules(type: string, inputs: Properties): PropertyValue | undefined {
  return readers.get(type)?.(inputs);
}

type Reader = (inputs: Properties) => PropertyValue | undefined;

const ofBucket: Reader = ({ lifecycleRules: rules }) => converted(rules, bucketRule);

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ["aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", ({ rules }) => rules],
  ["aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2", ({ rules }) => rules],
  ["aws:s3/bucket:Bucket", ofBucket],
  ["aws:s3/bucketV2:BucketV2", ofBucket],
  [
    "aws-native:s3:Bucket",
    ({ lifecycleConfiguration: configuration = null }) =>
      isGroup(configuration) ? converted(configuration["rules"], nativeRule) : configuration,
  ],
]);

function converted(
  rules: PropertyValue | undefined,
  convert: (rule: Properties) => Properties,
): PropertyValue | undefined {
  if (!Array.isArray(rules)) return rules;
  return rules.map((rule: PropertyValue) => (isGroup(rule) ? convert(rule) : rule));
}

/** A rule inside a bucket of the AWS provider. `BucketV2` has lists of one expiration. */
function bucketRule(rule: Properties): Properties {
  const { enabled, prefix = "", tags } = rule;
  const versions =
    rule["noncurrentVersionExpiration"] ?? only(rule["noncurrentVersionExpirations"]);
  return {
    status: enabled === false ? "Disabled" : "Enabled",
    filter: tags === undefined || tags === null ? { prefix } : { prefix, tags },
    expiration: rule["expiration"] ?? only(rule["expirations"]),
    noncurrentVersionExpiration: isGroup(versions)
      ? { noncurrentDays: versions["days"] ?? null }
      : versions,
  };
}

function only(list: PropertyValue | undefined): PropertyValue {
  return (Array.isArray(list) ? (list as PropertyValue[])[0] : list) ?? null;
}

/** A rule as CloudFormation has it, `AWS::S3::Bucket Rule`. */
function nativeRule(rule: Properties): Properties {
  const { status = null, prefix = "", tagFilters } = rule;
  const { expirationInDays: days, expirationDate: date } = rule;
  const former = rule["noncurrentVersionExpirationInDays"];
  return {
    status,
    filter: tagFilters === undefined || tagFilters === null ? { prefix } : { prefix, tagFilters },
    expiration:
      days === undefined && date === undefined ? null : { days: days ?? 0, date: date ?? null },
    noncurrentVersionExpiration:
      rule["noncurrentVersionExpiration"] ??
      (former === undefined ? null : { noncurrentDays: former }),
  };
}
