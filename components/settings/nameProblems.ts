import { type Problem, show } from "./problem";

/**
 * The name of a pipeline begins the physical name of each resource. Buckets allow lower-case
 * letters, digits and hyphens only (S3 User Guide, "Bucket naming rules"); 40 characters leave
 * room for `-delivery` and Pulumi's suffix in a role name of 64 (IAM API, CreateRole).
 */
export function nameProblems(name: unknown): readonly Problem[] {
  if (typeof name === "string" && /^[a-z][a-z0-9-]{0,38}[a-z0-9]$/.test(name)) return [];
  return [
    {
      path: ["name"],
      reason: `is ${show(name)}`,
      allowed: "2 to 40 lower-case letters, digits and hyphens, starting with a letter",
      accepted: "user-events",
    },
  ];
}
