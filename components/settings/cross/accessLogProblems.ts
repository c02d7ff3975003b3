import type { Problem } from "../problem";
import type { Given } from "./given";

/** Access logs go to one place: a bucket made for them, or one that is there already. */
export function accessLogProblems({ known, isGiven, isUnknown }: Given): Problem[] {
  const problems: Problem[] = [];
  const accessLogs = known.bucket?.accessLogs;
  const namesBucket = isGiven("existing", "accessLogBucketArn");
  if (namesBucket && isGiven("existing", "bucketArn"))
    problems.push({
      path: ["existing", "accessLogBucketArn"],
      reason: "has no effect on the existing bucket, whose logging stays as it is",
      allowed: "no existing.accessLogBucketArn beside existing.bucketArn",
      surplus: true,
    });
  if (namesBucket && accessLogs === true)
    problems.push({
      path: ["bucket", "accessLogs"],
      reason:
        "is true and asks for a new bucket for access logs, but existing.accessLogBucketArn names one",
      allowed: "one of the two",
      surplus: true,
    });
  if (
    isGiven("bucket", "accessLogExpiryDays") &&
    accessLogs !== true &&
    !isUnknown("bucket", "accessLogs")
  )
    problems.push({
      path: ["bucket", "accessLogExpiryDays"],
      reason: "has no effect without a bucket for access logs",
      allowed: "bucket.accessLogs: true beside it",
      surplus: true,
    });
  return problems;
}
