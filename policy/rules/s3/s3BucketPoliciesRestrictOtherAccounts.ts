import { anyOf } from "../../reading/value";
import { bucketPolicyType, bucketTypes } from "../../resourceTypes";
import { stackRule } from "../../rule/stackRule";
import { buckets } from "../../stack/link";
import { concernsAction } from "../resourcePolicies/actions";
import { accountSettings, restrictOtherAccounts } from "../resourcePolicies/otherAccounts";

/** Source: AWS Security Hub User Guide, control S3.6. */
const actions = [
  "s3:DeleteBucketPolicy",
  "s3:PutBucketAcl",
  "s3:PutBucketPolicy",
  "s3:PutEncryptionConfiguration",
  "s3:PutObjectAcl",
];

export const s3BucketPoliciesRestrictOtherAccounts = stackRule({
  name: "s3-bucket-policies-restrict-other-accounts",
  title: "S3 bucket policies restrict other accounts",
  description:
    "No bucket policy allows other accounts to change the bucket's policy, encryption or ACLs.",
  severity: "high",
  references: {
    securityHub: [
      {
        id: "S3.6",
        title: "S3 general purpose bucket policies should restrict access to other AWS accounts.",
      },
    ],
  },
  remediationSteps: `Allow other accounts no action that covers ${actions.join(", ")}.`,
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html",
  types: [bucketPolicyType, ...bucketTypes],
  settings: accountSettings,
  evaluate: restrictOtherAccounts({
    kind: buckets,
    companionType: bucketPolicyType,
    companionPath: "bucket",
    concerns: (statement) => anyOf(actions.map((action) => concernsAction(statement, action))),
    what: "change the bucket's policy, encryption or ACLs",
    fix: "allow only the actions that it needs",
  }),
});
