import * as z from "zod";
import { amount, arn, arnParts, group, list, whole } from "../leaf";
import { partitionKeyName, replacesWithPartitioning } from "./partitioning";

/** The values that the provider does not read back from AWS: declared, they would be changes for ever. */
export const transformDefaults = {
  bufferSizeMiB: 1,
  bufferIntervalSeconds: 60,
  retries: 3,
} as const;

const { region, account } = arnParts;

/** Source: Firehose API, ProcessorParameter; ranges as AWS rejects other values. */
export const transform = group(
  "TransformSettings",
  "A Lambda function that Firehose calls with each batch of records.",
  {
    functionArn: arn(
      "ARN of the function that returns the records changed, dropped or failed. With a version or an alias, the role may call only that. Firehose waits up to 5 minutes for an answer of at most 6 MB.",
      {
        service: "lambda",
        region,
        account,
        resource: "function:[a-zA-Z0-9_-]{1,64}(:[a-zA-Z0-9_$-]{1,128})?",
        longest: 512,
        example: "arn:aws:lambda:us-east-1:123456789012:function:redact:live",
      },
    )
      .meta({ unset: "none: records are not transformed" })
      .exactOptional(),
    bufferSizeMiB: amount(
      "Buffering hint: Firehose calls the function when it has this much data. Encoding makes a request a third larger.",
      { min: 0.2, max: 3, unit: "MiB" },
    ).default(transformDefaults.bufferSizeMiB),
    bufferIntervalSeconds: whole(
      "Buffering hint: Firehose calls the function this many seconds after the first record in the buffer.",
      { min: 0, max: 900, unit: "seconds" },
    ).default(transformDefaults.bufferIntervalSeconds),
    retries: whole(
      "How often Firehose repeats a call that fails. After that, the records go to the error prefix.",
      { min: 0, max: 300, unit: "retries" },
    ).default(transformDefaults.retries),
    partitionKeys: list(
      `Names of the partition keys that the function returns with each record, in metadata.partitionKeys. ${replacesWithPartitioning}`,
      z.string().regex(partitionKeyName).meta({
        description: "Name of a partition key.",
        allowed: "letters, digits and _",
        decisive: true,
      }),
      { most: 50, allowed: "a list of up to 50 names of letters, digits and _" },
    )
      .meta({ decisive: true })
      .default([]),
  },
).prefault({});
