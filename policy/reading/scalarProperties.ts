/**
 * Properties that are booleans wherever the pack reads them. One that is a string in another type, such as
 * objectLockEnabled with "Enabled", is left as it is, because the provider reads no boolean in it.
 */
const flags: ReadonlySet<string> = new Set([
  ...["enabled", "isEnabled", "enableKeyRotation", "bypassPolicyLockoutSafetyCheck", "multiRegion"],
  ...["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"],
  ...["bucketKeyEnabled", "eventbridge", "forceDestroy", "mfaDelete", "objectLockEnabled"],
  ...["skipDestroy", "actionsEnabled", "sqsManagedSseEnabled"],
  ...["enableLogging", "isMultiRegionTrail"],
]);

/** Properties that are whole numbers wherever the pack reads them. */
const numbers: ReadonlySet<string> = new Set([
  ...["abortIncompleteMultipartUploadDays", "bufferingInterval", "bufferingSize", "days"],
  ...["daysAfterInitiation", "deletionWindowInDays", "maxRecordSizeInKib", "noncurrentDays"],
  ...["retentionInDays", "retentionPeriod", "retryDuration", "rotationPeriodInDays", "timeout"],
  ...["blockSizeBytes", "maxPaddingBytes", "pageSizeBytes", "rowIndexStride", "stripeSizeBytes"],
]);

/** The words that the provider reads as booleans: those of Go's `strconv.ParseBool`. */
const words: ReadonlyMap<string, boolean> = new Map([
  ...["1", "t", "T", "true", "TRUE", "True"].map((word) => [word, true] as const),
  ...["0", "f", "F", "false", "FALSE", "False"].map((word) => [word, false] as const),
]);

/**
 * A string as the provider reads it: Pulumi's bridge to Terraform converts strings for properties of
 * another type. Config values and outputs of other programs often arrive as strings.
 * Source: pulumi-terraform-bridge, pkg/tfbridge/schema.go, `CoerceTerraformString`.
 *
 * @returns the string itself if the provider would reject it, or if the property is a string
 */
export function scalarOf(property: string, string: string): boolean | number | string {
  if (flags.has(property)) return words.get(string) ?? string;
  return numbers.has(property) ? (wholeNumberOf(string) ?? string) : string;
}

/** As Go's `strconv.ParseInt` with base 0, which reads `010` as octal. */
function wholeNumberOf(string: string): number | undefined {
  const [, sign = "", digits = ""] = /^([+-]?)(\w+)$/.exec(string) ?? [];
  const octal = /^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits;
  if (!/^(0|[1-9]\d*|0[xX][\da-fA-F]+|0[oO][0-7]+|0[bB][01]+)$/.test(octal)) return undefined;
  return Number(octal) * (sign === "-" ? -1 : 1);
}
