import assert from "node:assert/strict";
import type { BucketSettings, TieringStep } from "../../../components/index";
import { pipeline } from "../support/recordedPipeline";

async function rules(bucket: BucketSettings): Promise<readonly { id: string }[]> {
  const all = await pipeline({ bucket });
  const { inputs } = all.one("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration");
  return inputs["rules"] as { id: string }[];
}

describe("the data of DeliveryPipeline", () => {
  it("neither moves nor deletes data by default", async () => {
    const ids = (await rules({})).map(({ id }) => id);
    assert.deepEqual(ids, ["abort-incomplete-uploads", "expire-former-versions", "expire-errors"]);
  });

  it("moves and deletes data as configured, and nothing else", async () => {
    const found = await rules({
      tiering: [
        { storageClass: "INTELLIGENT_TIERING", afterDays: 0 },
        { storageClass: "DEEP_ARCHIVE", afterDays: 180 },
      ],
      expiryDays: 730,
    });
    assert.deepEqual(found.at(-1), {
      id: "age-data",
      status: "Enabled",
      filter: { prefix: "raw/events/" },
      transitions: [
        { storageClass: "INTELLIGENT_TIERING", days: 0 },
        { storageClass: "DEEP_ARCHIVE", days: 180 },
      ],
      expiration: { days: 730 },
    });
  });

  it("can delete data without moving it, and move it without deleting it", async () => {
    const expiring = (await rules({ expiryDays: 30 })).at(-1);
    assert.ok(expiring && "expiration" in expiring && !("transitions" in expiring));
    const tiering: TieringStep[] = [{ storageClass: "GLACIER_IR", afterDays: 90 }];
    const moving = (await rules({ tiering })).at(-1);
    assert.ok(moving && "transitions" in moving && !("expiration" in moving));
  });
});
