import { flag, group, list, oneOf, whole } from "../leaf";

/** A hundred years: S3 sets no limit itself, but nobody means more. */
export const longestDays = 36_500;

const days = { min: 1, max: longestDays, unit: "days" };

/** Source: S3 API, LifecycleRule and Transition. */
const tieringStep = group("TieringStep", "One step down to a cheaper storage class.", {
  storageClass: oneOf("The class to move to.", [
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

export const bucket = group("BucketSettings", "The S3 bucket that becomes the data lake.", {
  versioning: flag("Keep the former version of an object that is overwritten or deleted.").default(
    true,
  ),
  noncurrentExpiryDays: whole("Days after which a former version is deleted.", days).default(90),
  tiering: list(
    "Storage classes that delivered objects move to as they age; S3 leaves objects below 128 KiB where they are.",
    tieringStep,
    {
      most: 6,
      allowed: "a list of steps, each with storageClass and afterDays, ever cheaper and later",
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
    "Log every request to the bucket into a second bucket, which is made for that.",
  ).default(false),
  accessLogExpiryDays: whole("Days after which an access log is deleted.", days).default(365),
  forceDestroy: flag("Delete the bucket together with the objects in it.").default(false),
}).prefault({});
