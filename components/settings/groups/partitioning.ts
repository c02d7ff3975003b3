import * as z from "zod";
import { group, whole } from "../leaf";

/** Names that jq, Firehose's prefix language and a column of a table have in common. */
export const partitionKeyName = /^[A-Za-z_][A-Za-z0-9_]{0,127}$/;

/** For the descriptions of settings with which dynamic partitioning begins or ends. */
export const replacesWithPartitioning =
  "Turning partitioning on or off replaces the delivery stream, because AWS allows it only at creation; the new one begins at the newest record, and what the old one had not read is not delivered. `protect` rejects that.";

/** API, ProcessorParameter `ParameterValue`. */
const longestQuery = 5120;

const keysAllowed =
  "names of letters, digits and _, each with an expression of jq 1.6 such as .customer";

/** Source: Firehose Developer Guide, "Dynamic partitioning"; API, RetryOptions. */
export const partitioning = group(
  "PartitioningSettings",
  "Objects by keys of the records (dynamic partitioning).",
  {
    keys: z
      .record(
        z.string().regex(partitionKeyName),
        z
          .string()
          .min(1)
          .max(longestQuery)
          .meta({ allowed: "an expression of jq 1.6 such as .customer", example: ".customer" }),
      )
      .meta({
        description: `Partition keys by name, each with the jq expression that extracts it from a record. A record whose key is null, missing or an empty string goes to the error prefix. The keys can change later. ${replacesWithPartitioning}`,
        allowed: keysAllowed,
        decisive: true,
      })
      .default({}),
    retrySeconds: whole("How long Firehose retries what it cannot deliver to a partition.", {
      min: 0,
      max: 7200,
      unit: "seconds",
    }).default(300),
    splitRecords: z
      .string()
      .min(1)
      .max(1024)
      .meta({
        description:
          "How Firehose splits each record into several before it extracts the keys: `json` for JSON documents one after the other or on separate lines, which loses what separates them; any other string is the delimiter between them, such as a vertical bar. A record of more than 500 documents is not split.",
        allowed: "json, or a delimiter of up to 1024 characters",
        example: "json",
        unset: "none: records are not split",
        decisive: true,
      })
      .exactOptional(),
  },
).prefault({});
