import { flag, group, list, oneOf, whole } from "../leaf";

/** One hundred years. S3 sets no limit, but a longer period can only be a typo. */
export const longestDays = 36_500;

const days = { min: 1, max: longestDays, unit: "days" };

/** Source: S3 API, LifecycleRule and Transition. */
const tieringStep = group("TieringStep", "One transition to a cheaper storage class.", {
  storageClass: oneOf("StorageClass", "Storage class to move the object to.", [
    "STANDARD_IA",
    "INTELLIGENT_TIERING",
    "ONEZONE_IA",
    "GLACIER_IR",
    "GLACIER",
    "DEEP_ARCHIVE",
  ]).meta({ decisive: true }),
  afterDays: whole("Age of the object, counted from its delivery.", { ...days, min: 0 }).meta({
    decisive: true,
  }),
});

export const bucket = group("BucketSettings", "The S3 bucket of the data lake.", {
  versioning: flag(
    "Keep the noncurrent version of an object that is overwritten or deleted.",
  ).default(true),
  noncurrentExpiryDays: whole("Days after which a noncurrent version is deleted.", days).default(
    90,
  ),
  tiering: list(
    "Storage classes that delivered objects move to as they age. S3 does not move objects smaller than 128 KiB.",
    tieringStep,
    {
      most: 6,
      allowed:
        "a list of steps with storageClass and afterDays, each step cheaper and later than the one before",
    },
  )
    .meta({ decisive: true })
    .default([]),
  expiryDays: whole("Days after which a delivered object is deleted.", days)
    .meta({ unset: "none, and data is kept" })
    .exactOptional(),
  errorExpiryDays: whole(
    "Days after which an object under the error prefix is deleted.",
    days,
  ).default(30),
  accessLogs: flag(
    "Log every request to the bucket in a second bucket, which is created for this purpose, and deleted without `protect` when this is turned off.",
  ).default(false),
  accessLogExpiryDays: whole("Days after which an access log is deleted.", days).default(365),
  forceDestroy: flag("Allow the bucket to be deleted together with its objects.").default(false),
}).prefault({});
