import assert from "node:assert/strict";
import { errorFolder } from "../../../components/prefix/errorFolder";

const byType = "!{firehose:error-output-type}/";

describe("errorFolder", () => {
  it("is what stands before the first expression", () => {
    assert.equal(errorFolder("raw/!{timestamp:yyyy}/", `errors/a/${byType}`), "errors/a/");
  });

  it("is the whole prefix if there is no expression", () => {
    assert.equal(errorFolder("raw/", "errors/"), "errors/");
  });

  it("is refused where data lies, whatever is done to it would be done to the data", () => {
    assert.throws(() => errorFolder("raw/events/", `raw${byType}`), /under "raw"/);
    assert.throws(() => errorFolder("raw/events/", byType), /under ""/);
  });

  it("lies beside data that has no prefix", () => {
    assert.equal(errorFolder("", "errors/"), "errors/");
  });
});
