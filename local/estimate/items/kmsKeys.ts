import type { Usage } from "../lineItem";
import type { CostItem } from "./costItem";

/**
 * Keys of the stack, and the calls of KMS for the data of its streams and objects.
 *
 * Source: Kinesis Developer Guide, "Costs, Regions, and performance considerations" of encryption: a call
 * about every 5 minutes for each user of the stream. S3 User Guide, "Reducing the cost of SSE-KMS with
 * Amazon S3 Bucket Keys": without one, a call for each object; with one, few, which are counted like those
 * of a user.
 */
export const kmsKeys: CostItem = ({ stack, flows, options: { month } }) => {
  const ofUser = month.hours * callsPerHour;
  const usage: Usage[] = [];
  if (stack.keys > 0)
    usage.push({ id: "kms.key", resource: "", count: stack.keys, basis: "keys of the stack" });
  for (const { entry, deliveries } of flows) {
    if (entry.stream?.encrypted === true) {
      const users = deliveries.length + 1;
      usage.push({
        ...{ id: "kms.request", label: "requests, stream", resource: entry.name },
        count: users * ofUser,
        basis: `${users} users of the stream (1 producer), each every 5 minutes`,
      });
    }
    for (const { output, objects } of deliveries.flatMap(({ outputs }) => outputs)) {
      if (output.encryption === "none") continue;
      const hasBucketKey = output.encryption === "bucket key";
      usage.push({
        ...{ id: "kms.request", label: "requests, objects", resource: output.bucket },
        count: hasBucketKey ? Math.min(objects, ofUser) : objects,
        basis: hasBucketKey
          ? "S3 Bucket Key: at most one every 5 minutes"
          : "each object, as the bucket has no S3 Bucket Key",
      });
    }
  }
  return usage;
};

const callsPerHour = 12;
