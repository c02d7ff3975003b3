import { type Problem, show } from "./problem";

/**
 * The name of a pipeline begins the physical name of each resource. Buckets allow lower-case
 * letters, digits and hyphens only, and keep a few beginnings to themselves (S3 User Guide, "Bucket
 * naming rules"); 40 characters leave room for `-access-logs` and Pulumi's suffix of 8 in a bucket's
 * name of 63, and for `-delivery` in a role's of 64 (IAM API, CreateRole).
 */
export const namePattern = /^(?!xn--|sthree-|amzn-s3-demo-)[a-z][a-z0-9-]{0,38}[a-z0-9]$/;

export function nameProblems(name: unknown): readonly Problem[] {
  if (typeof name === "string" && namePattern.test(name)) return [];
  return [
    {
      path: ["name"],
      reason: `is ${show(name)}`,
      allowed:
        "2 to 40 lower-case letters, digits and hyphens, starting with a letter, but not with xn--, sthree- or amzn-s3-demo-",
      accepted: "user-events",
    },
  ];
}
