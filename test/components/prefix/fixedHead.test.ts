import assert from "node:assert/strict";
import { fixedErrorPrefix } from "../../../components/prefix/fixedHead";

const byType = "!{firehose:error-output-type}/";

describe("errorFolder", () => {
  it("is what stands before the first expression", () => {
    assert.equal(fixedErrorPrefix("raw/!{timestamp:yyyy}/", `errors/a/${byType}`), "errors/a/");
  });

  it("is the whole prefix if there is no expression", () => {
    assert.equal(fixedErrorPrefix("raw/", "errors/"), "errors/");
  });

  it("is refused where data lies, whatever is done to it would be done to the data", () => {
    assert.throws(() => fixedErrorPrefix("raw/events/", `raw${byType}`), /under "raw"/);
    assert.throws(() => fixedErrorPrefix("raw/events/", byType), /under ""/);
  });

  it("lies beside data that has no prefix, or begins with its date", () => {
    assert.equal(fixedErrorPrefix("", "errors/"), "errors/");
    assert.equal(fixedErrorPrefix("!{timestamp:yyyy}/", `0-errors/${byType}`), "0-errors/");
  });

  it("is refused where it could be a date of the data", () => {
    assert.throws(() => fixedErrorPrefix("", `2026/${byType}`), /under "2026\/"/);
    assert.throws(() => fixedErrorPrefix("!{timestamp:yyyy-MM}/", `20${byType}`), /under "20"/);
  });

  it("is named in one line, however long it is", () => {
    assert.throws(
      () => fixedErrorPrefix("", `20${"\n".repeat(500)}${byType}`),
      /^Error: .{1,300}$/,
    );
  });
});
