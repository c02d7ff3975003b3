import type { Cause } from "../finding";
import { above0 } from "../metrics";
import { restoreFix } from "../words";

/**
 * The bucket of the objects does not exist, or it is in another region than the delivery stream and nothing
 * arrives in it. Where something arrives, the region is not the reason.
 *
 * Source: Amazon Data Firehose Developer Guide, "Understand delivery across AWS accounts and regions", which
 * promises delivery to another region for HTTP endpoints only.
 */
export const bucketState: Cause<"bucket"> = {
  name: "bucket-state",
  about: "the bucket does not exist, or is in another region",
  needs: ["bucket"],
  fine: () => "bucket exists",
  examine: ({ bucket, metrics }, place) => {
    const { name, state, region = "another region" } = bucket;
    const isReached = metrics !== undefined && above0(metrics, "delivered").length > 0;
    if (state === "found" || (state !== "missing" && isReached)) return [];
    const common = { cause: "bucket-state", explains: ["S3.NoSuchBucket", "InternalError"] };
    if (state === "missing")
      return [
        {
          ...common,
          title: `The bucket ${name} does not exist`,
          evidence: [place.kind === "local" ? "its directory was removed" : "HeadBucket: NotFound"],
          fix: [restoreFix(place)],
        },
      ];
    return [
      {
        ...common,
        title: `The bucket ${name} is in ${region}`,
        evidence: [
          `the delivery stream is in ${place.region ?? "another region"}`,
          ...(metrics === undefined ? [] : ["DeliveryToS3.Records is 0"]),
        ],
        fix: [
          { step: "Use a bucket in the region of the delivery stream, then:" },
          restoreFix(place),
        ],
      },
    ];
  },
};
