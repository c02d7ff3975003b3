import assert from "node:assert/strict";
import { errorCodeOf } from "../../../records/verify/verifyLake";

describe("errorCodeOf", () => {
  for (const [line, code] of [
    ['{"errorCode":"Lambda.FunctionError","rawData":"e30="}', "Lambda.FunctionError"],
    [
      '{"attemptsMade":1,"lastErrorCode":"DataFormatConversion.ParseError"}',
      "DataFormatConversion.ParseError",
    ],
    ['{"ErrorCode":"X.Y"}', "X.Y"],
    ['{"errorCode":7}', "unknown"],
    ["{}", "unknown"],
    ["null", "unknown"],
    ["not JSON", "unknown"],
  ] as const) {
    it(`reads ${code} from ${line}`, () => {
      assert.equal(errorCodeOf(Buffer.from(line)), code);
    });
  }
});
