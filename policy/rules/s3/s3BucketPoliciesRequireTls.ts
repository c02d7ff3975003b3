import type { Pattern } from "../../reading/policyStatement";
import { readPolicyDocument } from "../../reading/readPolicyDocument";
import { allOf, type Decision, readValue, UNKNOWN, type Unknown } from "../../reading/value";
import { matchesPattern } from "../../reading/wildcard";
import { bucketPolicyType, bucketTypes } from "../../resourceTypes";
import { reporting } from "../../rule/reporters";
import { resourceRule } from "../../rule/resourceRule";
import { deferProblems } from "../iam/evaluateStatements";
import { missingForTlsOnly } from "../resourcePolicies/tlsStatement";
import { requireSsl } from "./securityHubControls";

const requirement = { action: "s3:*", missing: missingResources };

export const s3BucketPoliciesRequireTls = resourceRule({
  name: "s3-bucket-policies-require-tls",
  title: "S3 bucket policies require TLS",
  description: "Every bucket policy denies all S3 actions to everyone on requests without TLS.",
  severity: "high",
  references: {
    securityHub: [requireSsl],
    checkov: ["CKV_AWS_379"],
    cdkNag: ["AwsSolutions-S10"],
    prowler: ["s3_bucket_secure_transport_policy"],
    cfnGuard: ["S3_BUCKET_SSL_REQUESTS_ONLY"],
  },
  remediationSteps:
    'Add a statement with Effect "Deny", Principal "*", Action "s3:*", the bucket\'s ARN and "<ARN>/*" as Resource, and Condition {"Bool": {"aws:SecureTransport": "false"}}.',
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html",
  types: [bucketPolicyType, ...bucketTypes],
  evaluate({ type, props }, verdict) {
    const document = readPolicyDocument(readValue(props, "policy"));
    if (document === undefined) {
      if (type === bucketPolicyType) verdict.violation("policy is absent.");
      else verdict.inapplicable("the bucket has no in-line policy");
      return;
    }
    const { statements, problems } = document;
    if (statements.length === 0) {
      const policy = { path: "policy", problems };
      deferProblems(policy, reporting.bucketPolicies, "the policy", verdict);
      return;
    }
    const missing = missingForTlsOnly(statements, requirement);
    if (missing === UNKNOWN) verdict.undecided("policy");
    const shortcomings = missing === UNKNOWN ? [] : missing;
    for (const message of shortcomings) {
      verdict.violation(`policy: ${message}.`);
    }
  },
});

function missingResources(patterns: readonly Pattern[]): string | Unknown | undefined {
  const { bucket, objects } = coverage(patterns);
  if (bucket === false) return "the bucket's ARN";
  if (objects === false) return '"<bucket ARN>/*"';
  return allOf([bucket, objects]) === UNKNOWN ? UNKNOWN : undefined;
}

/**
 * Whether the patterns cover a bucket and every object in it, whichever bucket it is: AWS rejects a
 * policy that names another bucket.
 */
function coverage(patterns: readonly Pattern[]): { bucket: Decision; objects: Decision } {
  const names = patterns.filter((pattern) => pattern !== UNKNOWN).map(inS3);
  const ifNotFound = patterns.includes(UNKNOWN) ? UNKNOWN : false;
  const buckets = names.filter((name) => !name.includes("/"));
  // No pattern contains this character, so that only a wildcard at the end can match it.
  const anyObject = (bucket: string) => `${bucket}/\u0000`;
  const coversAll = buckets.some((bucket) =>
    names.some((name) => matchesPattern(name, anyObject(bucket))),
  );
  return { bucket: buckets.length > 0 || ifNotFound, objects: coversAll || ifNotFound };
}

/** The part of an S3 ARN after the account: `bucket`, `bucket/key` or a pattern of them. */
function inS3(pattern: string): string {
  return pattern.replace(/^arn:[^:]*:s3:[^:]*:[^:]*:/, "");
}
