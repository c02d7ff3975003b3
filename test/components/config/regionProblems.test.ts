import assert from "node:assert/strict";
import { Region } from "@pulumi/aws/types/enums";
import { regionProblems } from "../../../components/config/regionProblems";

describe("regionProblems", () => {
  it("accepts every region that the provider knows", () => {
    for (const region of Object.values(Region))
      assert.deepEqual(regionProblems({ region, acceptsUnknown: false }, {}), [], region);
  });

  it("rejects any other region, with the nearest one, unless the provider accepts it", () => {
    const region = "us-est-1";
    const [problem] = regionProblems({ region, acceptsUnknown: false }, {});
    assert.match(problem?.reason ?? "", /did you mean us-east-1\?/u);
    assert.equal(problem?.region, "us-east-1");
    assert.deepEqual(regionProblems({ region, acceptsUnknown: true }, {}), []);
  });
});
