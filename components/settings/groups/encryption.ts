import { flag, group, oneOf } from "../leaf";

export const encryption = group("EncryptionSettings", "Which KMS keys encrypt the data at rest.", {
  mode: oneOf(
    "`customer-managed`: one KMS key of your own for stream and bucket, rotated every year. `aws-managed`: the keys `aws/kinesis` and `aws/s3`, which other accounts cannot be granted.",
    ["customer-managed", "aws-managed"],
  )
    .meta({ decisive: true })
    .default("customer-managed"),
  errorLog: flag("Encrypt Firehose's error log with the customer-managed key too.").default(false),
}).prefault({});
