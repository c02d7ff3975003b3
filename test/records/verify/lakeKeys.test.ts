import assert from "node:assert/strict";
import { dayOfObject } from "../../../records/verify/lakeKeys";

const NAME = "user-events-1-2026-11-22-23-59-58-0f8fad5b-d9cb-469f-a165-70867728950e";

describe("dayOfObject", () => {
  for (const key of [
    `${NAME}.gz`,
    `raw/2026/11/22/${NAME}.json.gz`,
    `errors/processing-failed/${NAME}`,
    `raw/${NAME.replace("-1-", "-12-")}.parquet`,
  ]) {
    it(`reads the day of ${key}`, () => {
      assert.equal(dayOfObject(key), "2026-11-22");
    });
  }

  for (const key of [
    "raw/2026/11/22/",
    "raw/2026/11/22/_SUCCESS",
    `raw/${NAME}.gz/part-0`,
    `raw/${NAME.slice(0, -1)}`,
    "raw/user-events-2026-11-22-23-59-58-0f8fad5b-d9cb-469f-a165-70867728950e",
  ]) {
    it(`does not treat ${key} as an object of Firehose`, () => {
      assert.equal(dayOfObject(key), undefined);
    });
  }
});
