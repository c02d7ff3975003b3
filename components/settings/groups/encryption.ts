import { flag, group, keepsFormerKey, oneOf } from "../leaf";

export const encryption = group("EncryptionSettings", "Which KMS keys encrypt the data at rest.", {
  mode: oneOf(
    "EncryptionMode",
    `\`customer-managed\`: one KMS key for stream and bucket, rotated every year, unless \`existing\` specifies their keys. \`aws-managed\`: the keys \`aws/kinesis\` and \`aws/s3\`, to which other accounts cannot be granted access. ${keepsFormerKey}`,
    ["customer-managed", "aws-managed"],
  )
    .meta({ decisive: true })
    .default("customer-managed"),
  errorLog: flag(
    "Encrypt Firehose's error log with the customer-managed key of the bucket.",
  ).default(false),
}).prefault({});
