import { bucketNotificationType, bucketTypes } from "../../resourceTypes";
import { stackRule } from "../../rule/stackRule";
import { requireCompanion } from "./requireCompanion";

/** Disabled by default: notifications fit only buckets whose events something consumes. */
export const s3BucketsSendEvents = stackRule({
  name: "s3-buckets-send-events",
  title: "S3 buckets send event notifications",
  description: "Every S3 bucket sends notifications of events on its objects.",
  severity: "low",
  level: "disabled",
  references: {
    securityHub: [
      { id: "S3.11", title: "S3 general purpose buckets should have event notifications enabled." },
    ],
    checkov: ["CKV2_AWS_62"],
    prowler: ["s3_bucket_event_notifications_enabled"],
  },
  remediationSteps: "Add an aws.s3.BucketNotification for the bucket.",
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventNotifications.html",
  types: bucketTypes,
  evaluate: requireCompanion({
    types: [bucketNotificationType],
    what: "event notification",
    fix: "add an aws.s3.BucketNotification",
  }),
});
