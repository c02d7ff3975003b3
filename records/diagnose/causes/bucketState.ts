import type { Cause } from "../finding";
import { restoreFix } from "../words";

/** The bucket of the objects does not exist, or is in another region than the delivery stream. */
export const bucketState: Cause<"bucket"> = {
  name: "bucket-state",
  needs: ["bucket"],
  fine: () => "bucket exists",
  examine: ({ bucket }, place) => {
    const { name, state, region = "another region" } = bucket;
    if (state === "found") return [];
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
        evidence: [`the delivery stream is in ${place.region ?? "another region"}`],
        fix: [
          { step: "Use a bucket in the region of the delivery stream, then:" },
          restoreFix(place),
        ],
      },
    ];
  },
};
